"""The structure of a Markdown text, as far as a journey needs it: headings, paragraphs, and bullets within bullets."""

from __future__ import annotations

import re

from attrs import define, field

from journeymap.io.limits import Limits
from journeymap.io.markdown.inline import unescaped
from journeymap.io.problems import Position, Report

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?")
_CLOSING = re.compile(r"(?:^|[ \t])#+[ \t]*\Z")
_BULLET = re.compile(r"([ \t]*)(?:[-*+]|[0-9]{1,9}[.)])(?:([ \t]+)(.*)|\Z)")
_RULE = re.compile(r"[ \t]*(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_COMMENT = re.compile(r"[ \t]*<!--.*-->[ \t]*")
_TAB = 4


@define
class Block:
    """A heading, a paragraph or a bullet."""

    level: int
    """1 to 6 for headings, 0 for paragraphs and bullets."""
    bullet: bool
    text: str
    """As it is written, without marks and indentation."""
    position: Position
    parts: list[Block] = field(factory=list)
    """The bullets within a bullet."""

    @property
    def shown(self) -> str:
        """What a reader sees."""
        return unescaped(self.text)


def blocks(text: str, report: Report, limits: Limits) -> list[Block]:
    """The blocks of a text, in their order; DocumentError where they go beyond a limit."""
    found: list[Block] = []
    open_bullets: list[tuple[int, Block]] = []
    current: Block | None = None
    after_blank = False
    count = 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip(" \t"):
            after_blank = True
            continue
        heading, bullet = _HEADING.fullmatch(line), _BULLET.fullmatch(line)
        indent = _width(line)
        if _RULE.fullmatch(line) or _COMMENT.fullmatch(line):
            current = None
            after_blank = True
            continue
        count += 1
        if count > limits.nodes:
            report.break_off(f"there are more than {limits.nodes:,} lines; raise the limit if this is meant", (number, 1))
        if heading is not None:
            current = Block(len(heading[1]), False, _CLOSING.sub("", heading[2] or "").strip(" \t"), (number, 1))
            found.append(current)
            open_bullets = []
        elif bullet is not None:
            while open_bullets and open_bullets[-1][0] >= indent:
                open_bullets.pop()
            if len(open_bullets) >= limits.depth:
                report.break_off(f"bullets are nested deeper than {limits.depth}; raise the limit if this is meant", (number, 1))
            current = Block(0, True, (bullet[3] or "").strip(" \t"), (number, len(bullet[1]) + 1))
            (open_bullets[-1][1].parts if open_bullets else found).append(current)
            open_bullets.append((indent, current))
        elif current is not None and current.level == 0 and not (after_blank and not (current.bullet and indent)):
            current.text = _joined(current.text, line.strip(" \t"))
        else:
            current = Block(0, False, line.strip(" \t"), (number, indent + 1))
            found.append(current)
            open_bullets = []
        after_blank = False
        if current is not None and len(current.text) > limits.text * 8:
            report.break_off(f"a text is longer than {limits.text:,} characters; raise the limit if this is meant", (number, 1))
    return found


def _width(line: str) -> int:
    """How far a line is indented, a tab counting up to the next stop."""
    width = 0
    for character in line:
        if character not in " \t":
            break
        width += 1 if character == " " else _TAB - width % _TAB
    return width


def _joined(text: str, line: str) -> str:
    """A text with the next line of its source: a backslash at the end stands for a line end, nothing for a space."""
    slashes = len(text) - len(text.rstrip("\\"))
    return f"{text[:-1]}&#10;{line}" if slashes % 2 else f"{text} {line}"
