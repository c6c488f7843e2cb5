"""NumPy: parents by sort and search, sums by counting, climbs by fancy indexing; pandas reads the file."""

import numpy as np
import pandas as pd
from measure import FOLDER, ORDERS, best, pairs, say


def read(order):
    table = pd.read_csv(FOLDER / f"{order}.csv", usecols=["code", "parent", "level", "count"])
    parent = table["parent"].fillna(-1).astype("int64").to_numpy()
    return table["code"].to_numpy(), parent, table["level"].to_numpy(np.int8), table["count"].to_numpy()


def resolve(code, parent):
    """The place of each parent; a province is its own."""
    order = np.argsort(code, kind="stable")
    place = order[np.minimum(np.searchsorted(code[order], parent), len(code) - 1)]
    return np.where(parent < 0, np.arange(len(code)), place)


def totals(table):
    code, parent, level, count = table
    up = resolve(code, parent)
    sums = count.astype(np.int64)
    for deep in (5, 4, 3, 2):
        here = np.flatnonzero(level == deep)
        sums += np.bincount(up[here], weights=sums[here], minlength=len(sums)).astype(np.int64)
    return int(sums[level == 1].sum())


def lca(up, level, a, b):
    """0 is a place of its own here, for the root above the provinces."""
    for deep in (5, 4, 3, 2, 1):
        apart = a != b
        a, b = np.where(apart & (level[a] == deep), up[a], a), np.where(apart & (level[b] == deep), up[b], b)
    return a


for order in ORDERS:
    table = read(order)
    cpu, total = best(5, lambda: totals(table))
    say("NumPy", f"table to totals, {order}", cpu, None, total)
    cpu, total = best(3, lambda: totals(read(order)))
    say("pandas + NumPy", f"CSV to totals, {order}", cpu, None, total)

code, parent, level, _ = read("sorted")
up = np.concatenate([[0], np.where(parent < 0, 0, resolve(code, parent) + 1)])
level = np.concatenate([[0], level]).astype(np.int8)
a, b = pairs(len(up))
cpu, _ = best(5, lambda: lca(up, level, a, b))
say("NumPy", "10⁶ LCA", cpu)


def ancestor():
    at = a
    for _ in range(2):
        at = np.where(level[at] > 3, up[at], at)
    return at


cpu, _ = best(5, ancestor)
say("NumPy", "10⁶ ancestors at a level", cpu)
