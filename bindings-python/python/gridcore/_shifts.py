"""Shift rosters (排班): checkpoints (卡点) staffed in every shift by people who rest in between."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._frames import Table, kind_of, list_in, records_out, table_in
from ._progress import Progress, reins

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from ._gridcore import ShiftRoster as Core
    from .tree import GridTree


class ShiftRoster:
    """Who is where in which shift, with the bound that is proved: immutable."""

    __slots__ = ("_core", "_like", "_tree")

    def __init__(self, tree: GridTree, core: Core, like: Table = None) -> None:
        """Wraps a roster of the core; `like` is a table of the kind in which results come back."""
        self._tree = tree
        self._core = core
        self._like = like

    @property
    def tree(self) -> GridTree:
        """The tree beneath the roster."""
        return self._tree

    @property
    def table(self) -> Any:
        """Who is where when: day, shift, checkpoint, grid, person, from, until."""
        return records_out(json.loads(self._core.duties()), self._like)

    @property
    def loads(self) -> Any:
        """How many shifts each person has: person, shifts."""
        return records_out(json.loads(self._core.loads()), self._like)

    @property
    def certificate(self) -> dict[str, Any]:
        """`cost`, the `bound` that is proved, the `gap` between them, `optimal`, `busiest` and how many `duties`."""
        return json.loads(self._core.report())

    @property
    def prices(self) -> Any:
        """What each place of each shift adds to the bound: day, shift, checkpoint, price."""
        return records_out(json.loads(self._core.prices()), self._like)

    def __repr__(self) -> str:
        """How many duties there are; no name of anyone."""
        return f"ShiftRoster({self.certificate['duties']})"

    def verify(self) -> None:
        """Checks the roster and its bound in exact integers; raises `GridcoreError` if it is not proved."""
        self._core.verify()

    def to_json(self) -> str:
        """The roster, its tables and its proof as versioned JSON; the tree is saved apart."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, tree: GridTree, text: str) -> ShiftRoster:
        """Loads a roster over its tree, and checks its rules and its proof."""
        return cls(tree, tree._core.shifts_from_json(text))

    def __reduce__(self) -> tuple[Callable[[GridTree, str], ShiftRoster], tuple[GridTree, str]]:
        """Pickles the tree and the roster as their JSON."""
        return ShiftRoster.from_json, (self._tree, self.to_json())


def shifts(
    tree: GridTree,
    checkpoints: Table,
    shifts: Table,
    people: Table,
    *,
    days: Iterable[date | int],
    wishes: Table = None,
    utc_offset: int | None = None,
    rest: int | None = None,
    one_a_day: bool | None = None,
    most_shifts: int | None = None,
    load_weight: int | None = None,
    distance_weight: int | None = None,
    limit: int | None = None,
    progress: Progress = None,
) -> ShiftRoster:
    """Staffs checkpoints in every shift of the days; people rest in between.

    - `checkpoints`: checkpoint, staff, grid, skills, shifts, days; `shifts`: shift, from, until (seconds after local
      midnight; past 86,400 on the next day);
    - `people`: person, skills, home, days, absent, shifts, checkpoints, most_shifts; `wishes`: person, checkpoint,
      shift, day, cost (below 0: welcome);
    - `days` are dates, or days since 1970-01-01; `utc_offset` is how far local time is ahead of UTC, in seconds;
    - `rest` is the least rest between two shifts, in seconds; `one_a_day` (True) lets nobody work two shifts of a day;
      `most_shifts` bounds what everyone has;
    - `load_weight` is the cost of each shift of the busiest person, `distance_weight` of each step between a person's
      home and the checkpoint's grid.

    Raises `Infeasible` with the places that need more people than there can be.
    """
    wishes_of = {
        "utc_offset": utc_offset,
        "rest": rest,
        "one_a_day": one_a_day,
        "most_shifts": most_shifts,
        "load_weight": load_weight,
        "distance_weight": distance_weight,
    }
    rules = {
        "days": list_in("days", days, "a list of days"),
        **{name: wish for name, wish in wishes_of.items() if wish is not None},
    }
    given = {"checkpoints": checkpoints, "shifts": shifts, "people": people, "wishes": wishes}
    tables = {name: table_in(table) for name, table in given.items() if table is not None}
    with reins(limit, progress) as held:
        return ShiftRoster(tree, tree._core.shifts(tables, rules, held), kind_of(checkpoints))
