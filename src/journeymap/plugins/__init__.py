"""What can be added from outside, and how it is found: renderers, backends, formats, lanes, themes, analyses, rules.

Each kind is a `Registry`. A name is looked up among what code registered, then among what is built in, then among the
entry points of installed packages; nothing is imported before its name is asked for. Two packages that offer one name are
an error when it is asked for, and a package that fails to load breaks only itself.

From code, use the decorators::

    @jm.renderer("bars")
    def bars(journey: jm.Journey, *, theme: Theme = LIGHT) -> Scene: ...

From a package, name the same object in ``pyproject.toml``::

    [project.entry-points."journeymap.renderers"]
    bars = "my_package.bars:bars"
"""

from journeymap.plugins.decorators import (
    analyses,
    backend,
    backends,
    callable_package,
    format,
    formats,
    lane,
    lanes,
    question,
    renderer,
    renderers,
    theme,
    themes,
)
from journeymap.plugins.kinds import (
    ANALYSES,
    BACKENDS,
    DISPLAYS,
    FORMATS,
    LANES,
    RENDERERS,
    RULES,
    THEMES,
    Analysis,
    Backend,
    Display,
    Format,
    Lane,
    Renderer,
    Rule,
)
from journeymap.plugins.registry import Fits, Listing, Registry

__all__ = [
    "ANALYSES",
    "BACKENDS",
    "DISPLAYS",
    "FORMATS",
    "LANES",
    "RENDERERS",
    "RULES",
    "THEMES",
    "Analysis",
    "Backend",
    "Display",
    "Fits",
    "Format",
    "Lane",
    "Listing",
    "Registry",
    "Renderer",
    "Rule",
    "analyses",
    "backend",
    "backends",
    "callable_package",
    "format",
    "formats",
    "lane",
    "lanes",
    "question",
    "renderer",
    "renderers",
    "theme",
    "themes",
]
