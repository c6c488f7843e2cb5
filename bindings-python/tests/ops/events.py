"""Events in their time, and what alerts ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gridcore as gc

from .duty import duty_of
from .input import picked, some, tree_of

if TYPE_CHECKING:
    from .input import Input, Op


def events_of(given: Input) -> gc.Events:
    rows = list(given.get("events", []))
    for group in given.get("groups", []):
        for _ in range(group["count"]):
            rows.append({"id": f"g{len(rows)}", **group["event"]})
    return gc.Events.from_rows(tree_of(given), rows, **some(given, "profile"))


def events_report(name: str) -> Op:
    def answer(given: Input) -> Any:
        found = getattr(events_of(given), name)(given["now"], **some(given, "received_from", "received_until"))
        return picked(given, found) if isinstance(found, list) else found

    return answer


def alert_steps(given: Input) -> Input:
    alerts = gc.alert.Alerts.from_rows(tree_of(given), [given["scale"]], given["alerts"])
    question = (given["scale"]["name"], given["grid"])
    return {"level": alerts.level(*question, given["at"]), "steps": alerts.steps(*question)}


OPS: dict[str, Op] = {
    "events.totals": events_report("totals"),
    "events.report": events_report("report"),
    "events.breaches": lambda given: events_of(given).breaches(given["now"], **some(given, "within")),
    "events.escalations": lambda given: events_of(given).escalations(
        duty_of(given), given["now"], **some(given, "within")
    ),
    "alert.needs": lambda given: gc.alert.needs(tree_of(given), given["scale"], given["grid"], given["level"]),
    "alert.delta": lambda given: gc.alert.delta(
        tree_of(given), given["scale"], given["grid"], given["before"], given["after"]
    ),
    "alert.steps": alert_steps,
}
