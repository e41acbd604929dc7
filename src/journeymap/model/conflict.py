"""What a merge cannot decide: the conflicts, and the answer that holds them."""

from __future__ import annotations

from typing import Generic, Literal

from attrs import field, frozen

from journeymap.errors import MergeConflict, Problem
from journeymap.model.parts import Map, Ref
from journeymap.model.wording import Data, plain, told

ConflictKind = Literal["both-changed", "changed-and-removed", "both-added", "order", "rule"]
Side = Literal["ours", "theirs"]


@frozen
class Conflict:
    """One thing in which two maps contradict each other."""

    kind: ConflictKind
    """``both-changed``, ``both-added``: differently. ``order``: of the parts in ``field``. ``rule``: each side is right by
    itself, and together they break a rule of the model, as ``problems`` say."""
    ref: Ref
    """Of which part."""
    field: str = ""
    """Of which field; empty for the part itself, ``place`` for where it stands."""
    base: object = None
    ours: object = None
    theirs: object = None
    """What stands there on each side; None where nothing does."""
    problems: tuple[Problem, ...] = ()

    def __str__(self) -> str:
        if self.kind == "rule":
            return f"{self.ref}: merged, it breaks a rule: {'; '.join(str(problem) for problem in self.problems)}"
        if self.kind == "changed-and-removed":
            remover, other = ("theirs", "ours") if self.theirs is None else ("ours", "theirs")
            if self.field:
                return f"{self.ref}: {other} has put it in {self.base}, and {remover} has removed that"
            return f"{self.ref}: {other} has changed it, and {remover} has removed it"
        if self.kind == "order":
            return f"{self.ref}: ours and theirs have put the {self.field} in different orders"
        verb = "added" if self.kind == "both-added" else "changed"
        about = f"{self.field.replace('_', ' ')}: " if self.field else ""
        return f"{self.ref}: {about}both have {verb} it, ours {told(self.ours)}, theirs {told(self.theirs)}, before {told(self.base)}"

    def to_dict(self) -> dict[str, Data]:
        """The conflict as JSON-ready data."""
        where: dict[str, Data] = {"conflict": self.kind, "kind": self.ref.kind, "id": self.ref.id}
        if self.ref.journey:
            where["journey"] = self.ref.journey
        sides: dict[str, Data] = {"base": plain(self.base), "ours": plain(self.ours), "theirs": plain(self.theirs)}
        return {**where, "field": self.field, **sides, "problems": [str(problem) for problem in self.problems]}


@frozen
class Merged(Generic[Map]):
    """What became of two maps: the merged one, or the conflicts that keep it from being."""

    value: Map | None
    """The merged journey or atlas; None while there are conflicts."""
    conflicts: tuple[Conflict, ...] = ()
    overruled: tuple[Conflict, ...] = field(default=(), kw_only=True)
    """Conflicts that ``prefer`` has decided: what the other side wanted is told here and nowhere else."""

    def result(self) -> Map:
        """The merged journey or atlas; MergeConflict with all conflicts if there are any."""
        if self.value is None:
            raise MergeConflict(self.conflicts)
        return self.value

    def explain(self) -> str:
        """The conflicts in words, one a line, then those that were overruled."""
        lines = [str(conflict) for conflict in self.conflicts] + [f"overruled: {conflict}" for conflict in self.overruled]
        return "\n".join(lines) or "no conflict"

    def __str__(self) -> str:
        return self.explain()

    def to_dict(self) -> dict[str, Data]:
        """The conflicts as JSON-ready data."""
        return {
            "conflicts": [conflict.to_dict() for conflict in self.conflicts],
            "overruled": [conflict.to_dict() for conflict in self.overruled],
        }
