"""Draws the instances of assignment, flow and roster that every solver is measured on, from fixed seeds.

    python assignment_data.py FOLDER

Whole numbers, little-endian; all costs are whole, so that every exact solver has to find the same optimum.

    dense_KIND_N.i32    N × N costs, row by row. KIND: uniform, euclidean (metres in a city 50 km wide), product (i·j, Machol–Wien)
    city.i64            rows, columns, arcs; then row, column, cost of each arc: 10,117 grids, 12,000 people
    before.i64          the person of each grid in an optimal assignment of the city
    leavers.i64         100 of those people, who leave
    NAME.flow           nodes, arcs; then tail, head, capacity, cost of each arc; then what each node sends (takes: negative)
    roster.i64          people, sites, days; then demand [site, day, shift], whether eligible [person, site], dislike
                        [person, site], whether available [person, day]
"""

import sys
from pathlib import Path

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching
from scipy.spatial import cKDTree

FOLDER = Path(sys.argv[1])
GRIDS, PEOPLE, CANDIDATES = 10_117, 12_000, 20
COMMUNITIES, UNITS = 287, 83
CITY = 50_000  # metres from side to side


def main():
    FOLDER.mkdir(parents=True, exist_ok=True)
    for size in (1000, 2000, 5000):
        dense(size)
    draw = np.random.default_rng(7)
    communities = draw.random((COMMUNITIES, 2)) * CITY
    arcs = city(draw, communities)
    transport(draw, communities)
    fair(arcs)
    for nodes, wanted in ((1000, 10_000), (3000, 30_000), (8000, 100_000), (40_000, 400_000)):
        network(nodes, wanted)
    roster()


def dense(size):
    draw = np.random.default_rng(size)
    draw.integers(1, 100_001, (size, size), dtype=np.int32).tofile(FOLDER / f"dense_uniform_{size}.i32")
    rows, columns = draw.random((size, 2)), draw.random((size, 2))
    metres = np.sqrt(((rows[:, None, :] - columns[None]) ** 2).sum(-1)) * CITY
    metres.astype(np.int32).tofile(FOLDER / f"dense_euclidean_{size}.i32")
    if size < 5000:  # hours for some
        numbers = np.arange(1, size + 1)
        np.outer(numbers, numbers).astype(np.int32).tofile(FOLDER / f"dense_product_{size}.i32")


def city(draw, communities):
    """Grids and people around the communities; metres, 2000 more without the skill, 1500 without the language."""
    weights = draw.dirichlet(np.ones(COMMUNITIES) * 2)
    grids = communities[draw.choice(COMMUNITIES, GRIDS, p=weights)] + draw.normal(0, 800, (GRIDS, 2))
    people = communities[draw.choice(COMMUNITIES, PEOPLE, p=weights)] + draw.normal(0, 1500, (PEOPLE, 2))
    metres, near = cKDTree(people).query(grids, k=CANDIDATES)
    unskilled = draw.random((GRIDS, CANDIDATES)) < 0.4
    mute = draw.random((GRIDS, CANDIDATES)) < 0.15
    costs = (metres + 2000 * unskilled + 1500 * mute).astype(np.int64) + 1
    # Somebody else for each grid, so that everybody can be placed.
    other = draw.permutation(PEOPLE)[:GRIDS]
    far = np.sqrt(((grids - people[other]) ** 2).sum(1)).astype(np.int64) + 5000
    row = np.concatenate([np.repeat(np.arange(GRIDS), CANDIDATES), np.arange(GRIDS)])
    column = np.concatenate([near.ravel(), other])
    cost = np.concatenate([costs.ravel(), far])
    _, first = np.unique(row * PEOPLE + column, return_index=True)
    arcs = np.stack([row[first], column[first], cost[first]], axis=1).astype(np.int64)
    write("city.i64", [GRIDS, PEOPLE, len(arcs)], arcs)
    matrix = csr_array((arcs[:, 2].astype(float), (arcs[:, 0], arcs[:, 1])), shape=(GRIDS, PEOPLE))
    used = min_weight_full_bipartite_matching(matrix)[1]
    write("before.i64", used)
    write("leavers.i64", np.sort(np.random.default_rng(11).choice(used, 100, replace=False)))
    # The same as a flow: each grid sends one, each person passes one on to the last node.
    tail, head, cost = arcs[:, 0], GRIDS + arcs[:, 1], arcs[:, 2]
    end = GRIDS + PEOPLE
    tail, head = np.r_[tail, GRIDS + np.arange(PEOPLE)], np.r_[head, np.full(PEOPLE, end)]
    flow("city", tail, head, np.ones(len(tail)), np.r_[cost, np.zeros(PEOPLE)], sending(end))
    return arcs


def sending(end):
    """One from each grid, all of it taken by the last node."""
    supply = np.zeros(end + 1)
    supply[:GRIDS], supply[end] = 1, -GRIDS
    return supply


def transport(draw, communities):
    """11,300 person-times of the units for 10,500 that the communities need; a paired unit is four times nearer."""
    supply = draw.multinomial(11_300, draw.dirichlet(np.ones(UNITS) * 3))
    demand = draw.multinomial(10_500, draw.dirichlet(np.ones(COMMUNITIES) * 3))
    units = draw.random((UNITS, 2)) * CITY
    metres = np.sqrt(((units[:, None] - communities[None]) ** 2).sum(-1)).astype(np.int64)
    metres[draw.integers(0, UNITS, COMMUNITIES), np.arange(COMMUNITIES)] //= 4
    # What is left over goes to the last node for nothing.
    end = UNITS + COMMUNITIES
    tail = np.r_[np.repeat(np.arange(UNITS), COMMUNITIES), np.arange(UNITS)]
    head = np.r_[np.tile(np.arange(COMMUNITIES), UNITS) + UNITS, np.full(UNITS, end)]
    cost = np.r_[metres.ravel(), np.zeros(UNITS)]
    flow("transport", tail, head, np.full(len(tail), 10**6), cost, np.r_[supply, -demand, demand.sum() - supply.sum()])


def fair(arcs):
    """4,000 people for all grids; the second, third and fourth grid of a person cost 3000, 9000 and 27,000 more."""
    people, more = 4_000, (0, 3_000, 9_000, 27_000)
    row, column, cost = arcs[:, 0], arcs[:, 1] % people, arcs[:, 2]
    key = row * people + column
    cheapest = np.lexsort((cost, key))
    kept = cheapest[np.unique(key[cheapest], return_index=True)[1]]
    row, column, cost = row[kept], column[kept], cost[kept]
    end = GRIDS + people
    tail = np.r_[row, np.tile(GRIDS + np.arange(people), len(more))]
    head = np.r_[GRIDS + column, np.full(len(more) * people, end)]
    flow("fair", tail, head, np.ones(len(tail)), np.r_[cost, np.repeat(more, people)], sending(end))


def network(nodes, wanted):
    """Drawn arcs, and a wide, dear ring that makes every supply possible; a tenth of the nodes sends, a tenth takes."""
    draw = np.random.default_rng(wanted)
    tail, head = draw.integers(0, nodes, wanted), draw.integers(0, nodes, wanted)
    apart = tail != head
    tail, head = tail[apart], head[apart]
    capacity, cost = draw.integers(1, 200, len(tail)), draw.integers(1, 10_000, len(tail))
    ring = np.arange(nodes)
    tail, head = np.r_[tail, ring], np.r_[head, (ring + 1) % nodes]
    capacity, cost = np.r_[capacity, np.full(nodes, 10**6)], np.r_[cost, np.full(nodes, 20_000)]
    supply, some = np.zeros(nodes, np.int64), nodes // 10
    order = draw.permutation(nodes)
    supply[order[:some]] = draw.integers(1, 500, some)
    supply[order[some : 2 * some]] -= draw.multinomial(supply.sum(), np.ones(some) / some)
    flow(f"network_{wanted}", tail, head, capacity, cost, supply)


def roster():
    """200 volunteers, 15 sites, 14 days of three shifts: who can stand where and when, and how they dislike it."""
    people, sites, days = 200, 15, 14
    draw = np.random.default_rng(3)
    demand = draw.integers(1, 3, (sites, days, 3))
    eligible = draw.random((people, sites)) < 0.3
    dislike = draw.integers(0, 10, (people, sites))
    available = draw.random((people, days)) < 0.8
    write("roster.i64", [people, sites, days], demand, eligible, dislike, available)


def flow(name, tail, head, capacity, cost, supply):
    write(f"{name}.flow", [len(supply), len(tail)], np.stack([tail, head, capacity, cost], axis=1), supply)


def write(name, *parts):
    with (FOLDER / name).open("wb") as file:
        for part in parts:
            np.ascontiguousarray(part).astype("<i8").tofile(file)


if __name__ == "__main__":
    main()
