"""Teams (小组, 突击队) from a pool of people, by rules of composition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._frames import Table, kind_of, record_in, records_out, table_in
from ._progress import Progress, reins

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ._gridcore import Teams as Core
    from .tree import GridTree


class Teams:
    """Teams and their members: immutable."""

    __slots__ = ("_core", "_like", "_tree")

    def __init__(self, tree: GridTree, core: Core, like: Table = None) -> None:
        """Wraps teams of the core; `like` is a table of the kind in which results come back."""
        self._tree = tree
        self._core = core
        self._like = like

    @property
    def tree(self) -> GridTree:
        """The tree beneath the teams."""
        return self._tree

    @property
    def table(self) -> Any:
        """Who is in which team: team, rule, grid, role, person."""
        return records_out(json.loads(self._core.members()), self._like, ("team", "rule", "grid", "role", "person"))

    @property
    def certificate(self) -> dict[str, Any]:
        """How many `teams`, `members` and `spare` people, the `distance` in all, and the `limits` to one more team."""
        return json.loads(self._core.report())

    def __repr__(self) -> str:
        """How many teams and members there are; no name of anyone."""
        report = self.certificate
        return f"Teams({report['teams']}, members={report['members']})"

    def verify(self) -> None:
        """Checks the teams against the rules and their proof; raises `GridcoreError` if it is not proved."""
        self._core.verify()

    def to_json(self) -> str:
        """The teams and their tables as versioned JSON; the tree is saved apart."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, tree: GridTree, text: str) -> Teams:
        """Loads teams over their tree, and checks them."""
        return cls(tree, tree._core.teams_from_json(text))

    def __reduce__(self) -> tuple[Callable[[GridTree, str], Teams], tuple[GridTree, str]]:
        """Pickles the tree and the teams as their JSON."""
        return Teams.from_json, (self._tree, self.to_json())


def teams(
    tree: GridTree,
    people: Table,
    rules: Table,
    teams: Table,
    *,
    fill: bool = False,
    limit: int | None = None,
    progress: Progress = None,
) -> Teams:
    """Forms the teams that are wanted, nobody in two of them, as near to their homes as can be.

    - `people`: as in `deploy.assign`; their skills are the roles they can take;
    - `rules`: rule, roles (a list of role, at_least, at_most), size_at_least, size_at_most;
    - `teams`: team, rule, grid. `fill` fills them beyond what their rules need.

    Raises `Infeasible` with the roles that share too few people.
    """
    given = {"people": people, "rules": rules, "teams": teams}
    tables = {name: table_in(table) for name, table in given.items()}
    with reins(limit, progress) as held:
        return Teams(tree, tree._core.teams(tables, fill, held), kind_of(people))


def most_teams(
    tree: GridTree,
    people: Table,
    rule: Mapping[str, Any],
    *,
    limit: int | None = None,
    progress: Progress = None,
) -> Teams:
    """Forms as many teams of one rule as there can be; `certificate["limits"]` says why there are no more."""
    with reins(limit, progress) as held:
        return Teams(tree, tree._core.most_teams(table_in(people), record_in("rule", rule), held), kind_of(people))
