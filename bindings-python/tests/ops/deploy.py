"""Plans: who goes where, what becomes of a plan when people fall out, teams, rosters, counts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import gridcore as gc

from .input import infeasible, picked, some, tree_of

if TYPE_CHECKING:
    from .input import Input, Op

PLAN = ("positions", "decimals")
STAFFING = ("home", "work", "skill_miss", "language_miss", "reach", "fair", "allow_gaps")
PAIRING = ("grids", "level", "under", "costs", "distance", "size", "mismatch")
SURGE = ("pairs", "edges", "units", "paired", "neighbour", "anywhere", "distance", "allow_gaps")
SPREAD = ("grids", "level", "under", "size", "home")
SHIFTS = ("wishes", "utc_offset", "rest", "one_a_day", "most_shifts", "load_weight", "distance_weight")


def plan_of(given: Input, problem: str) -> gc.deploy.Plan:
    tree = tree_of(given)
    wishes = some(given, *PLAN)
    match problem:
        case "assign":
            wishes |= some(given, "candidates", *STAFFING)
            columns = given.get("candidate_columns")
            return gc.deploy.assign(tree, given["needs"], given["people"], columns=columns, **wishes)
        case "pair":
            units = given.get("units")
            if "city" in given:
                units = [some(unit, "unit", "home") for unit in gc.samples.zhongshan_deployment(nearest=1)["units"]]
            return gc.deploy.pair(tree, units, **wishes, **some(given, *PAIRING))
        case "surge":
            return gc.deploy.surge(tree, given["supply"], given["demand"], **wishes, **some(given, *SURGE))
        case "aid":
            wishes |= some(given, "edges", "distance", "allow_gaps")
            return gc.deploy.aid(tree, given["spares"], given["demand"], **wishes)
        case "spread":
            whom = given["count"] if "count" in given else given["people"]
            return gc.deploy.spread(tree, whom, **wishes, **some(given, *SPREAD))
        case _:
            raise KeyError(problem)


def amounts(rows: list[Input]) -> list[list[int]]:
    return [list(pair) for pair in sorted(Counter(row["amount"] for row in rows).items())]


def plan_out(given: Input, plan: gc.deploy.Plan) -> Input:
    plan.verify()
    certificate = plan.certificate
    answer: Input = {
        "kind": plan.kind,
        "cost": plan.cost,
        "cost_units": plan.cost_units,
        "changes": plan.changes,
        "bound": certificate["bound"],
        "verified": certificate["verified"],
        "loads": amounts(plan.loads),
        "by_grid": amounts(plan.by_grid),
    }
    if given.get("keys") != []:
        answer["table"] = picked(given, plan.table)
    return answer


def planned(problem: str) -> Op:
    return lambda given: plan_out(given, plan_of(given, problem))


def again(given: Input) -> gc.deploy.Replan:
    changed = plan_of(given, given["problem"]).without(given.get("without", []))
    return changed.with_demand(given["later_demand"]) if "later_demand" in given else changed


def replanned(given: Input) -> Input:
    changed = again(given)
    plan = changed.replan(**some(given, "change_cost", "fewest_changes"))
    missing = sum(row["missing"] for row in changed.gaps() if row["level"] == 0)
    return {**plan_out(given, plan), "missing_before": missing, "kept": plan.kept(given.get("weight"))}


def plan_saved(given: Input) -> bool:
    plan = plan_of(given, given["problem"])
    loaded = gc.deploy.Plan.from_json(plan.tree, plan.to_json())
    loaded.verify()
    return loaded == plan


def teams_of(given: Input) -> gc.deploy.Teams:
    if "rule" in given:
        return gc.deploy.most_teams(tree_of(given), given["people"], given["rule"])
    return gc.deploy.teams(tree_of(given), given["people"], given["rules"], given["teams"], **some(given, "fill"))


def teams(given: Input) -> Input:
    found = teams_of(given)
    found.verify()
    return {"table": found.table, "certificate": found.certificate}


def roster_of(given: Input) -> gc.deploy.ShiftRoster:
    tables = (given["checkpoints"], given["shifts"], given["people"])
    return gc.deploy.shifts(tree_of(given), *tables, days=given["days"], **some(given, *SHIFTS))


def shifts(given: Input) -> Input:
    roster = roster_of(given)
    roster.verify()
    return {"table": roster.table, "loads": roster.loads, "certificate": roster.certificate}


def any_plan(given: Input) -> Any:
    match given["problem"]:
        case "teams":
            return teams_of(given)
        case "shifts":
            return roster_of(given)
        case _:
            return plan_of(given, given["problem"])


OPS: dict[str, Op] = {
    "deploy.assign": planned("assign"),
    "deploy.pair": planned("pair"),
    "deploy.surge": planned("surge"),
    "deploy.aid": planned("aid"),
    "deploy.spread": planned("spread"),
    "deploy.replan": replanned,
    "deploy.frontier": lambda given: again(given).frontier(),
    "deploy.gaps": lambda given: plan_of(given, given["problem"]).gaps(),
    "deploy.to_json": plan_saved,
    "deploy.infeasible": infeasible(any_plan),
    "deploy.person_times": lambda given: gc.deploy.person_times(
        tree_of(given), given["attendance"], **some(given, "days", "most_per_day")
    ),
    "deploy.person_count": lambda given: gc.deploy.person_count(**given),
    "deploy.teams": teams,
    "deploy.most_teams": teams,
    "deploy.shifts": shifts,
}
