"""Options on their way to a renderer or backend, checked against its signature before it is called."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping

from journeymap.errors import JourneyMapError, PluginError, RenderError, shown, suggestion

_KEYWORDS = (inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY)


def called(what: str, function: Callable[..., object], argument: object, options: Mapping[str, object]) -> object:
    """What the function gives; no error of another kind leaves it, whoever wrote it. `what` names it."""
    try:
        return function(argument, **options)
    except (JourneyMapError, Warning):  # a warning is raised where its reader wants that
        raise
    except Exception as error:
        told = shown(str(error), longest=300)[1:-1]
        raise PluginError(f"{what} failed with {type(error).__name__}: {told}; tell those who offer it") from error


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


def drawn_kinds(function: Callable[..., object]) -> frozenset[str]:
    """What the function draws, of ``Journey`` and ``Atlas``, by the annotation of its first parameter; a journey if it does not say."""
    try:
        first = next(iter(inspect.signature(function).parameters.values()), None)
    except (TypeError, ValueError):
        first = None
    annotation = None if first is None else first.annotation
    words = re.findall(r"\w+", annotation if isinstance(annotation, str) else getattr(annotation, "__name__", str(annotation)))
    return frozenset({"Journey", "Atlas"} & set(words)) or frozenset({"Journey"})


def _options(function: Callable[..., object]) -> tuple[dict[str, bool], bool]:
    """Each option's name with whether it is needed, and whether any other is taken; the first parameter is no option."""
    try:
        parameters = list(inspect.signature(function).parameters.values())[1:]
    except (TypeError, ValueError):
        return {}, True
    keywords = {parameter.name: parameter.default is inspect.Parameter.empty for parameter in parameters if parameter.kind in _KEYWORDS}
    return keywords, any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters)
