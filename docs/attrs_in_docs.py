"""For the reference: attrs classes get their signature, fields lose the machinery behind them, doctests get a fence."""

from __future__ import annotations

import re
from typing import Any

import griffe

_DOCTEST = re.compile(r"(?:^ *>>> .*\n?(?:^ *(?:\.\.\. ?|>>> )?.*\S.*\n?)*)", re.MULTILINE)


class AttrsInDocs(griffe.Extension):
    """Read the fields of ``@frozen`` classes as their users see them."""

    def on_class_members(self, *, cls: griffe.Class, **_: Any) -> None:
        """Give the class the ``__init__`` that attrs makes."""
        if not any(str(decorator.value).startswith("frozen") for decorator in cls.decorators):
            return
        everywhere = any("kw_only=True" in str(decorator.value) for decorator in cls.decorators)
        parameters = []
        for field in cls.members.values():
            if not isinstance(field, griffe.Attribute) or field.annotation is None or "property" in field.labels:
                continue
            given = _given(field)
            by_name = everywhere or str(given.get("kw_only")) == "True"
            kind = griffe.ParameterKind.keyword_only if by_name else griffe.ParameterKind.positional_or_keyword
            default = given.get("default")
            field.value = default if "id_from" not in str(default) and "Factory" not in str(default) else None
            shown = "..." if default is not None and field.value is None else field.value
            parameters.append(griffe.Parameter(field.name, annotation=field.annotation, kind=kind, default=shown))
        parameters.sort(key=lambda parameter: parameter.kind is griffe.ParameterKind.keyword_only)
        itself = griffe.Parameter("self", kind=griffe.ParameterKind.positional_or_keyword)
        cls.set_member("__init__", griffe.Function("__init__", parameters=griffe.Parameters(itself, *parameters), parent=cls))

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Fence the doctests of its docstring; a page has its own words for what a module is."""
        if isinstance(obj, griffe.Module) and obj.name not in {"errors", "plugins"}:
            obj.docstring = None
        if obj.docstring:
            obj.docstring.value = _DOCTEST.sub(lambda found: f"```python\n{found[0].rstrip()}\n```\n", obj.docstring.value)


def _given(field: griffe.Attribute) -> dict[str, Any]:
    """What a field's ``field(...)`` says, or its plain default."""
    value = field.value
    if isinstance(value, griffe.ExprCall) and str(value.function) == "field":
        return {argument.name: argument.value for argument in value.arguments if isinstance(argument, griffe.ExprKeyword)}
    return {} if value is None else {"default": value}
