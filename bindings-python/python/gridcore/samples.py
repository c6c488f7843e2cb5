"""The sample city: six editions of Zhongshan's register, and a seeded completion of one to the counts of a report."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from . import _gridcore
from ._frames import Table, table_out
from .tree import GridTree


def editions() -> list[int]:
    """The years of the register's editions."""
    return _gridcore.register_editions()


def register(year: int) -> GridTree:
    """The tree of one edition of the register: the city, its towns, their villages.

    >>> import gridcore as gc
    >>> gc.samples.register(2023).counts()
    [1, 23, 287]
    """
    return GridTree(_gridcore.register(year))


def register_csv(year: int) -> str:
    """One edition of the register as CSV text."""
    return _gridcore.register_csv(year)


class Sample(NamedTuple):
    """The sample city: its tree, and what lies over it. Footprints and people are invented."""

    tree: GridTree
    cover: list[dict[str, Any]]
    fronts: list[dict[str, Any]]
    staff: list[dict[str, Any]]
    strength: list[dict[str, Any]]


def zhongshan(seed: int | None = None) -> Sample:
    """The sample city of 13,727 grids under the city; a seed makes another one like it.

    >>> import gridcore as gc
    >>> gc.samples.zhongshan().tree.counts()
    [1, 23, 287, 3300, 10117]
    """
    tree, *reports = _gridcore.zhongshan(seed)
    cover, fronts, staff, strength = (json.loads(report) for report in reports)
    return Sample(GridTree(tree), cover, fronts, staff, strength)


def zhongshan_duty(seed: int | None = None) -> dict[str, list[dict[str, Any]]]:
    """Who answers for what in the sample city, as the tables of `Responsibility.resolve`: everyone is invented.

    `posts` are the rules; the others have the names of its arguments.
    """
    tables: dict[str, list[dict[str, Any]]] = json.loads(_gridcore.zhongshan_duty(seed))
    return {"posts" if name == "rules" else name: rows for name, rows in tables.items()}


def zhongshan_deployment(seed: int | None = None, *, nearest: int = 20) -> dict[str, list[dict[str, Any]]]:
    """People, needs and candidates (the `nearest` people of each need), units with their supply and the demand for
    them, places and borders of the sample city: everything is invented."""
    return json.loads(_gridcore.zhongshan_deployment(seed, nearest))


class Visited(NamedTuple):
    """A register of invented residents, and visits to them with all that goes wrong on doorsteps."""

    register: Any
    visits: Any
    #: For each visit the row of the register that it is of; None where somebody else was met.
    truth: list[int | None]
    #: For each visit whether the resident was met in another place than the register has.
    moved: list[bool]


def zhongshan_visits(people: int = 20_000, seed: int = 1, *, like: Table = None) -> Visited:
    """Residents (居民) of the sample city, in its leaves, and visits (走访) to them; everybody is invented.

    `like` is a table of the kind in which they are wanted; without one they are lists of dicts.

    >>> import gridcore as gc
    >>> sample = gc.samples.zhongshan_visits(100)
    >>> len(sample.register), len(sample.truth) == len(sample.visits)
    (100, True)
    """
    register, visits, truth, moved = _gridcore.zhongshan_visits(people, seed)
    return Visited(table_out(register, like), table_out(visits, like), truth, moved)
