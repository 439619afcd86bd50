"""A guess at what a column holds, and a column of which nothing is guessed.

Not here: how they are made (`guesses`), how they are written down (`suggest`).
"""

from __future__ import annotations

from dataclasses import dataclass

from triage.intake.label_guesses import Label
from triage.intake.mapping import Role, Tick
from triage.intake.safety_places import Place

OURS = 2.0
"""How like our own names are: more than any other."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column may hold."""

    column: str
    role: Role
    why: str
    likeness: float
    """From 0 to 1; `OURS` for our own names."""
    confirm: bool = True
    """Whether somebody has to confirm it."""
    labels: tuple[Label, ...] = ()

    @property
    def place(self) -> Place:
        """What the column answers: an item, or one option of it."""
        return self.role.item, self.role.option if isinstance(self.role, Tick) else None


@dataclass(frozen=True, slots=True)
class Open:
    """A column of which nothing is guessed."""

    near: tuple[Place, ...] = ()
    """Places that share a word with it, for a person to think of."""
    why: str = ""
    item: str | None = None
    """The item, where that is known, and not the option."""
