"""Events (事件): reported in a grid, filed, handled and closed, each in its time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import Table, kind_of, moment_in, record_in, records_out, second_in, zone_in, zoned_table_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime, tzinfo

    from ._gridcore import Events as CoreEvents
    from .responsibility import Responsibility
    from .tree import GridTree

_BREACH = ("event", "grid", "domain", "stage", "due", "seconds_left", "steps", "escalated_to")


class Events:
    """The events of a city under one profile: immutable, in the order of their names.

    >>> import gridcore as gc
    >>> tree = gc.GridTree.from_table([{"code": "1", "name": "city"}])
    >>> deadline = {"from": "filed", "to": "closed", "seconds": 3600}
    >>> profile = {**gc.Events.standard_profile(), "deadlines": [deadline]}
    >>> events = gc.Events.from_rows(
    ...     tree, [{"id": "a", "grid": "1", "reported": 0, "filed": 90}], profile=profile
    ... )
    >>> events.totals(7200)["filed"], events.breaches(7200)[0]["seconds_left"]
    (1, -3510)
    """

    __slots__ = ("_core", "_like", "_tree")

    def __init__(self, tree: GridTree, core: CoreEvents, like: Table = None) -> None:
        """Wraps events of the core; `like` is a table of the kind in which results come back."""
        self._tree = tree
        self._core = core
        self._like = like

    @staticmethod
    def standard_profile() -> dict[str, Any]:
        """Seven stages from reported to closed, without deadlines: the start of an office's own profile.

        Keys: `stages` (`id`, `label`, `required`), `filing`, `deadlines` (`kind`, `priority`, `from`, `to`,
        `seconds`), `patrol` (what `found_by` says of a patrol), `escalation` (seconds overdue, ascending).
        """
        return json.loads(_gridcore.standard_event_profile())

    @classmethod
    def from_rows(
        cls,
        tree: GridTree,
        rows: Table,
        *,
        profile: Mapping[str, Any] | None = None,
        tz: str | tzinfo | None = None,
    ) -> Events:
        """Reads events from a table: columns id, grid and, if there, domain, kind, priority, found_by, occurred,
        complained, due, dropped, and one for each stage of the profile with the time it was reached.

        Times are UTC seconds or datetimes with a zone; `tz` is the zone of those without one.

        Raises `GridcoreError` with every fault of the profile and of every row.
        """
        table = zoned_table_in(rows, tz)
        core = tree._core.events(table, None if profile is None else record_in("profile", profile), zone_in(tz))
        return cls(tree, core, kind_of(rows))

    def __len__(self) -> int:
        """How many events there are."""
        return len(self._core)

    def __repr__(self) -> str:
        """The number of events; no name of any."""
        return f"Events({len(self)})"

    @property
    def tree(self) -> GridTree:
        """The tree beneath the events."""
        return self._tree

    @property
    def profile(self) -> dict[str, Any]:
        """The profile they run by."""
        return json.loads(self._core.profile())

    def rows(self) -> Any:
        """The events as rows again, in the order of their names."""
        return _records(json.loads(self._core.rows()), self._like)

    def totals(
        self,
        now: int | datetime,
        *,
        received_from: int | datetime | None = None,
        received_until: int | datetime | None = None,
        tz: str | tzinfo | None = None,
    ) -> dict[str, Any]:
        """How many were received, filed, due, closed and closed on time as known at `now`, with the rates.

        `received_from` and `received_until` bound when those that count were received.
        """
        return json.loads(self._core.totals(_window(now, received_from, received_until, tz)))

    def report(
        self,
        now: int | datetime,
        *,
        received_from: int | datetime | None = None,
        received_until: int | datetime | None = None,
        tz: str | tzinfo | None = None,
    ) -> Any:
        """The same as `totals` for each grid with everything beneath it, and each domain, as a table."""
        found = json.loads(self._core.report(_window(now, received_from, received_until, tz)))
        return records_out(found, self._like)

    def breaches(self, now: int | datetime, within: int = 0, *, tz: str | tzinfo | None = None) -> Any:
        """Which stages are overdue at `now`, or will be within so many seconds; the most urgent first.

        Each row says which grid hears of it (升级): `steps` up from the event's own, `escalated_to`.
        """
        found = json.loads(self._core.breaches(moment_in("now", now, tz), within))
        return records_out(found, self._like, _BREACH)

    def escalations(
        self, duty: Responsibility, now: int | datetime, within: int = 0, *, tz: str | tzinfo | None = None
    ) -> Any:
        """The same with whoever hears of each along the chain of command: `told_at`, `person`, `team`."""
        found = json.loads(self._core.escalations(duty._core, moment_in("now", now, tz), within))
        return records_out(found, self._like, (*_BREACH, "told_at", "person", "team"))

    def to_json(self) -> str:
        """The events and their profile as versioned JSON; the tree is saved apart."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, tree: GridTree, text: str) -> Events:
        """Loads events over a tree from their JSON; they are checked like any other rows."""
        return cls(tree, tree._core.events_from_json(text))

    def __reduce__(self) -> tuple[Callable[[GridTree, str], Events], tuple[GridTree, str]]:
        """Pickles the tree and the events as their JSON."""
        return Events.from_json, (self._tree, self.to_json())

    def __eq__(self, other: object) -> bool:
        """Whether two have the same events under the same profile, over equal trees."""
        return isinstance(other, Events) and self._tree == other._tree and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        """A hash of the tree and the number of events: equal ones have the same."""
        return hash((self._tree, len(self)))


def _window(
    now: int | datetime,
    received_from: int | datetime | None,
    received_until: int | datetime | None,
    tz: str | tzinfo | None,
) -> dict[str, Any]:
    bounds = {
        "from": second_in("received_from", received_from, tz),
        "until": second_in("received_until", received_until, tz),
    }
    received = {name: second for name, second in bounds.items() if second is not None}
    return {"now": moment_in("now", now, tz), "received": received}


def _records(records: list[dict[str, Any]], like: Table) -> Any:
    names = {name: None for record in records for name in record}
    return records_out([{**names, **record} for record in records], like)
