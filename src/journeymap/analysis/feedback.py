"""What comments sound like (K1): VADER's word list, as a way to find comments, and a metric only once it is validated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import fsum
from typing import TYPE_CHECKING, ClassVar, Literal, TypeAlias

from attrs import frozen

from journeymap.analysis.cautions import Caution, caution
from journeymap.analysis.doors import number
from journeymap.analysis.extras import extra
from journeymap.analysis.guards import small_n
from journeymap.analysis.intervals import LEVEL, Interval, Share, check_level, wilson
from journeymap.analysis.result import Level, Result, amount, percent, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

if TYPE_CHECKING:
    from journeymap.analysis.bootstrap import Floats

Tone = Literal["negative", "neutral", "positive"]
Comments: TypeAlias = Mapping[str, Iterable[str | None]] | Iterable[str | None]
"""Comments by touchpoint, or comments alone."""

CUT = 0.05
"""From this compound score on a comment is positive, from minus this down negative (Hutto & Gilbert 2014)."""
FEWEST_LABELS = 50
"""With fewer comments labelled by hand the word list is not validated."""
ALL = "all"
_KNOWN_TRAPS = re.compile(r"\b(?:no|without|any) (?:problems?|complaints?|issues?|trouble)\b|\bkindly\b", re.IGNORECASE)


@frozen(kw_only=True)
class Comment:
    """One comment."""

    step: str
    text: str
    compound: float
    """-1 to +1."""
    tone: Tone


@frozen(kw_only=True)
class SentimentRow:
    """The comments of one touchpoint."""

    id: str
    n: int
    mean: float
    interval: Interval | None
    """Percentile bootstrap, from 20 comments on."""
    share_negative: float
    negative_interval: Interval | None
    """Wilson's."""


@frozen(kw_only=True)
class Sentiment(Result):
    """What comments sound like; the value is the mean compound score, -1 to +1."""

    analysis: ClassVar[str] = "sentiment"
    subject: ClassVar[str] = "The tone of the comments"
    counted: ClassVar[str] = "comments"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "rows"

    share_negative: float
    negative_interval: Interval | None
    share_positive: float
    accuracy: float | None
    """The share of hand labels that the word list meets; None without labels."""
    accuracy_interval: Interval | None
    rows: tuple[SentimentRow, ...]
    """The lowest mean first, ties by id."""
    comments: tuple[Comment, ...]
    """The most negative first, ties by touchpoint and text."""

    def _told(self) -> str:
        told = f"{percent(self.share_negative)} of the comments sound negative, and the mean tone is {_heard(self.value)} on −1 to +1"
        return told + (f", lowest at {self.rows[0].id!r} ({_heard(self.rows[0].mean)})" if len(self.rows) > 1 else "")

    def _bound(self, value: float) -> str:
        return _heard(value)


def sentiment(
    data: Journey | Comments,
    *,
    lexicon: Mapping[str, float] | None = None,
    labels: Sequence[Tone] | None = None,
    level: float = LEVEL,
    draws: int = 2_000,
    seed: int = 0,
    strict: bool = False,
) -> Sentiment:
    """What do comments sound like, and where do they sound worst?

    VADER's compound score of each comment (-1 to +1; from 0.05 on positive, from -0.05 down negative), the mean by touchpoint with
    the percentile bootstrap (20 comments or more), the share of negative ones with Wilson's interval. ``lexicon`` adds words of your
    own, -4 to +4, or corrects those of the list. ``labels`` are tones given by hand, one for each comment in order: they give the
    accuracy, and with 50 or more the result no longer carries `LEXICON_UNVALIDATED`. Empty comments are missing.

    English only. The list knows single words, not what a business is about: "nobody called back" is neutral to it, and it stumbles
    over "no problems", "no complaints" and "kindly"; how many comments hold such words is said in the assumptions. A map gives its
    thoughts and the quotes of its evidence, if it is in English. Needs vaderSentiment (extra ``stats``).

    Source: Hutto & Gilbert (2014).

    >>> sentiment({"site": ["I love it"], "phone": ["Terrible, rude and slow"]}).rows[0].id
    'phone'
    """
    level = check_level(level)
    table = _of_map(data) if isinstance(data, Journey) else _table(data)
    said = [(step, text) for step, texts in table.items() for text in texts]
    kept = [(step, text, place) for place, (step, text) in enumerate(said) if text is not None and text.strip()]
    if not kept:
        raise NotEnoughData("sentiment", "there are no comments", "at least one comment in English")
    analyser = extra("vaderSentiment.vaderSentiment", "sentiment").SentimentIntensityAnalyzer()
    added = {word.lower(): number(value, what=f"lexicon[{word!r}]", low=-4, high=4) for word, value in (lexicon or {}).items()}
    analyser.lexicon.update(added)
    comments = []
    for step, text, _ in kept:
        score = float(analyser.polarity_scores(text)["compound"])
        comments.append(Comment(step=step, text=text, compound=score, tone=_tone(score)))
    right = _right(labels, comments, [place for *_, place in kept], len(said))
    scores = [comment.compound for comment in comments]
    negative = sum(comment.tone == "negative" for comment in comments)
    positive = sum(comment.tone == "positive" for comment in comments)
    by_step: dict[str, list[float]] = {}
    for comment in comments:
        by_step.setdefault(comment.step, []).append(comment.compound)
    rows = [_row(step, found, level, draws, seed) for step, found in by_step.items()]
    traps = sum(bool(_KNOWN_TRAPS.search(comment.text)) for comment in comments)
    notes = ("the comments are in English", "those who wrote speak for those who did not")
    result = Sentiment(
        value=fsum(scores) / len(scores),
        unit="compound",
        n=len(comments),
        missing=len(said) - len(comments),
        interval=_interval(scores, level, draws, seed),
        method=f"VADER compound, cut at {CUT:g}" + (f", {len(added)} words of your own" if added else ""),
        assumptions=(*notes, f"{traps} comments hold words that the list is known to misread") if traps else notes,
        warnings=(*_unvalidated(right), *small_n(len(comments), what="comments")),
        share_negative=negative / len(comments),
        negative_interval=wilson(negative, len(comments), level=level),
        share_positive=positive / len(comments),
        accuracy=right.value if right else None,
        accuracy_interval=wilson(right.successes, right.n, level=level) if right else None,
        rows=tuple(sorted(rows, key=lambda row: (row.mean, row.id))),
        comments=tuple(sorted(comments, key=lambda comment: (comment.compound, comment.step, comment.text))),
    )
    return sealed(result, strict=strict, inputs=(tuple(said), tuple(added.items()), tuple(labels or ()), level, draws, seed))


def _of_map(journey: Journey) -> dict[str, list[str | None]]:
    if journey.language.split("-")[0].lower() != "en":
        raise AnalysisError(f"sentiment: the map is in {journey.language!r}, and the word list knows English only")
    table: dict[str, list[str | None]] = {}
    for touchpoint in journey.touchpoints:
        quotes = [item.quote for item in touchpoint.evidence if item.quote]
        if touchpoint.thoughts or quotes:
            table[touchpoint.id] = [*touchpoint.thoughts, *quotes]
    return table


def _table(data: object) -> dict[str, list[str | None]]:
    if isinstance(data, str) or not isinstance(data, Iterable):
        raise AnalysisError(f'{shown(data)} are no comments; give a list, or lists by touchpoint: {{"site": ["I love it"]}}')
    named = data.items() if isinstance(data, Mapping) else [(ALL, data)]
    table: dict[str, list[str | None]] = {}
    for step, texts in named:
        if isinstance(texts, str) or not isinstance(texts, Iterable):
            raise AnalysisError(f"{step}: {shown(texts)} is no list of comments; put it in [ ]")
        table[str(step)] = [_text(text, str(step)) for text in texts]
    return table


def _text(text: object, step: str) -> str | None:
    if text is None or isinstance(text, str):
        return text
    if isinstance(text, float) and text != text:  # noqa: PLR0124  frames say "missing" with the number that differs from itself
        return None
    raise AnalysisError(f"{step}: {shown(text)} is no comment; give text, or None where nothing was said")


def _heard(score: float | None) -> str:
    """A tone as a sentence gives it, to the hundredth that a word list can bear."""
    return amount(score if score is None else round(score, 2))


def _tone(score: float) -> Tone:
    return "positive" if score >= CUT else "negative" if score <= -CUT else "neutral"


def _right(labels: Sequence[Tone] | None, comments: Sequence[Comment], places: Sequence[int], expected: int) -> Share | None:
    if labels is None:
        return None
    if len(labels) != expected:
        raise AnalysisError(f"labels: {len(labels)} of them for {expected} comments; give one for each")
    wrong = [label for label in labels if label not in {"negative", "neutral", "positive"}]
    if wrong:
        raise AnalysisError(f"labels: {shown(wrong[0])} is no tone; give 'negative', 'neutral' or 'positive'")
    return Share(sum(comment.tone == labels[place] for comment, place in zip(comments, places, strict=True)), len(comments))


def _unvalidated(right: Share | None) -> tuple[Caution, ...]:
    if right is None:
        return (caution("LEXICON_UNVALIDATED", "no comment is labelled by hand"),)
    return (caution("LEXICON_UNVALIDATED", f"{right.n:g} comments are labelled by hand"),) if right.n < FEWEST_LABELS else ()


def _row(step: str, scores: Sequence[float], level: float, draws: int, seed: int) -> SentimentRow:
    negative = sum(score <= -CUT for score in scores)
    return SentimentRow(
        id=step,
        n=len(scores),
        mean=fsum(scores) / len(scores),
        interval=_interval(scores, level, draws, seed),
        share_negative=negative / len(scores),
        negative_interval=wilson(negative, len(scores), level=level),
    )


def _interval(scores: Sequence[float], level: float, draws: int, seed: int) -> Interval | None:
    import numpy as np

    from journeymap.analysis.bootstrap import percentile

    def means(samples: Floats) -> Floats:
        drawn: Floats = samples.mean(axis=1)
        return drawn

    return percentile(np.array(scores), means, level=level, draws=draws, seed=seed)
