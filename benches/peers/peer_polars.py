"""polars: sums by joins and groups, level by level; at 20 million nodes, also the place of each parent."""

import gc
import sys

import numpy as np
import polars as pl
from measure import FOLDER, ORDERS, best, now, peak, say


def totals(table, deepest):
    """Sums of `count` over the grids beneath each, from the deepest level up."""
    below = table.filter(pl.col("level") == deepest).select("code", "parent", total=pl.col("count"))
    totals = [below.select("code", "total")]
    for level in range(deepest - 1, 0, -1):
        sums = below.group_by("parent").agg(pl.col("total").sum())
        below = (
            table.filter(pl.col("level") == level)
            .select("code", "parent", "count")
            .join(sums, left_on="code", right_on="parent", how="left")
            .with_columns(total=pl.col("count") + pl.col("total").fill_null(0))
            .select("code", "parent", "total")
        )
        totals.append(below.select("code", "total"))
    return pl.concat(totals)


def all_of(sums):
    """The sum over the provinces, whose codes have two digits."""
    return int(sums.filter(pl.col("code").cast(pl.Int64) < 100)["total"].sum())


def register():
    for order in ORDERS:
        file = (FOLDER / f"{order}.csv").read_bytes()
        table = pl.read_csv(file)
        memory, _ = peak(lambda: totals(table, 5))
        cpu, sums = best(7, lambda: totals(table, 5))
        say("polars", f"table to totals, {order}", cpu, memory, all_of(sums))
        texts = table.with_columns(pl.col("code", "parent").cast(pl.String))
        cpu, sums = best(7, lambda: totals(texts, 5))
        say("polars, codes as text", f"table to totals, {order}", cpu, None, all_of(sums))
        memory, _ = peak(lambda: totals(pl.read_csv(file), 5))
        cpu, sums = best(7, lambda: totals(pl.read_csv(file), 5))
        say("polars", f"CSV to totals, {order}", cpu, memory, all_of(sums))


def enlarged():
    table = pl.read_csv(FOLDER / "sorted.csv", columns=["code", "parent", "level"])
    villages = table.filter(pl.col("level") == 5)["code"].to_numpy()
    cut = 31
    code = np.concatenate([table["code"].to_numpy(), (villages[:, None] * 1000 + np.arange(1, cut + 1)).ravel()])
    parent = np.concatenate([table["parent"].fill_null(0).to_numpy(), np.repeat(villages, cut)])
    level = np.concatenate([table["level"].to_numpy(), np.full(len(villages) * cut, 6)]).astype(np.int8)
    count = code % 1000 % 7
    del table, villages
    table = pl.DataFrame({"code": code, "parent": parent, "level": level, "count": count})
    cpu, sums = best(2, lambda: totals(table, 6))
    say("polars", "20 M totals", cpu, None, all_of(sums))
    del table, sums, level, count
    order = np.random.default_rng(1).permutation(len(code))
    table = pl.DataFrame({"code": code[order], "parent": parent[order]})
    del order, code, parent
    gc.collect()

    def resolve():
        places = table.select(parent=pl.col("code")).with_row_index("place")
        return table.join(places, on="parent", how="left")

    start = now()
    memory, joined = peak(resolve)
    say("polars", "20 M build, shuffled", now() - start, memory, joined.height)


register() if sys.argv[2:] != ["large"] else enlarged()
