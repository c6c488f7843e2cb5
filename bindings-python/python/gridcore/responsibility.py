"""Responsibility (责任): who answers for a grid, in a domain, at an hour, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import (
    Column,
    Table,
    frame_like,
    is_column,
    kind_of,
    list_in,
    record_in,
    records_out,
    second_in,
    table_out,
    zone_in,
    zoned_table_in,
)
from ._progress import Progress, reins
from .tree import GridTree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime, tzinfo

    from ._gridcore import Duty

_AUDIT = (
    "kind",
    "severity",
    "grid",
    "level",
    "path",
    "domain",
    "mode",
    "from",
    "until",
    "persons",
    "teams",
    "table",
    "rows",
    "above",
    "post",
    "amount",
    "limit",
    "reason",
    "reason_zh",
)


class Responsibility:
    """Who answers for what over a tree (责任体系): immutable.

    >>> import gridcore as gc
    >>> tree = gc.GridTree.from_table([
    ...     {"code": "1", "parent": None, "name": "city"},
    ...     {"code": "11", "parent": "1", "name": "north"},
    ...     {"code": "111", "parent": "11", "name": "mill street"},
    ... ])
    >>> duty = gc.Responsibility.resolve(tree, [
    ...     {"grid": "11", "person": "p-1"},
    ...     {"grid": "111", "person": "p-2", "domain": "forest_fire"},
    ... ])
    >>> duty.accountable("111", "forest_fire")["person"], duty.accountable("111", "work_safety")["from_grid"]
    ('p-2', '11')
    >>> duty.accountable("1", "work_safety")["gap"]["reason"]
    'nobody answers for 1 in work_safety: at 1 nobody is named'
    """

    __slots__ = ("_core", "_like", "_tree")

    def __init__(self, tree: GridTree, core: Duty, like: Table = None) -> None:
        """Wraps duties of the core; `like` is a table of the kind in which results come back."""
        self._tree = tree
        self._core = core
        self._like = like

    @classmethod
    def resolve(
        cls,
        tree: GridTree,
        assignments: Table,
        *,
        absences: Table = None,
        deputies: Table = None,
        holdings: Table = None,
        posts: Table = None,
        teams: Table = None,
        people: Table = None,
        chains: Table = None,
        tz: str | tzinfo | None = None,
    ) -> Responsibility:
        """Reads who has which duty from tables, in any order. Columns that are not named may be left out.

        - `assignments`: grid, person or team, domain and mode (all, if missing or `*`), from, until, role
          (accountable, if missing; supporting, supervising), share, post, front, reason;
        - `absences`: person, from, until; `deputies`: person, deputy_of, grid, domain, order, from, until;
        - `holdings` of posts: person, post, grid, from, until;
        - `posts`, the rules of who should be head where: level, kind, post, title, strength (default, strict),
          requires (head, direct, nobody), domains; `four_level_rules()` gives those of a city with four levels;
        - `teams`: team, person, lead; `people`: person, capacity; `chains` of command: chain, grid, parent, domain.

        Times are UTC seconds or datetimes with a zone; `tz` is the zone of those without one. Intervals are half-open.

        Raises `GridcoreError` with every fault of every row.
        """
        given = {
            "assignments": assignments,
            "absences": absences,
            "deputies": deputies,
            "holdings": holdings,
            "rules": posts,
            "teams": teams,
            "people": people,
            "chains": chains,
        }
        tables = {name: zoned_table_in(table, tz) for name, table in given.items() if table is not None}
        return cls(tree, tree._core.duty(tables, zone_in(tz)), kind_of(assignments))

    @staticmethod
    def four_level_rules() -> list[dict[str, Any]]:
        """The rules of post of a city with four levels under it, for `posts=`: data to be changed at will."""
        return json.loads(_gridcore.four_level_rules())

    @property
    def tree(self) -> GridTree:
        """The tree beneath the duties."""
        return self._tree

    @property
    def domains(self) -> list[str]:
        """Every domain that a row names, in order."""
        return self._core.domains()

    @property
    def modes(self) -> list[str]:
        """Every mode that a row names, in order."""
        return self._core.modes()

    @property
    def people(self) -> list[str]:
        """Every person that a row of any table names, by their tokens."""
        return self._core.people()

    @property
    def is_timed(self) -> bool:
        """Whether an answer depends on the time, so that `at` must be given."""
        return self._core.is_timed()

    def __repr__(self) -> str:
        """The tree and how many people there are; no name of any."""
        return f"Responsibility({self._tree!r}, people={len(self.people)})"

    def accountable(
        self,
        grid: Any,
        domain: str,
        at: int | datetime | None = None,
        mode: str | None = None,
        *,
        tz: str | tzinfo | None = None,
    ) -> Any:
        """Who is accountable (直接责任) for a grid in a domain: a dict; for a column of grids, a table.

        Keys: `person`, `team`, `from_grid` (whose duty it is) and its `level`, `rule` (what decided: mode_specific,
        direct, front, wildcard), `inherited`, `deputy_for` (the holder who is absent), `post`, `front`, `row`. Where
        nobody answers these are None, and `gap` says why, grid by grid, up to the root.

        Raises `GridcoreError` with the code `needs_time` if `at` is missing and some interval is bounded.
        """
        second = second_in("at", at, tz)
        if is_column(grid):
            result = self._core.accountable_at(self._tree._packed(grid), domain, second, mode)
            return table_out(result, frame_like(grid, self._like))
        return json.loads(self._core.accountable(self._code(grid), domain, second, mode))

    def supporting(
        self,
        grid: str | int,
        domain: str,
        at: int | datetime | None = None,
        mode: str | None = None,
        *,
        tz: str | tzinfo | None = None,
    ) -> list[dict[str, Any]]:
        """Who supports a grid in a domain (协助): the nearest first, those of all grids above it too."""
        return json.loads(self._core.supporting(self._code(grid), domain, second_in("at", at, tz), mode))

    def supervising(
        self,
        grid: str | int,
        domain: str,
        at: int | datetime | None = None,
        mode: str | None = None,
        *,
        tz: str | tzinfo | None = None,
    ) -> list[dict[str, Any]]:
        """Who supervises a grid in a domain (督导): the nearest first, those of all grids above it too."""
        return json.loads(self._core.supervising(self._code(grid), domain, second_in("at", at, tz), mode))

    def chain(
        self,
        grid: str | int,
        domain: str,
        at: int | datetime | None = None,
        mode: str | None = None,
        *,
        tz: str | tzinfo | None = None,
    ) -> list[dict[str, Any]]:
        """The escalation path from a grid in a domain: each grid to turn to in turn, with who answers there."""
        return json.loads(self._core.chain(self._code(grid), domain, second_in("at", at, tz), mode))

    def headcount(self, at: int | datetime | None = None, *, tz: str | tzinfo | None = None) -> dict[str, Any]:
        """Heads, posts and people counted (人数不等于岗位数): a person may hold several posts, and is one person.

        Keys: `levels` (each with `level`, `grids`, `headed`, `persons`), `headed`, `posts`, `persons`, `several`.
        """
        return json.loads(self._core.headcount(second_in("at", at, tz)))

    def mode_at(
        self, grid: str | int, at: int | datetime | None = None, *, tz: str | tzinfo | None = None
    ) -> str | None:
        """The mode in force at a grid; None if none is."""
        return self._core.mode_at(self._code(grid), second_in("at", at, tz))

    def audit(
        self,
        at: int | datetime | None = None,
        *,
        from_: int | datetime | None = None,
        until: int | datetime | None = None,
        always: bool = False,
        domains: Iterable[str] = (),
        modes: Iterable[str] = (),
        span: Mapping[str, int] | None = None,
        every_level: bool = False,
        tz: str | tzinfo | None = None,
        limit: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """Everything that is wrong at one second, over a window of time, or `always`, as a table in one stable order.

        Columns: `kind` (gap, no_direct_holder, absent_without_deputy, head_missing, head_doubled, overlap, duplicate,
        expired, post_breach, post_not_held, over_capacity, span, no_lead, unknown_grid, unknown_person, unknown_team),
        `severity` (violation, warning, noted), `grid`, `level`, `path` (from the root), `domain`, `mode`, `from`,
        `until`, `persons`, `teams`, the `table` and its `rows`, `above` (whether a grid above answers: throughout,
        partly, never), `post`, `amount` and `limit`, `reason` and `reason_zh`.

        Without `domains` and `modes` all that a row names are looked at. `span` (max; min, best) bounds the span of a
        head; `every_level` looks for gaps on every level, not only at leaves and on levels with a rule.
        """
        options: dict[str, Any] = {
            "domains": list_in("domains", domains, "a list of domains"),
            "modes": list_in("modes", modes, "a list of modes"),
            "every_level": every_level,
        }
        bounds = {"from": second_in("from_", from_, tz), "until": second_in("until", until, tz)}
        window = {name: second for name, second in bounds.items() if second is not None}
        if window or always:
            options["window"] = window
        if span is not None:
            options["span"] = record_in("span", span)
        with reins(limit, progress) as held:
            found = json.loads(self._core.audit(options, second_in("at", at, tz), held))
        return records_out(found, self._like, _AUDIT)

    def enter(
        self,
        mode: str,
        scope: str,
        rows: Table = (),
        *,
        teams: Table = None,
        pairings: Table = None,
        from_: int | datetime | None = None,
        until: int | datetime | None = None,
        tz: str | tzinfo | None = None,
    ) -> Responsibility:
        """Enters a mode (平时→战时) for a grid and all beneath it: a layer of duties over an untouched base.

        `rows` are assignments that hold in it, each with a `source` if it has one; `pairings` of a surge (unit, grid,
        team) become assignments of the units' teams. `leave` restores the exact prior state.
        """
        bounds = {"from": second_in("from_", from_, tz), "until": second_in("until", until, tz)}
        layer = {"mode": mode, "scope": scope, **{name: at for name, at in bounds.items() if at is not None}}
        given = {"rows": rows, "teams": teams, "pairings": pairings}
        tables = {name: zoned_table_in(table, tz) for name, table in given.items() if table is not None}
        return self._with(self._core.enter(layer, tables, zone_in(tz)))

    def leave(self, mode: str, scope: str) -> Responsibility:
        """Leaves a mode that was entered for a scope: its duties are gone, and everything else is as it was."""
        return self._with(self._core.leave(mode, scope))

    def base(self) -> Responsibility:
        """The duties without any mode that was entered."""
        return self._with(self._core.base())

    def layers(self) -> list[dict[str, Any]]:
        """The modes that are on, in the order in which they were entered: mode, scope, from, until, rows, teams."""
        return json.loads(self._core.layers())

    def source_of(self, row: int) -> dict[str, Any] | None:
        """Which mode a row of `active_tables` came from: mode, scope, row, source; None for a row of the base."""
        return json.loads(self._core.source_of(row))

    def tables(self) -> dict[str, list[dict[str, Any]]]:
        """All tables of the base again, their rows in one order whatever order they came in."""
        return json.loads(self._core.tables())

    def active_tables(self) -> dict[str, list[dict[str, Any]]]:
        """All tables with the rows of every mode that is on; the `row` of an answer is one of these."""
        return json.loads(self._core.active_tables())

    def to_json(self) -> str:
        """The duties and the modes that are on as versioned JSON; the tree is saved apart."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, tree: GridTree, text: str) -> Responsibility:
        """Loads duties over a tree from their JSON; they are checked like any other rows."""
        return cls(tree, tree._core.duty_from_json(text))

    def __reduce__(self) -> tuple[Callable[[GridTree, str], Responsibility], tuple[GridTree, str]]:
        """Pickles the tree and the duties as their JSON."""
        return Responsibility.from_json, (self._tree, self.to_json())

    def __eq__(self, other: object) -> bool:
        """Whether the same rows stand over equal trees, whatever order they came in."""
        return isinstance(other, Responsibility) and self._core == other._core

    def __hash__(self) -> int:
        """A hash of the tree and the number of people: equal duties have the same."""
        return hash((self._tree, len(self.people)))

    def _with(self, core: Duty) -> Responsibility:
        return Responsibility(self._tree, core, self._like)

    def _code(self, grid: Column) -> str:
        if isinstance(grid, str):
            return grid
        [code] = self._tree.codes([self._tree._position(grid)])
        return code
