"""Layout notation, rounded claims and apportionment."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _gridcore

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


class Layout:
    """A layout such as `1+26+307+1307`: the number of grids on each level from one down.

    >>> from gridcore import Layout
    >>> Layout("1+26+307+1307").total
    1641
    """

    __slots__ = ("counts", "fan_outs", "text", "total")

    def __init__(self, layout: str | Sequence[int]) -> None:
        """Reads the notation, or takes the counts."""
        if isinstance(layout, str):
            report = json.loads(_gridcore.layout_of_text(layout))
        else:
            report = json.loads(_gridcore.layout_of_counts(list(layout)))
        self.text: str = report["text"]
        self.counts: list[int] = report["counts"]
        self.total: int = report["total"]
        self.fan_outs: list[float | None] = report["fan_outs"]

    def check(self, counts: Sequence[int]) -> list[dict[str, Any]]:
        """Where the layout and counts differ: `level`, `declared`, `counted`."""
        return json.loads(_gridcore.check_layout(self.text, list(counts)))

    def __str__(self) -> str:
        """The notation."""
        return self.text

    def __repr__(self) -> str:
        """The notation, as it is written in Python."""
        return f"Layout({self.text!r})"


class Claim:
    """A rounded claim (约数) such as `1万多个`: which counts it admits.

    >>> from gridcore import Claim
    >>> Claim("1万多个").admits(10117)
    True
    """

    __slots__ = ("high", "low", "measure", "rule", "text")

    def __init__(self, text: str) -> None:
        """Reads a claim in Chinese or English."""
        report = json.loads(_gridcore.read_claim(text))
        self.text: str = report["text"]
        self.low: int = report["low"]
        self.high: int | None = report["high"]
        self.rule: str = report["rule"]
        self.measure: str = report["measure"]

    def check(self, count: int) -> dict[str, Any]:
        """How a count stands to the claim: `verdict` is `below`, `within` or `above`."""
        return json.loads(_gridcore.check_claim(self.text, count))

    def admits(self, count: int) -> bool:
        """Whether the claim admits a count."""
        return self.check(count)["verdict"] == "within"

    def __repr__(self) -> str:
        """The claim, as it is written in Python."""
        return f"Claim({self.text!r})"


def apportion(
    seats: int,
    parties: Iterable[float | Mapping[str, Any]],
    *,
    method: str,
    minimum: int = 0,
    decimals: int | None = None,
) -> dict[str, Any]:
    """Shares seats (such as leaf grids) among parties by weight, exactly and with a certificate.

    A party is its weight, or a dict of `weight`, `minimum` and `cap`. The method is `largest_remainder`,
    `sainte_lague`, `huntington_hill` or `d_hondt`. Weights are whole numbers; with
    `decimals` they may have so many.

    >>> import gridcore as gc
    >>> gc.apportion(10, [6, 3, 1], method="sainte_lague")["seats"]
    [6, 3, 1]
    """
    rows = [{"weight": party} if isinstance(party, int | float) else dict(party) for party in parties]
    if decimals is not None:
        scaled = _gridcore.scaled_weights([float(row["weight"]) for row in rows], decimals)
        rows = [{**row, "weight": weight} for row, weight in zip(rows, scaled, strict=True)]
    return json.loads(_gridcore.apportion(seats, json.dumps(rows), method, minimum))
