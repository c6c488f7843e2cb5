"""Overlapping lists as one roster (名单合并), with the source of each value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import Table, kind_of, list_in, record_in, records_out, roster_in, table_out
from ._progress import Progress, reins

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ._gridcore import MergedRoster as CoreMergedRoster
    from .tree import GridTree


def merge(
    lists: Mapping[str, Table],
    keys: Iterable[str] = (),
    rules: Mapping[str, Any] | None = None,
    tree: GridTree | None = None,
    progress: Progress = True,
    *,
    limit: int | None = None,
) -> MergedRoster:
    """Merges overlapping lists, by their names, into one roster: one row for each person, and where each value is from.

    `keys` are columns by which people are told apart, the surest first: a token, an identity number, a phone; without
    any the lists are freed of doubles as `deduplicate` does, by `rules`. Of several values of a person that of the
    first list that has one is kept. Tables come back as the kind of the first list.

    Raises `GridcoreError` with every fault of every list.

    >>> import gridcore as gc
    >>> lists = {
    ...     "volunteers": [{"person": "p-1", "phone": "13800138000"}, {"person": "p-2", "phone": None}],
    ...     "teachers": [{"person": "p-2", "phone": "13900139000"}, {"person": "p-1", "phone": "13700137000"}],
    ... }
    >>> merged = gc.roster.merge(lists, ["person"])
    >>> [row["phone"] for row in merged.table], [row["other_list"] for row in merged.conflicts]
    (['13800138000', '13900139000'], ['teachers'])
    """
    named = record_in("lists", lists)
    options = {"keys": list_in("keys", keys, "a list of columns"), "rules": record_in("rules", rules or {})}
    tables = {name: roster_in(table) for name, table in named.items()}
    with reins(limit, progress) as held:
        core = _gridcore.merge_rosters(tables, options, None if tree is None else tree._core, held)
    return MergedRoster(core, kind_of(next(iter(named.values()))) if named else None)


class MergedRoster:
    """One roster made of several lists; people are numbered from 0 by where they first occur; immutable."""

    __slots__ = ("_core", "_like")

    def __init__(self, core: CoreMergedRoster, like: Table = None) -> None:
        """Wraps a merged roster of the core; `like` is a table of the kind in which results come back."""
        self._core = core
        self._like = like

    def __len__(self) -> int:
        """How many people it has."""
        return len(self._core)

    def _table(self, name: str) -> Any:
        return table_out(self._core.table(name), self._like)

    @property
    def lists(self) -> list[str]:
        """The names of the lists, in their order."""
        return self._core.lists()

    @property
    def table(self) -> Any:
        """One row for each person, with the value that was kept of each column."""
        return table_out(self._core.roster(), self._like)

    @property
    def people(self) -> Any:
        """How each person comes to be there: person, lists, rows, first_list, conflicts."""
        return self._table("people")

    @property
    def sources(self) -> Any:
        """Every row of every list once, and whose it is: person, list, row."""
        return self._table("sources")

    @property
    def values(self) -> Any:
        """Every value that was kept, and where it comes from: person, column, value, list, row."""
        return self._table("values")

    @property
    def conflicts(self) -> Any:
        """Every value that disagrees with the one that was kept."""
        return self._table("conflicts")

    @property
    def doubts(self) -> Any:
        """Pairs of people who may be one: person, other, key, probability."""
        return self._table("doubts")

    @property
    def without_key(self) -> Any:
        """Rows without a value in any key, each of them a person of its own."""
        return self._table("without_key")

    @property
    def by_list(self) -> Any:
        """Each list, counted: list, rows, persons, only_here."""
        return records_out(json.loads(self._core.by_list()), self._like)

    @property
    def overlaps(self) -> Any:
        """How many people each two lists have in common (名单重叠): list, other, persons."""
        return records_out(json.loads(self._core.overlaps()), self._like, ("list", "other", "persons"))

    def __repr__(self) -> str:
        """How many lists and people there are; no name of anyone."""
        return f"MergedRoster(lists={len(self.lists)}, people={len(self)})"
