"""What the operations share: the tree that a vector asks about, its options, its picks, its refusals."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import gridcore as gc
import pytest

Input = dict[str, Any]
Op = Callable[[Input], Any]

BUILDING = ("schema", "code_scheme", "weights")


def building(given: Input) -> Input:
    wishes = {key: given[key] for key in BUILDING if key in given}
    if "root" in given:
        root = given["root"]
        wishes["root"] = root if isinstance(root, str) else (root["code"], root["name"])
    return wishes


def csv_of(given: Input) -> bytes:
    return given["csv"].encode() if "csv" in given else base64.b64decode(given["csv_base64"])


def tree_of(given: Input) -> gc.GridTree:
    if "edition" in given:
        return gc.samples.register(given["edition"])
    if "city" in given:
        return gc.samples.zhongshan().tree
    if "json" in given:
        return gc.GridTree.from_json(given["json"])
    if "csv" in given or "csv_base64" in given:
        return gc.GridTree.from_csv(csv_of(given), **building(given))
    return gc.GridTree.from_table(given["rows"] if "rows" in given else given["columns"], **building(given))


def some(given: Input, *names: str) -> Input:
    return {name: given[name] for name in names if name in given}


def picked(given: Input, rows: list[Input]) -> list[Input]:
    return [{key: row[key] for key in given["keys"]} for row in rows] if "keys" in given else rows


def fnv1a(text: str) -> str:
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & (2**64 - 1)
    return f"{value:016x}"


def infeasible(ask: Op) -> Op:
    def answer(given: Input) -> Input:
        with pytest.raises(gc.Infeasible) as caught:
            ask(given)
        error = caught.value
        assert error.cause == (error.causes[0] if error.causes else None)
        return {"code": error.code, "causes": error.causes}

    return answer
