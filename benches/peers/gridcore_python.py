"""gridcore through its Python package, as its users call it."""

import gridcore as gc
import numpy as np
import polars as pl
import pyarrow as pa
from measure import FOLDER, ORDERS, best, pairs, peak, say

WISHES = {"code_scheme": "nbs", "root": ("0", "中国"), "weights": ["count"]}


def totals(tree):
    """The totals as Arrow; a tree from CSV has no table whose kind to return, and would make dicts of them."""
    return pa.table(tree._core.total("count"))["count"]


for order in ORDERS:
    file = (FOLDER / f"{order}.csv").read_bytes()
    frame = pl.read_csv(file)
    table: pa.Table = frame.to_arrow(compat_level=pl.CompatLevel.oldest()).combine_chunks()
    memory, _ = peak(lambda: totals(gc.GridTree.from_table(table, **WISHES)))
    cpu, sums = best(7, lambda: totals(gc.GridTree.from_table(table, **WISHES)))
    say("gridcore", f"table to totals, {order}", cpu, memory, int(sums[0].as_py()))
    cpu, sums = best(7, lambda: totals(gc.GridTree.from_table(frame, **WISHES)))
    say("gridcore, polars in", f"table to totals, {order}", cpu, None, int(sums[0].as_py()))
    texts = table.set_column(0, "code", table["code"].cast(pa.string()))
    texts = texts.set_column(1, "parent", texts["parent"].cast(pa.string())).combine_chunks()
    cpu, sums = best(7, lambda: totals(gc.GridTree.from_table(texts, **WISHES)))
    say("gridcore, codes as text", f"table to totals, {order}", cpu, None, int(sums[0].as_py()))
    memory, _ = peak(lambda: totals(gc.GridTree.from_csv(file, **WISHES)))
    cpu, sums = best(7, lambda: totals(gc.GridTree.from_csv(file, **WISHES)))
    say("gridcore", f"CSV to totals, {order}", cpu, memory, int(sums[0].as_py()))

tree = gc.GridTree.from_csv(file, **WISHES)
a, b = pairs(len(tree))
cpu, _ = best(7, lambda: tree.lca(a, b))
say("gridcore", "10⁶ LCA", cpu)
cpu, _ = best(7, lambda: tree.ancestor_at(a, 3))
say("gridcore", "10⁶ ancestors at a level", cpu)
