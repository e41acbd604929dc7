"""Makes the fonts that journeymap ships: five cuts of Inter, whole for matplotlib, in slices for svg, and their metrics.

Hatchling runs this as a build hook before it packs a wheel, be it from a checkout, from an sdist or for an editable
install; ``python build_fonts.py`` runs it by hand. Its input is the two variable fonts of `fontpkg-inter`, its output
is ``src/journeymap/fonts/``, which is not committed: the same versions of the tools always make the same bytes, and
a stamp of those versions spares the work (about half a minute) where it was done before.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Container, Iterable, Iterator, Mapping
from importlib.metadata import version as installed
from importlib.resources import files
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE = Path(__file__).resolve().parent
FONTS = HERE / "src" / "journeymap" / "fonts"
STAMP = "stamp.txt"

CUTS = {"400": ("Regular", 400), "500": ("Medium", 500), "600": ("SemiBold", 600), "700": ("Bold", 700), "400i": ("Italic", 400)}
"""The cuts by the name that their files bear: what the cut is called, and its weight."""

OPTICAL_SIZE = 14
"""Pinned, since browsers would otherwise choose it by the size of the text, and widths would shift by 1 %."""

FEATURES = ["ccmp", "kern", "locl", "mark", "mkmk"]
"""What keeps letters right. Contextual alternates are left out: they turn "->" into an arrow of another width."""

Font = Any  # a TTFont, whose tables have no types
Ranges = list[int | tuple[int, int]]

BASIC: Ranges = [
    (0x20, 0x7E), 0xA0, 0xA3, 0xA7, 0xA9, 0xAB, 0xAD, 0xAE, 0xB0, 0xB1, 0xB7, 0xBB, 0xD7, (0x2009, 0x2011), 0x2013, 0x2014,
    (0x2018, 0x201A), (0x201C, 0x201E), 0x2022, 0x2026, 0x202F, 0x20AC, 0x2122, 0x2190, 0x2192, 0x2212, 0x2248, 0x2264, 0x2265,
]  # fmt: skip
"""What an English map needs: ASCII and the typographer's punctuation."""

WESTERN: Ranges = [*BASIC, (0xA0, 0x17F), 0x192, (0x218, 0x21B), 0x2C6, 0x2C7, (0x2D8, 0x2DD), 0x1E9E]
"""`BASIC` and the letters of the languages of Europe that are written in Latin."""

LATIN: Ranges = [
    *WESTERN, 0x181, 0x186, (0x189, 0x18A), (0x18E, 0x190), 0x197, (0x198, 0x199), 0x19D, (0x1A0, 0x1A1), (0x1AF, 0x1B0),
    (0x1B2, 0x1B4), (0x1CD, 0x1DD), (0x1E6, 0x1E7), (0x1EA, 0x1EB), (0x1FA, 0x1FF), (0x232, 0x233), 0x244, 0x253, 0x254, 0x256,
    0x257, 0x259, 0x25B, 0x263, 0x268, 0x272, 0x289, 0x28B, (0x2B9, 0x2BC), (0x300, 0x30C), 0x30F, 0x311, 0x31B, (0x323, 0x328),
    0x32E, 0x331, 0xE3F, (0x1E0C, 0x1E0D), (0x1E24, 0x1E25), (0x1E2A, 0x1E2B), (0x1E32, 0x1E33), (0x1E36, 0x1E37),
    (0x1E40, 0x1E47), (0x1E5A, 0x1E5B), (0x1E62, 0x1E63), (0x1E6C, 0x1E6D), (0x1E80, 0x1E85), (0x1E92, 0x1E93), (0x1EA0, 0x1EF9),
    (0x2000, 0x2015), (0x2017, 0x203A), 0x203D, 0x2044, 0x205F, 0x2060, (0x2070, 0x209C), (0x20A0, 0x20BF), 0x2105, 0x2113,
    0x2116, 0x2117, 0x2120, 0x2126, 0x212E, (0x2150, 0x215F), (0x2190, 0x2199), 0x21A9, 0x21AA, 0x21B5, (0x21D0, 0x21D5), 0x2202,
    0x2206, 0x220F, 0x2211, 0x2215, 0x2219, 0x221A, 0x221E, 0x222B, 0x2260, (0x25A0, 0x25A1), (0x25B2, 0x25B3), 0x25B6, 0x25B7,
    (0x25BC, 0x25BD), 0x25C0, 0x25C1, (0x25C6, 0x25C7), (0x25CA, 0x25CB), 0x25CF, 0x25E6, 0x2605, 0x2606, 0x2713, 0x2717,
]  # fmt: skip
"""`WESTERN`, the letters of Vietnamese, of African languages and of transcriptions, marks that combine, currencies, signs."""

MARKS: Ranges = [0x300, 0x301, 0x304, 0x306, 0x308]
"""Stress and quantity: a mark must be in the slice of the letter that it stands on."""

GREEK: Ranges = [(0x370, 0x3FF), *MARKS]
CYRILLIC: Ranges = [(0x400, 0x45F), (0x48A, 0x4FF), *MARKS]

SLICES = {"basic": BASIC, "western": WESTERN, "latin": LATIN, "greek": GREEK, "cyrillic": CYRILLIC}
"""The characters of each woff2 slice of a cut; the first three grow, so that a text needs but one of them."""


class FontsBuildHook(BuildHookInterface[Any]):
    """Makes the fonts and has them packed although git ignores them; the examples go into the wheel with them."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs a wheel."""
        build(FONTS)
        build_data["artifacts"] += [f"src/journeymap/fonts/{pattern}" for pattern in ("OFL.txt", "metrics.json", "*.ttf", "*.woff2")]
        if version != "editable":  # an editable install has the checkout's examples beside it
            examples = sorted((HERE / "examples").glob("*.yaml"))
            build_data["force_include"] |= {str(path): f"journeymap/examples/{path.name}" for path in examples}


def build(folder: Path) -> None:
    """Fill ``folder`` with the fonts, unless it holds what these versions of the tools would make."""
    stamp = _stamp()
    if (folder / STAMP).is_file() and (folder / STAMP).read_text(encoding="utf-8") == stamp:
        return
    folder.mkdir(parents=True, exist_ok=True)
    made = {STAMP}
    for name, data in fonts():
        _write(folder / name, data)
        made.add(name)
    for stale in sorted(folder.glob("[!.]*")):
        if stale.name not in made:
            stale.unlink()
    _write(folder / STAMP, stamp.encode())  # last: a run that was broken off is not taken for done


def fonts() -> Iterator[tuple[str, bytes]]:
    """Every file that ships, with its name."""
    inter = files("fontpkg_inter")
    yield "OFL.txt", (inter / "LICENSE").read_bytes()
    every = set().union(*map(_characters, SLICES.values()))
    upright, italic = (_subset((inter / "files" / f"Inter{slope}[opsz,wght].ttf").read_bytes(), every) for slope in ("", "-Italic"))
    cuts = {cut: _static(italic if style == "Italic" else upright, style, weight) for cut, (style, weight) in CUTS.items()}
    yield "metrics.json", _metrics({cut: _font(data) for cut, data in cuts.items()})
    for cut, data in cuts.items():
        yield f"inter-{cut}.ttf", data
        for name, ranges in SLICES.items():
            yield f"inter-{cut}-{name}.woff2", _subset(data, _characters(ranges), flavor="woff2")


def _subset(data: bytes, characters: Iterable[int], *, flavor: str | None = None) -> bytes:
    font = _font(data)
    names: list[int | str] = ["*"] if flavor else [0, 1, 2, 4, 6, 13, 14]  # copyright, names, licence; slices hold no others
    subsetter = Subsetter(Options(layout_features=FEATURES, name_IDs=names, glyph_names=False, hinting=False, notdef_outline=True))
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return _bytes(font, flavor=flavor)


def _static(data: bytes, style: str, weight: int) -> bytes:
    font = instantiateVariableFont(_font(data), {"opsz": OPTICAL_SIZE, "wght": weight})
    font["OS/2"].usWeightClass = weight
    name = f"journeymap Inter {style}"  # never mistaken for the Inter that may be installed
    for record, text in ((1, name), (2, "Regular"), (4, name), (6, name.replace(" ", "-"))):
        font["name"].setName(text, record, 3, 1, 0x409)
    return _bytes(font)


def _font(data: bytes) -> Font:
    return TTFont(io.BytesIO(data), recalcTimestamp=False)  # the time in the file stays the designer's


def _bytes(font: Font, *, flavor: str | None = None) -> bytes:
    font.flavor = flavor
    stream = io.BytesIO()
    font.save(stream)
    return stream.getvalue()


def _metrics(cuts: Mapping[str, Font]) -> bytes:
    glyphs: dict[str, dict[int, str]] = {cut: font.getBestCmap() for cut, font in cuts.items()}
    characters = sorted(set.intersection(*map(set, glyphs.values())))
    one = cuts["400"]
    metrics = {
        "units": one["head"].unitsPerEm,
        "ascent": one["hhea"].ascent,
        "descent": -one["hhea"].descent,
        "cap_height": one["OS/2"].sCapHeight,
        "characters": "".join(map(chr, characters)),
        "advances": {cut: [font["hmtx"][glyphs[cut][character]][0] for character in characters] for cut, font in cuts.items()},
        "apart": _apart(cuts.values()),
        "slices": {name: "".join(map(chr, sorted(_characters(ranges) & set(characters)))) for name, ranges in SLICES.items()},
    }
    return json.dumps(metrics, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _apart(cuts: Iterable[Font]) -> dict[str, list[str] | list[list[int]]]:
    """The pairs of characters that kerning moves apart in some cut, as classes of characters and ``[first, second, units]``.

    Kerning mostly moves letters together, so that a sum of advances is never too small; these pairs are the exception.
    """
    rows: dict[str, dict[str, int]] = {}
    for font in cuts:
        for (first, second), units in _kerning(font).items():
            if units > rows.setdefault(first, {}).get(second, 0):
                rows[first][second] = units
    firsts = _alike({first: tuple(sorted(row.items())) for first, row in rows.items() if row})
    columns: dict[str, dict[int, int]] = {}
    for number, characters in enumerate(firsts):
        for second, units in rows[characters[0]].items():
            columns.setdefault(second, {})[number] = units
    seconds = _alike({second: tuple(column.items()) for second, column in columns.items()})
    cells = [[first, number, units] for number, characters in enumerate(seconds) for first, units in columns[characters[0]].items()]
    return {"firsts": firsts, "seconds": seconds, "units": cells}


def _alike(behaviour: Mapping[str, tuple[tuple[object, int], ...]]) -> list[str]:
    """The characters that behave the same way, class by class."""
    classes: dict[tuple[tuple[object, int], ...], str] = {}
    for character, way in sorted(behaviour.items(), key=lambda item: item[0]):
        classes[way] = classes.get(way, "") + character
    return list(classes.values())


def _kerning(font: Font) -> dict[tuple[str, str], int]:
    """By how many units each kerned pair of characters moves apart (or, below 0, together)."""
    characters: dict[str, str] = {}
    for character, glyph in font.getBestCmap().items():
        characters[glyph] = characters.get(glyph, "") + chr(character)
    gpos = font["GPOS"].table
    kern = [record.Feature.LookupListIndex for record in gpos.FeatureList.FeatureRecord if record.FeatureTag == "kern"]
    sums: dict[tuple[str, str], int] = {}
    for number in sorted(set().union(*kern)):
        found: dict[tuple[str, str], int] = {}
        for subtable in gpos.LookupList.Lookup[number].SubTable:
            for pair, units in _pairs(getattr(subtable, "ExtSubTable", subtable), characters):
                found.setdefault(pair, units)  # within a lookup, the first subtable that knows a pair decides
        for pair, units in found.items():
            sums[pair] = sums.get(pair, 0) + units
    return {(a, b): units for (first, second), units in sums.items() for a in characters[first] for b in characters[second]}


def _pairs(subtable: Any, glyphs: Container[str]) -> Iterator[tuple[tuple[str, str], int]]:
    if subtable.Format == 1:
        for first, pairs in zip(subtable.Coverage.glyphs, subtable.PairSet, strict=True):
            for record in pairs.PairValueRecord:
                if first in glyphs and record.SecondGlyph in glyphs:
                    yield (first, record.SecondGlyph), getattr(record.Value1, "XAdvance", 0)
        return
    seconds = [(glyph, number) for glyph, number in subtable.ClassDef2.classDefs.items() if glyph in glyphs]
    for first in subtable.Coverage.glyphs:
        if first in glyphs:
            row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(first, 0)].Class2Record
            for second, number in seconds:
                yield (first, second), getattr(row[number].Value1, "XAdvance", 0)


def _characters(ranges: Ranges) -> set[int]:
    return {point for part in ranges for point in (range(part[0], part[1] + 1) if isinstance(part, tuple) else (part,))}


def _stamp() -> str:
    tools = "".join(f"{package} {installed(package)}\n" for package in ("fontpkg-inter", "fonttools", "brotli"))
    return f"{tools}build_fonts.py {hashlib.sha256(Path(__file__).read_bytes()).hexdigest()}\n"


def _write(path: Path, data: bytes) -> None:
    # Under another name first: whoever draws while the fonts are made reads the old file or the new one, never a half.
    half = path.with_name(f".{path.name}.{os.getpid()}")
    half.write_bytes(data)
    half.replace(path)


if __name__ == "__main__":
    build(FONTS)
