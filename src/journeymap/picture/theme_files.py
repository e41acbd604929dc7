"""A theme in a file: a base and what differs from it, in YAML (and so in JSON)."""

from __future__ import annotations

import os
from pathlib import Path

from attrs import evolve, fields_dict

from journeymap.errors import JourneyMapError, Problem, RenderError, shown, suggestion
from journeymap.io.files import name_of, read_bytes
from journeymap.io.limits import Limits
from journeymap.io.problems import ROOT, Place, Position, Report, position_of, step
from journeymap.io.tree import REFUSED, Tree
from journeymap.plugins import THEMES
from journeymap.scene.branding import brand
from journeymap.scene.theme import Theme

SUFFIXES = (".yaml", ".yml", ".json")
"""What the name of a theme's file ends in."""

_TEXTS = ("name", "summary")
_LIMITS = Limits(bytes=100_000, nodes=1_000, depth=8)


def read_theme(path: str | os.PathLike[str]) -> Theme:
    """The theme in a file: any tokens of `Theme`, over those of ``base`` (light, unless it names another theme).

    ``brand: "#00695C"`` takes chevrons and accents from that colour, as `journeymap.scene.brand` does; ``name`` is the name of the
    file unless it stands in it. DocumentError tells all that is wrong, with lines; FileError if it cannot be read.
    """
    from journeymap.io.yaml_tree import yaml_tree

    source = name_of(path)
    report = Report(source, _LIMITS.problems)
    text = read_bytes(path, limits=_LIMITS).decode("utf-8", "replace").removeprefix("\ufeff")
    built = yaml_tree(text, report, _LIMITS)
    theme = _Reading(report, built.place).theme(built.root, Path(path).stem)
    if theme is None or len(report):
        report.stop()
    return theme


class _Reading:
    """One file being read: what is wrong in it is told with its place."""

    def __init__(self, report: Report, place: Place) -> None:
        self._report = report
        self._place = place

    def theme(self, tree: Tree, name: str) -> Theme | None:
        """The theme of that tree, or None if it cannot be."""
        if not isinstance(tree, dict):
            self._tell("", "a theme is a mapping of tokens to colours, such as 'accent: \"#00695C\"'")
            return None
        base = self._base(tree.get("base", "light"))
        allowed = ("base", "brand", *fields_dict(Theme))
        for key in tree:
            if key not in allowed:
                self._tell(key, f"unknown key {key!r}{suggestion(key, allowed)}; a theme has: {', '.join(allowed)}")
        for key in _TEXTS:
            if not isinstance(tree.get(key, ""), str):
                self._tell(key, f"{shown(tree[key])} is not text; put it in quotes")
        if base is None or len(self._report):
            return None
        tokens = {key: tuple(value) if isinstance(value, list) else value for key, value in tree.items() if key not in {"base", "brand"}}
        try:
            branded = base if "brand" not in tree else brand(tree["brand"], base=base)  # type: ignore[arg-type]  # it says itself what is no colour
            return evolve(branded, **{"name": name} | tokens)  # type: ignore[arg-type]  # the theme checks each token
        except RenderError as error:
            for problem in error.problems or (Problem("brand", error.message),):
                self._tell(problem.path.partition(" on ")[0].partition("[")[0], f"{problem.path}: {problem.message}")
            return None

    def _base(self, wanted: Tree) -> Theme | None:
        if wanted is REFUSED:
            return None
        try:
            return THEMES[wanted]  # type: ignore[index]  # UnknownName says what is no name
        except JourneyMapError as error:
            self._tell("base", str(error))
            return None

    def _tell(self, key: str, message: str) -> None:
        position: Position = position_of(self._place, step(key) if key else "")
        self._report.add(f"{ROOT}{step(key)}" if key else ROOT, message, position)
