"""Rosters: reconciled, explained, changed; staff, merged lists, ledgers, tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gridcore as gc

from .input import fnv1a, picked, some, tree_of

if TYPE_CHECKING:
    from .input import Input, Op

MERGED = ("people", "sources", "values", "conflicts", "doubts", "without_key", "by_list", "overlaps")


def tree_or_none(given: Input) -> gc.GridTree | None:
    return tree_of(given) if "rows" in given or "city" in given else None


def run(given: Input) -> gc.Reconciliation:
    options: Input = {"rules": given.get("rules"), "tree": tree_or_none(given), "progress": None}
    if "right" in given:
        return gc.reconcile(given["left"], given["right"], **options)
    return gc.deduplicate(given["left"], **options)


def told(given: Input, answer: gc.Reconciliation) -> Input:
    def table(name: str) -> Any:
        return [answer.states(side) for side in ("left", "right")] if name == "states" else getattr(answer, name)

    return {name: table(name) for name in given["ask"]}


def explain(given: Input) -> Input:
    answer, pair = run(given), tuple(given["pair"])
    en, zh = (answer.explain(pair, lang, **some(given, "shown")) for lang in ("en", "zh"))
    return {
        "found": en.to_dict(),
        "sentences": [str(en), str(zh)],
        "waterfalls": [fnv1a(en.svg), fnv1a(zh.svg)],
    }


def explain_row(given: Input) -> Input:
    answer = run(given)
    en, zh = (answer.explain(given["id"], lang, side=given["side"]) for lang in ("en", "zh"))
    return {"found": en.to_dict(), "sentences": [str(en), str(zh)]}


def history(given: Input) -> Input:
    answer = run(given)
    updated = False
    for step in given["steps"]:
        stamp = some(step, "at", "by")
        if step.get("undo"):
            answer = answer.undo(**stamp)
        elif "decide" in step:
            answer = answer.decide(step["decide"], **stamp)
        else:
            updated = True
            answer = answer.update(**some(step, "left", "right", "remove_left", "remove_right"), **stamp)
    gc.roster.verify_log(answer.log)
    found = told(given, answer)
    if not updated:
        text = answer.to_json()
        again = gc.Reconciliation.from_json(text, given["left"], given.get("right"), tree_or_none(given))
        found["saved"] = again.to_json() == text
    return found


def model(given: Input) -> Input:
    found = gc.rules.model_from_splink(given["splink"])
    weights = [gc.rules.model_weight(found, levels) for levels in given.get("levels", [])]
    return {"weights": weights, "splink": gc.rules.model_to_splink(found), "model": found}


def staff_diff(given: Input) -> Input:
    single = given.get("rules", {}).get("single", [])
    diff = gc.roster.staff_diff(given["old"], given["new"], tree_of(given), single=single)
    names = ("changes", "orphaned", "vacated", "several_posts", "shared_posts", "repeated", "total", "by_level")
    return {name: getattr(diff, name) for name in (*names, "by_grid")}


def ledger(given: Input) -> Input:
    found = gc.roster.Ledger.from_rows(tree_of(given), given["ledger"], **some(given, "rule"))
    return {
        "total": found.count(),
        "by_grid": found.by_grid(),
        "behind": found.behind(given["grid"], given["number"]),
        "published": found.published(given["min_cell"]),
    }


def merge(given: Input) -> Input:
    lists = dict(zip(given["names"], given["lists"], strict=True))
    merged = gc.roster.merge(lists, tree=tree_or_none(given), **some(given, "keys"))
    return {name: getattr(merged, name) for name in MERGED}


def tokens(given: Input) -> Input:
    key = gc.roster.TokenKey(given["key"].encode())
    found = key.tokenize(given["column"], given["kind"], given.get("algorithm"))
    return {**found._asdict(), "check_value": key.check_value()}


OPS: dict[str, Op] = {
    "roster.reconcile": lambda given: told(given, run(given)),
    "roster.by": lambda given: picked(given, run(given).by(given["by"])),
    "roster.explain": explain,
    "roster.explain_row": explain_row,
    "roster.history": history,
    "roster.model": model,
    "roster.staff_diff": staff_diff,
    "roster.ledger": ledger,
    "roster.merge": merge,
    "roster.tokens": tokens,
}
