"""Who answers for what: questions, audits, modes, changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gridcore as gc

from .input import picked, some, tree_of

if TYPE_CHECKING:
    from .input import Input, Op

DUTY = ("absences", "deputies", "holdings", "posts", "teams", "people", "chains")


def duty_of(given: Input) -> gc.Responsibility:
    tree = tree_of(given)
    tables = gc.samples.zhongshan_duty() if "city" in given else some(given, "assignments", *DUTY)
    assignments = tables.get("assignments", [])
    if "without_holders_of_leaf" in given:
        root = tree.codes([0])[0]
        leaf = tree.leaves(root)[given["without_holders_of_leaf"]]
        assignments = [row for row in assignments if row["grid"] != leaf]
    others: Any = {name: rows for name, rows in tables.items() if name != "assignments"}
    return gc.Responsibility.resolve(tree, assignments, **others)


def entered(duty: gc.Responsibility, layers: list[Input]) -> gc.Responsibility:
    for layer in layers:
        wishes = some(layer, "rows", "teams", "pairings", "until")
        duty = duty.enter(layer["mode"], layer["scope"], from_=layer.get("from"), **wishes)
    return duty


def asked(name: str) -> Op:
    def ask(given: Input) -> Any:
        return getattr(duty_of(given), name)(given["grid"], given["domain"], **some(given, "at", "mode"))

    return ask


def accountable(given: Input) -> Any:
    found = asked("accountable")(given)
    if isinstance(given["grid"], str):
        return found
    return {name: [row[name] for row in found] for name in found[0]}


def duty_tables(given: Input) -> Input:
    return {name: rows for name, rows in duty_of(given).tables().items() if rows}


def duty_lists(given: Input) -> Input:
    duty = duty_of(given)
    return {"domains": duty.domains, "modes": duty.modes, "people": duty.people, "is_timed": duty.is_timed}


def audit(given: Input) -> list[Input]:
    wishes = some(given, "at", "until", "always", "domains", "modes", "span", "every_level")
    return picked(given, duty_of(given).audit(from_=given.get("from"), **wishes))


def enter_leave(given: Input) -> Input:
    before = duty_of(given)
    inside = entered(before, given["layers"])
    after = inside
    for layer in reversed(given["layers"]):
        after = after.leave(layer["mode"], layer["scope"])
    question = (given["grid"], given["domain"], given["at"])
    told = [duty.accountable(*question)["person"] for duty in (before, inside, after)]
    return {
        **dict(zip(("before", "inside", "after"), told, strict=True)),
        "same_bytes": before.to_json() == after.to_json(),
        "base_is_same": inside.base() == before,
    }


def duty_json(given: Input) -> Input:
    duty = duty_of(given)
    text = duty.to_json()
    return {"text": text, "same": gc.Responsibility.from_json(duty.tree, text) == duty}


def changed(given: Input) -> Input:
    wishes = some(given, "undecided", "others", "weight")
    after = gc.change.apply(duty_of(given), given["changes"], **wishes)
    return {
        "codes": after.tree.codes(range(len(after.tree))),
        "assignments": after.duty.active_tables()["assignments"],
        "ledger": after.ledger,
        "map": after.map,
        "needs_holder": after.needs_holder,
    }


def differences(given: Input) -> Any:
    before = duty_of(given)
    return gc.change.diff(before, gc.Responsibility.resolve(before.tree, given["later"]))


OPS: dict[str, Op] = {
    "duty.tables": duty_tables,
    "duty.lists": duty_lists,
    "duty.accountable": accountable,
    "duty.supporting": asked("supporting"),
    "duty.supervising": asked("supervising"),
    "duty.chain": asked("chain"),
    "duty.headcount": lambda given: duty_of(given).headcount(given.get("at")),
    "duty.mode_at": lambda given: entered(duty_of(given), given["layers"]).mode_at(given["grid"], given.get("at")),
    "duty.audit": audit,
    "duty.enter_leave": enter_leave,
    "duty.to_json": duty_json,
    "change.apply": changed,
    "change.diff": differences,
}
