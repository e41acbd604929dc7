"""Options on their way to a renderer or backend, checked against its signature before it is called."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping

from journeymap.errors import RenderError, suggestion

_KEYWORDS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def takes(function: Callable[..., object], option: str, *, by_name: bool = False) -> bool:
    """Whether the function takes that option, by name or (unless only a name counts) among any."""
    keywords, any_more = _options(function)
    return option in keywords or (any_more and not by_name)


def check_options(what: str, function: Callable[..., object], options: Mapping[str, object]) -> None:
    """RenderError if an option is not one that the function takes, or one is missing that it needs; `what` names it."""
    keywords, any_more = _options(function)
    for option in options:
        if option not in keywords and not any_more:
            allowed = f"it takes: {', '.join(keywords)}" if keywords else "it takes none"
            raise RenderError(f"{what} takes no option {option!r}{suggestion(option, keywords)}; {allowed}")
    for option, needed in keywords.items():
        if needed and option not in options:
            raise RenderError(f"{what} needs the option {option!r}; give it as {option}=...")


def _options(function: Callable[..., object]) -> tuple[dict[str, bool], bool]:
    """Each option's name with whether it is needed, and whether any other is taken; the first parameter is no option."""
    try:
        parameters = list(inspect.signature(function).parameters.values())[1:]
    except (TypeError, ValueError):
        return {}, True
    keywords = {parameter.name: parameter.default is inspect.Parameter.empty for parameter in parameters if parameter.kind in _KEYWORDS}
    return keywords, any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters)
