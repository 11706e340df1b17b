"""What became of an export, and why, in words for the teacher."""

from dataclasses import dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why a file is not taken, where the reason needs no more words."""

    NO_NOTEBOOK = "not a notebook"
    NO_OWNER = "no student's id in its name"


@dataclass
class Report:
    """What became of an export: by student what was taken, and what was left and why."""

    taken: dict[str, str] = field(default_factory=dict)
    unchanged: dict[str, str] = field(default_factory=dict)
    unreadable: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)  # those of `left` that need no word of their own
    late: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unlisted: list[str] = field(default_factory=list)
    renamed: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = [f"{len(self.taken)} collected, {len(self.unchanged)} collected before"]
        lines += [f"  {student}  from  {path}" for student, path in sorted(self.taken.items())]
        left = {path: why for path, why in self.left.items() if path not in self.told}
        for words, them in (("could not be read", self.unreadable), ("not taken", left)):
            if them:
                lines.append(f"{len(them)} {words}:")
                lines += [f"  {name}: {why}" for name, why in sorted(them.items())]
        for words, those in (
            ("handed in after the deadline", self.late),
            ("on the roster handed in nothing", self.missing),
            ("not on the roster", self.unlisted),
        ):
            if those:
                lines.append(f"{len(those)} {words}: {', '.join(those)}")
        if self.renamed:
            pairs = ", ".join(f"{old} is {new}" for old, new in sorted(self.renamed.items()))
            lines.append(f"{len(self.renamed)} known by their ids now: {pairs}")
        return "\n".join([*lines, *self.notes])
