"""Which words stand out: what is said more here than there (K3), and the phrases that mark a comment or a stage (K2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from math import fsum, log, log2, sqrt
from typing import ClassVar, TypeAlias

from attrs import evolve, frozen

from journeymap.analysis.cautions import caution
from journeymap.analysis.doors import number
from journeymap.analysis.intervals import LEVEL, check_level, chi_square_p
from journeymap.analysis.multiplicity import benjamini_hochberg
from journeymap.analysis.result import Level, Result, amount, sealed
from journeymap.errors import AnalysisError, NotEnoughData, shown
from journeymap.model import Journey

Texts: TypeAlias = Iterable[str | None]
Corpus: TypeAlias = Texts | Mapping[str, int]
"""Comments; or how often each word was counted."""

STOP_WORDS = frozenset(
    [
        "a",
        "about",
        "after",
        "again",
        "all",
        "also",
        "am",
        "an",
        "and",
        "any",
        "are",
        "as",
        "at",
        "be",
        "because",
        "been",
        "before",
        "being",
        "but",
        "by",
        "can",
        "could",
        "did",
        "do",
        "does",
        "doing",
        "for",
        "from",
        "had",
        "has",
        "have",
        "having",
        "he",
        "her",
        "here",
        "him",
        "his",
        "how",
        "i",
        "if",
        "in",
        "into",
        "is",
        "it",
        "its",
        "just",
        "me",
        "more",
        "most",
        "my",
        "no",
        "not",
        "now",
        "of",
        "on",
        "or",
        "our",
        "out",
        "over",
        "own",
        "she",
        "so",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "too",
        "up",
        "us",
        "very",
        "was",
        "we",
        "were",
        "what",
        "when",
        "where",
        "which",
        "who",
        "why",
        "will",
        "with",
        "would",
        "you",
        "your",
    ]
)
"""Words of English that say nothing by themselves; other languages bring their own."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text in lower case; apostrophes and hyphens within a word stay.

    >>> words_of("Didn't work: e-mail, twice!")
    ["didn't", 'work', 'e-mail', 'twice']
    """
    return [word.replace("’", "'") for word in _WORD.findall(text.lower())]


@frozen(kw_only=True)
class KeyTerm:
    """One word, here and there."""

    term: str
    here: int
    """How often it is said here."""
    there: int
    comments_here: int | None
    """In how many comments here; None where only counts are given."""
    comments_there: int | None
    g2: float
    """Dunning's log-likelihood, of the two cells."""
    log_ratio: float
    """log2 of the two rates: 1 is twice as often here; a count of 0 is taken as one half."""
    p_value: float
    adjusted: float
    """The p-value adjusted for all words (Benjamini & Hochberg)."""
    key: bool
    """Whether it is said more here: adjusted p below 1 - level, and in two comments or more."""


@frozen(kw_only=True)
class Keyness(Result):
    """What is said more here than there; the value is how many words."""

    analysis: ClassVar[str] = "keyness"
    subject: ClassVar[str] = "The number of words said more often here"
    counted: ClassVar[str] = "words here"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "terms"

    n_there: int
    """How many words there are on the other side."""
    terms: tuple[KeyTerm, ...]
    """The highest log-likelihood first, whichever way, ties by word."""

    @property
    def key_terms(self) -> tuple[str, ...]:
        """What is said more here."""
        return tuple(row.term for row in self.terms if row.key)

    def _told(self) -> str:
        if not self.key_terms:
            return "No word is clearly said more often here"
        return f"{amount(self.value)} words are said more often here: {', '.join(self.key_terms[:5])}"


def keyness(data: Corpus, against: Corpus, *, stop: Collection[str] = STOP_WORDS, level: float = LEVEL, strict: bool = False) -> Keyness:
    """What is said more here than elsewhere?

    For each word Dunning's G² of the two cells, 2 * (a ln(a / Ea) + b ln(b / Eb)), where Ea and Eb share its a + b mentions by how
    many words each side has, with the p-value of a chi-square of one degree of freedom adjusted for all words, and the log ratio
    of the rates (a count of 0 is taken as one half). A word is key where it is said more here, the adjusted p-value is below
    1 - ``level``, and two comments or more hold it: one long rant makes no theme. Words in ``stop`` count for the size of a side,
    not as terms. Counts by word come in as they are; then nobody knows the comments. NotEnoughData where a side has no word.

    Sources: Dunning (1993); Rayson & Garside (2000); Hardie (2014) for the log ratio.

    >>> keyness({"wait": 30, "price": 70}, {"wait": 5, "price": 95}).key_terms
    ('wait',)
    """
    level = check_level(level)
    (here, docs_here, n_here), (there, docs_there, n_there) = (_counted(side, what) for side, what in ((data, "here"), (against, "there")))
    for n, what in ((n_here, "here"), (n_there, "there")):
        if not n:
            raise NotEnoughData("keyness", f"there is no word {what}", "comments on both sides")
    rows = []
    for term in sorted({*here, *there} - set(stop)):
        a, b = here[term], there[term]
        g2 = _g2(a, b, n_here, n_there)
        ratio = log2((a or 0.5) / n_here) - log2((b or 0.5) / n_there)
        rows.append(
            KeyTerm(
                term=term,
                here=a,
                there=b,
                comments_here=None if docs_here is None else docs_here[term],
                comments_there=None if docs_there is None else docs_there[term],
                g2=g2,
                log_ratio=ratio,
                p_value=chi_square_p(g2, 1),
                adjusted=1.0,
                key=False,
            )
        )
    if not rows:
        raise NotEnoughData("keyness", "all words are stop words", "words that say something")
    adjusted = benjamini_hochberg([row.p_value for row in rows])
    rows = [_judged(row, p or 0.0, 1 - level) for row, p in zip(rows, adjusted, strict=True)]
    result = Keyness(
        value=sum(row.key for row in rows),
        unit="words",
        n=n_here,
        method="Dunning's G² with log ratio, adjusted by Benjamini and Hochberg",
        assumptions=("words are said independently of each other, which people do not do",),
        warnings=(caution("MULTIPLE_TESTS", f"{len(rows):,} words are compared"),) if len(rows) > 1 else (),
        n_there=n_there,
        terms=tuple(sorted(rows, key=lambda row: (-row.g2, row.term))),
    )
    inputs = (tuple(sorted(here.items())), tuple(sorted(there.items())), tuple(sorted(stop)), level)
    return sealed(result, strict=strict, inputs=inputs)


def _judged(row: KeyTerm, adjusted: float, alpha: float) -> KeyTerm:
    said_by_two = row.comments_here is None or row.comments_here > 1
    return evolve(row, adjusted=adjusted, key=row.log_ratio > 0 and adjusted < alpha and said_by_two)


def _g2(a: int, b: int, n_here: int, n_there: int) -> float:
    share = (a + b) / (n_here + n_there)
    return max(0.0, 2 * fsum(count * log(count / (share * n)) for count, n in ((a, n_here), (b, n_there)) if count))


def _counted(side: object, what: str) -> tuple[Counter[str], Counter[str] | None, int]:
    """How often each word is said, in how many comments, and how many words there are."""
    if isinstance(side, Mapping):
        counts = Counter({str(word): _whole(count, f"{what}[{word!r}]") for word, count in side.items()})
        return counts, None, sum(counts.values())
    said = [words_of(text) for text in _texts(side, what)]
    words = Counter(word for text in said for word in text)
    return words, Counter(word for text in said for word in set(text)), sum(words.values())


def _whole(count: object, what: str) -> int:
    found = number(count, what=what, low=0)
    if found != int(found):
        raise AnalysisError(f"{what}: {found:g} is no count; give a whole number")
    return int(found)


def _texts(side: object, what: str) -> list[str]:
    if isinstance(side, str | Journey) or not isinstance(side, Iterable):
        raise AnalysisError(f"{what}: {shown(side)} are no comments; give a list of texts")
    texts = list(side)
    wrong = [text for text in texts if text is not None and not isinstance(text, str)]
    if wrong:
        raise AnalysisError(f"{what}: {shown(wrong[0])} is no comment; give text, or None where nothing was said")
    return [text for text in texts if text]


@frozen(kw_only=True)
class KeyPhrase:
    """One phrase of one group."""

    group: str
    phrase: str
    score: float
    """tf-idf, 0 to 1."""
    count: int
    """How often it is said there."""


@frozen(kw_only=True)
class KeyPhrases(Result):
    """What marks each group; the value is how many phrases are listed."""

    analysis: ClassVar[str] = "key_phrases"
    subject: ClassVar[str] = "The number of key phrases"
    counted: ClassVar[str] = "comments"
    data_level: ClassVar[Level] = "R"
    table: ClassVar[str] = "phrases"

    phrases: tuple[KeyPhrase, ...]
    """Group by group in order of the data, the highest score first, ties by phrase."""

    def of(self, group: str) -> tuple[str, ...]:
        """The phrases of a group."""
        return tuple(row.phrase for row in self.phrases if row.group == group)

    def _told(self) -> str:
        firsts: dict[str, str] = {}
        for row in self.phrases:
            firsts.setdefault(row.group, row.phrase)
        return "What marks each: " + ", ".join(f"{phrase!r} in {group!r}" for group, phrase in list(firsts.items())[:5])


def key_phrases(
    data: Journey | Mapping[str, Texts] | Texts,
    *,
    top: int = 10,
    longest: int = 2,
    stop: Collection[str] = STOP_WORDS,
    strict: bool = False,
) -> KeyPhrases:
    """Which phrases mark each stage?

    tf-idf: how often a phrase of up to ``longest`` words is said in a group, times ln(n / df) + 1, n groups of which df say it, each
    group scaled to length 1. ``stop`` words are left out first, so a phrase may bridge one. The ``top`` phrases of each group, ties by
    phrase. Comments alone are a group each, named by their place. A map gives the thoughts and quotes of each stage. A
    description, without n behind it: no test. NotEnoughData where there is no word.

    Source: Spärck Jones (1972); Salton & Buckley (1988).

    >>> key_phrases({"Apply": ["the form again", "form lost"], "Pay": ["card refused"]}, top=1).of("Apply")
    ('form',)
    """
    groups = _groups(data)
    counts: dict[str, Counter[str]] = {}
    comments = 0
    for group, texts in groups.items():
        counts[group] = Counter()
        for text in texts:
            comments += 1
            counts[group].update(_phrases([word for word in words_of(text) if word not in stop], longest))
    if not any(counts.values()):
        raise NotEnoughData("key_phrases", "there is no word", "comments")
    spread = Counter(phrase for found in counts.values() for phrase in found)
    rows: list[KeyPhrase] = []
    for group, found in counts.items():
        scores = {phrase: count * (log(len(counts) / spread[phrase]) + 1) for phrase, count in found.items()}
        length = sqrt(fsum(score * score for score in scores.values()))
        best = sorted(scores, key=lambda phrase: (-round(scores[phrase], 12), phrase))[: max(0, top)]
        rows += [KeyPhrase(group=group, phrase=phrase, score=scores[phrase] / length, count=found[phrase]) for phrase in best]
    result = KeyPhrases(
        value=len(rows),
        unit="phrases",
        n=comments,
        method=f"tf-idf over {len(counts)} groups, phrases of up to {longest} words",
        phrases=tuple(rows),
    )
    inputs = (tuple((group, tuple(texts)) for group, texts in groups.items()), top, longest, tuple(sorted(stop)))
    return sealed(result, strict=strict, inputs=inputs)


def _groups(data: object) -> dict[str, list[str]]:
    if isinstance(data, Journey):
        return {
            stage.name: [
                *stage.thoughts,
                *(text for t in stage.touchpoints for text in (*t.thoughts, *(e.quote for e in t.evidence if e.quote))),
            ]
            for stage in data.stages
        }
    if isinstance(data, Mapping):
        return {str(group): _texts(texts, str(group)) for group, texts in data.items()}
    return {str(place): [text] for place, text in enumerate(_texts(data, "comments"), start=1)}


def _phrases(words: Sequence[str], longest: int) -> Iterable[str]:
    if isinstance(longest, bool) or not isinstance(longest, int) or longest < 1:
        raise AnalysisError(f"longest: {shown(longest)} is no length of a phrase; give 1 or more words")
    return (" ".join(words[start : start + size]) for size in range(1, longest + 1) for start in range(len(words) - size + 1))
