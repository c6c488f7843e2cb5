"""Deployment (力量下沉): people and units sent to grids, each plan with its proof or the named cause of failure.

What can't be done raises `Infeasible`: `cause` names the grids and those whom they share, `causes` are all such sets.
Costs are rounded once, to `decimals` places; every sum and bound after that is exact.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import Column, Table, kind_of, list_in, number_columns, records_out, table_in
from ._progress import Progress, reins
from ._shifts import ShiftRoster, shifts
from ._teams import Teams, most_teams, teams

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ._gridcore import Plan as CorePlan
    from ._gridcore import Replan as CoreReplan
    from .tree import GridTree

__all__ = [
    "Plan",
    "Replan",
    "ShiftRoster",
    "Teams",
    "aid",
    "assign",
    "most_teams",
    "pair",
    "person_count",
    "person_times",
    "shifts",
    "spread",
    "surge",
    "teams",
]

_ROWS = ("who", "unit", "grid", "need", "day", "amount", "cost", "why", "via", "changed")
_GAPS = ("grid", "level", "direct", "missing", "uncovered", "needed")


def assign(
    tree: GridTree,
    needs: Table,
    people: Table,
    candidates: Table = None,
    *,
    columns: Table = None,
    cost: Callable[[dict[str, Any], dict[str, Any]], float | None] | None = None,
    home: float | None = None,
    work: float | None = None,
    skill_miss: float | None = None,
    language_miss: float | None = None,
    reach: float | None = None,
    fair: str | Iterable[float] | None = None,
    allow_gaps: bool = False,
    positions: Table = None,
    decimals: int = 3,
    limit: int | None = None,
    progress: Progress = None,
) -> Plan:
    """Sends people to grids at the least cost.

    - `needs`: grid, name (of several at one grid), skills, language, at_least (1), at_most;
    - `people`: person, skills, languages, home, work, unit, at_least, at_most (1);
    - `candidates`: grid, need, person, cost; or `columns`, the same by places in the two tables: need, person, cost
      (fastest as a dict of NumPy arrays); or `cost`, a function of a person and a need that gives None for a pair that
      may not be; without any of them everyone may go everywhere;
    - `home` and `work` cost so much a unit of distance; `skill_miss` and `language_miss` for each that a person lacks
      (else a person who lacks one is no candidate); farther than `reach` nobody goes;
    - `fair`: `"min_max"` makes the greatest load as small as can be, then the cost; a list of steps is the cost of
      each further grid a person gets, ascending;
    - `allow_gaps` leaves places empty where people are short, instead of raising `Infeasible`;
    - `positions` in metres (grid, x, y) make distances straight lines; else they are steps in the tree.

    >>> import gridcore as gc
    >>> tree = gc.GridTree.from_table([
    ...     {"code": "1", "parent": None, "name": "city"},
    ...     {"code": "11", "parent": "1", "name": "north"},
    ...     {"code": "12", "parent": "1", "name": "south"},
    ... ])
    >>> plan = gc.deploy.assign(
    ...     tree, [{"grid": "11"}, {"grid": "12"}], [{"person": "a", "home": "12"}, {"person": "b"}], home=1
    ... )
    >>> [(row["who"], row["grid"]) for row in plan.table]
    [('b', '11'), ('a', '12')]
    """
    weights = {
        "home": home,
        "work": work,
        "skill_miss": skill_miss,
        "language_miss": language_miss,
        "reach": reach,
    }
    options: dict[str, Any] = {
        "weights": {name: weight for name, weight in weights.items() if weight is not None},
        "allow_gaps": allow_gaps,
    }
    if fair is not None:
        options["fair"] = (
            fair if isinstance(fair, str) else {"steps": list_in("fair", fair, "min_max or a list of steps")}
        )
    tables = _tables(needs=needs, people=people, candidates=candidates, positions=positions)
    if columns is not None:
        tables["columns"], _ = number_columns("columns", columns, ("need", "person", "cost"), ())
    with reins(limit, progress) as held:
        return Plan(tree, tree._core.deploy_assign(options, tables, decimals, cost, held), kind_of(needs))


def pair(
    tree: GridTree,
    units: Table,
    grids: Column = None,
    *,
    level: int | None = None,
    under: str | None = None,
    costs: Table = None,
    distance: float | None = None,
    size: str | None = None,
    mismatch: float | None = None,
    positions: Table = None,
    decimals: int = 3,
    limit: int | None = None,
    progress: Progress = None,
) -> Plan:
    """Pairs units with grids (双联双助): each grid one unit, each unit as many grids as its bounds say.

    - `units`: unit, home, size, at_least, at_most;
    - the `grids`, or all of a `level`, `under` a grid; else the leaves;
    - `costs`: unit, grid, cost; `distance` from the unit's home costs so much a unit; `size` names a weight of the
      tree, and each unit by which a grid differs from the average of the unit's share of it costs `mismatch`.
    """
    options = _options(level=level, under=under, distance=distance, size=size, mismatch=mismatch)
    if grids is not None:
        options["grids"] = _codes(grids)
    tables = _tables(units=units, costs=costs, positions=positions)
    with reins(limit, progress) as held:
        return Plan(tree, tree._core.deploy_pair(options, tables, decimals, held), kind_of(units))


def surge(
    tree: GridTree,
    supply: Table,
    demand: Table,
    *,
    pairs: Table = None,
    edges: Table = None,
    units: Table = None,
    paired: float | None = None,
    neighbour: float | None = None,
    anywhere: float | None = None,
    distance: float | None = None,
    allow_gaps: bool = False,
    positions: Table = None,
    decimals: int = 3,
    limit: int | None = None,
    progress: Progress = None,
) -> Plan:
    """Sends person-times of units to grids over days: to their own grids of peacetime first, then to neighbours.

    - `supply`: unit, day, at_least, at_most; `demand`: grid, need, day, at_least, at_most;
    - `pairs` of peacetime: unit, grid; `edges` between neighbours: a, b; `units`: unit, home;
    - what a person-time costs: `paired` (0), `neighbour` (1000), `anywhere` else (None: nobody goes there), and
      `distance` for each unit of distance from the unit's home.
    """
    options = _options(paired=paired, neighbour=neighbour, anywhere=anywhere, distance=distance, allow_gaps=allow_gaps)
    tables = _tables(supply=supply, demand=demand, pairs=pairs, edges=edges, units=units, positions=positions)
    with reins(limit, progress) as held:
        return Plan(tree, tree._core.deploy_surge(options, tables, decimals, held), kind_of(demand))


def aid(
    tree: GridTree,
    spares: Table,
    demand: Table,
    *,
    edges: Table = None,
    distance: float | None = None,
    allow_gaps: bool = False,
    positions: Table = None,
    decimals: int = 3,
    limit: int | None = None,
    progress: Progress = None,
) -> Plan:
    """Sends spare people of grids to the nearest that lack them.

    `spares`: grid, spare; `demand`: grid, need, at_least, at_most; `edges` (a, b), if there are any, are the only ways.
    """
    options = _options(distance=distance, allow_gaps=allow_gaps)
    tables = _tables(spares=spares, demand=demand, edges=edges, positions=positions)
    with reins(limit, progress) as held:
        return Plan(tree, tree._core.deploy_aid(options, tables, decimals, held), kind_of(demand))


def spread(
    tree: GridTree,
    people: Table | int,
    grids: Column = None,
    *,
    level: int | None = None,
    under: str | None = None,
    size: str | None = None,
    home: float | None = None,
    positions: Table = None,
    decimals: int = 3,
    limit: int | None = None,
    progress: Progress = None,
) -> Plan:
    """Spreads people, or a number of them, evenly over grids: no grid has two more than another.

    Over the `grids`, or all of a `level`, `under` a grid; the grids with the most of the weight `size` get the one
    more; `home` costs so much a unit of distance from a person's home.
    """
    options = _options(level=level, under=under, size=size, home=home)
    if grids is not None:
        options["grids"] = _codes(grids)
    if isinstance(people, int):
        options["count"] = people
        tables = _tables(positions=positions)
    else:
        tables = _tables(people=people, positions=positions)
    with reins(limit, progress) as held:
        like: Table = None if isinstance(people, int) else kind_of(people)
        return Plan(tree, tree._core.deploy_spread(options, tables, decimals, held), like)


def person_times(
    tree: GridTree, rows: Table, *, most_per_day: int | None = None, days: int | None = None
) -> dict[str, Any]:
    """Counts an attendance list: person-times (人次) against persons (人数), exact where people are named.

    `rows`: person, day (a date, or days since 1970-01-01), unit, grid, person_times (1). Nobody is counted more than
    `most_per_day` (1) times a day; `days` is over how many days the list runs, needed where a row has no day.

    The answer has `total`, `by_day`, `by_unit`, `by_grid` (each with `person_times`, `named_times`, `known`, `least`,
    `most`, `exact`; the last three with `of`), and `repeated`, the rows that were left out.
    """
    options = _options(most_per_day=most_per_day, days=days)
    found: dict[str, Any] = json.loads(tree._core.person_times(table_in(rows), options))
    like = kind_of(rows)
    return {name: records_out(part, like) if name.startswith("by_") else part for name, part in found.items()}


def person_count(person_times: int, days: int, most_per_day: int = 1) -> dict[str, Any] | None:
    """The bounds on persons of a bare total of person-times over a number of days; None if no day can hold it.

    >>> import gridcore as gc
    >>> bounds = gc.deploy.person_count(11_300, 3)
    >>> bounds["least"], bounds["most"]
    (3767, 11300)
    """
    return json.loads(_gridcore.person_count(person_times, days, most_per_day))


class Plan:
    """Who goes where at the least cost, with the proof: immutable."""

    __slots__ = ("_core", "_like", "_tree")

    def __init__(self, tree: GridTree, core: CorePlan, like: Table = None) -> None:
        """Wraps a plan of the core; `like` is a table of the kind in which results come back."""
        self._tree = tree
        self._core = core
        self._like = like

    @property
    def tree(self) -> GridTree:
        """The tree beneath the plan."""
        return self._tree

    @property
    def kind(self) -> str:
        """What kind of problem it answers."""
        return json.loads(self._core.kind())

    @property
    def table(self) -> Any:
        """Who goes where: who, unit, grid, need, day, amount, cost, why, via, changed."""
        return records_out(json.loads(self._core.rows()), self._like, _ROWS)

    @property
    def cost(self) -> float:
        """What it costs, in the unit of the tables."""
        return self._core.cost()

    @property
    def cost_units(self) -> int:
        """What it costs in whole units of the last decimal: exact."""
        return self._core.cost_units()

    @property
    def decimals(self) -> int:
        """How many decimals of costs count."""
        return self._core.decimals()

    @property
    def changes(self) -> int:
        """How many person-times changed from the plan before; 0 for a first plan."""
        return self._core.changes()

    @property
    def certificate(self) -> dict[str, Any]:
        """The proof: `primal`, the `bound` that the `prices` prove, whether it is `verified`, and what it says."""
        return json.loads(self._core.certificate())

    @property
    def loads(self) -> Any:
        """How many each person, unit or grid sends or serves: who, unit, day, at_least, at_most, amount."""
        return records_out(json.loads(self._core.loads()), self._like)

    @property
    def by_grid(self) -> Any:
        """How many each need gets: grid, need, day, at_least, at_most, amount, missing."""
        return records_out(json.loads(self._core.by_grid()), self._like)

    @property
    def pairs(self) -> Any:
        """The pairs of units and grids, as `surge` and `Responsibility.enter` take them."""
        return records_out(json.loads(self._core.pairs()), self._like, ("unit", "grid"))

    def __repr__(self) -> str:
        """The kind and the cost; no name of anyone."""
        return f"Plan({self.kind!r}, cost={self.cost})"

    def verify(self) -> None:
        """Checks the plan and its proof in exact integers; raises `GridcoreError` if it is not proved."""
        self._core.verify()

    def gaps(self) -> Any:
        """Where people are missing, with every grid above: grid, level, direct, missing, uncovered, needed."""
        return records_out(json.loads(self._core.gaps()), self._like, _GAPS)

    def kept(self, weight: str | None = None) -> dict[str, Any]:
        """Who keeps the one they had in the plan before; `weight` (households, say) weighs the grids."""
        return json.loads(self._core.kept(weight))

    def frontier(self, *, limit: int | None = None, progress: Progress = None) -> Any:
        """The least cost for each number of changes that pays: changes, cost, change_cost_from, change_cost_until."""
        with reins(limit, progress) as held:
            return records_out(json.loads(self._core.frontier(held)), self._like)

    def without(self, who: Iterable[str] | str) -> Replan:
        """The plan to be made again without some people, units or grids."""
        return Replan(self, self._core.again()).without(who)

    def with_demand(self, demand: Table) -> Replan:
        """The plan to be made again with other demand: grid, need, day, at_least, at_most."""
        return Replan(self, self._core.again()).with_demand(demand)

    def to_json(self) -> str:
        """The plan and its proof as versioned JSON; the tree is saved apart."""
        return self._core.to_json()

    @classmethod
    def from_json(cls, tree: GridTree, text: str) -> Plan:
        """Loads a plan over its tree, and checks its bounds and its proof."""
        return cls(tree, tree._core.plan_from_json(text))

    def __reduce__(self) -> tuple[Callable[[GridTree, str], Plan], tuple[GridTree, str]]:
        """Pickles the tree and the plan as their JSON."""
        return Plan.from_json, (self._tree, self.to_json())

    def __eq__(self, other: object) -> bool:
        """Whether two plans send the same people for the same proof, over equal trees."""
        return isinstance(other, Plan) and self._tree == other._tree and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        """A hash of the kind and the cost: equal plans have the same."""
        return hash((self.kind, self.cost_units))


class Replan:
    """A plan to be made again: without some, or with other demand, and as little else changed as pays."""

    __slots__ = ("_core", "_plan")

    def __init__(self, plan: Plan, core: CoreReplan) -> None:
        """Wraps a plan to be made again."""
        self._plan = plan
        self._core = core

    def without(self, who: Iterable[str] | str) -> Replan:
        """Without these as well."""
        return Replan(
            self._plan, self._core.without([who] if isinstance(who, str) else list_in("who", who, "a name or several"))
        )

    def with_demand(self, demand: Table) -> Replan:
        """With this demand instead: grid, need, day, at_least, at_most."""
        return Replan(self._plan, self._core.with_demand(table_in(demand)))

    def gaps(self) -> Any:
        """Where people are missing before anything is repaired, with every grid above."""
        return records_out(json.loads(self._core.gaps()), self._plan._like, _GAPS)

    def replan(
        self,
        change_cost: int = 0,
        *,
        fewest_changes: bool = False,
        allow_gaps: bool = False,
        limit: int | None = None,
        progress: Progress = None,
    ) -> Plan:
        """The cheapest plan, each change of a person-time costing so much; or the cheapest with the fewest changes."""
        options = {"change_cost": change_cost, "fewest_changes": fewest_changes, "allow_gaps": allow_gaps}
        with reins(limit, progress) as held:
            return Plan(self._plan._tree, self._core.replan(options, held), self._plan._like)

    def frontier(self, *, limit: int | None = None, progress: Progress = None) -> Any:
        """The least cost for each number of changes that pays: changes, cost, change_cost_from, change_cost_until."""
        with reins(limit, progress) as held:
            return records_out(json.loads(self._core.frontier(held)), self._plan._like)


def _options(**wishes: Any) -> dict[str, Any]:
    return {name: wish for name, wish in wishes.items() if wish is not None}


def _tables(**tables: Table) -> dict[str, Any]:
    return {name: table_in(table) for name, table in tables.items() if table is not None}


def _codes(column: Column) -> list[str]:
    return column.to_list() if hasattr(column, "to_list") else list_in("grids", column, "a column of codes")
