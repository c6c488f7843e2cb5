"""Libraries of assignment, flow and linear programmes: scipy, lapx, ortools, pot, networkx, highs.

    python peer_assignment.py FOLDER LIBRARY

Each gets the instance in the form that it likes best, ready in memory; only where arcs have to be handed over to it one
call or the other (OR-Tools, networkx) is that part of the job.
"""

import sys

import numpy as np
from measure import FOLDER, best, say

NETWORKS = ("network_10000", "network_30000", "network_100000", "network_400000")
FLOWS = ("transport", *NETWORKS, "fair", "city")
DENSE = [(kind, size) for kind in ("uniform", "euclidean") for size in (1000, 2000, 5000)]
DENSE += [("product", 1000), ("product", 2000)]
PRICES = (200, 1000, 1_000_000)


def read(name):
    return np.fromfile(FOLDER / name, np.int64)


def dense(kind, size):
    return np.fromfile(FOLDER / f"dense_{kind}_{size}.i32", np.int32).reshape(size, size)


def city():
    numbers = read("city.i64")
    return numbers[:2], numbers[3:].reshape(-1, 3).T


def network(name):
    numbers = read(f"{name}.flow")
    arcs = numbers[1]
    return *numbers[2 : 2 + 4 * arcs].reshape(-1, 4).T.copy(), numbers[2 + 4 * arcs :]


def runs(size):
    return 5 if size <= 1000 else 3 if size <= 2000 else 2


def scipy():
    from scipy.optimize import linear_sum_assignment
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    for kind, size in DENSE:
        costs = dense(kind, size).astype(float)
        cpu, pairs = best(runs(size), lambda: linear_sum_assignment(costs))
        say("SciPy", f"dense {kind} {size}", cpu, None, int(costs[pairs].sum()))
    shape, (row, column, cost) = city()
    matrix = csr_array((cost.astype(float), (row, column)), shape=shape)
    cpu, pairs = best(5, lambda: min_weight_full_bipartite_matching(matrix))
    say("SciPy", "city", cpu, None, int(matrix[pairs].sum()))
    before = read("before.i64")
    here = ~np.isin(column, read("leavers.i64"))
    row, column, cost = row[here], column[here], cost[here]
    left = csr_array((cost.astype(float), (row, column)), shape=shape)
    cpu, pairs = best(5, lambda: min_weight_full_bipartite_matching(left))
    say("SciPy", "city, 100 left", cpu, None, int(left[pairs].sum()))
    # The frontier of cost and changes: each change has its price; another solve for each.
    for price in PRICES:
        priced = csr_array(((cost + price * (before[row] != column)).astype(float), (row, column)), shape=shape)
        cpu, pairs = best(3, lambda: min_weight_full_bipartite_matching(priced))
        say("SciPy", f"city, 100 left, {price} a change", cpu, None, int(priced[pairs].sum()))


def lapx():
    import lap

    for kind, size in DENSE:
        if kind == "product" and size > 1000:
            ways = ("lapjvs",)
        else:
            ways = ("lapjv", "lapjvx", "lapjvc", "lapjvs")
        costs = dense(kind, size)
        double, single = costs.astype(float), costs.astype(np.float32)
        for way in ways:
            solve = getattr(lap, way)
            cpu, found = best(runs(size), lambda: solve(double, return_cost=False))
            pairs = (np.arange(size), found[0]) if way == "lapjv" else found[-2:]
            say(f"lapx {way}", f"dense {kind} {size}", cpu, None, int(double[pairs].sum()))
        if costs.max() < 1 << 24:
            cpu, found = best(runs(size), lambda: lap.lapjvs(single, return_cost=False))
            say("lapx lapjvs, 32 bits", f"dense {kind} {size}", cpu, None, int(double[found[-2:]].sum()))
    # lapmod wants a square: what is too many people serves rows that cost nothing.
    (rows, columns), (row, column, cost) = city()
    more = columns - rows
    row = np.r_[row, np.repeat(np.arange(rows, columns), columns)]
    column = np.r_[column, np.tile(np.arange(columns), more)]
    cost = np.r_[cost, np.zeros(more * columns)] + 1.0
    order = np.lexsort((column, row))
    starts = np.r_[0, np.cumsum(np.bincount(row, minlength=columns))].astype(np.int32)
    cost, column = cost[order], column[order].astype(np.int32)
    cpu, found = best(2, lambda: lap.lapmod(columns, cost, starts, column))
    say("lapx lapmod", "city", cpu, None, round(found[0]) - int(columns))


def ortools():
    from ortools.graph.python.linear_sum_assignment import SimpleLinearSumAssignment
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    def assign(row, column, cost):
        solver = SimpleLinearSumAssignment()
        solver.add_arcs_with_cost(row, column, cost)
        assert solver.solve() == solver.OPTIMAL
        return solver.optimal_cost()

    for kind, size in DENSE:
        row, column = np.repeat(np.arange(size), size), np.tile(np.arange(size), size)
        cost = dense(kind, size).ravel().astype(np.int64)
        cpu, found = best(1 if size > 2000 else runs(size), lambda: assign(row, column, cost))
        say("OR-Tools assignment", f"dense {kind} {size}", cpu, None, found)

    def send(tail, head, capacity, cost, supply):
        solver = SimpleMinCostFlow()
        solver.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
        solver.set_nodes_supplies(np.arange(len(supply)), supply)
        assert solver.solve() == solver.OPTIMAL
        return solver.optimal_cost()

    for name in FLOWS:
        given = network(name)
        cpu, found = best(3, lambda: send(*given))
        say("OR-Tools", name, cpu, None, found)


def pot():
    import ot

    tail, head, _, cost, supply = network("transport")
    sends = int((supply > 0).sum())
    costs = np.zeros((sends, len(supply) - sends))
    costs[tail, head - sends] = cost
    give, take = supply[:sends].astype(float), -supply[sends:].astype(float)
    cpu, found = best(9, lambda: ot.emd2(give, take, costs, numItermax=10**8))
    say("POT", "transport", cpu, None, round(float(found)))


def networkx():
    import networkx as nx

    def send(tail, head, capacity, cost, supply):
        graph = nx.DiGraph()
        graph.add_nodes_from((node, {"demand": -sends}) for node, sends in enumerate(supply))
        graph.add_edges_from(
            (a, b, {"capacity": most, "weight": weight}) for a, b, most, weight in zip(tail, head, capacity, cost)
        )
        return nx.network_simplex(graph)[0]

    given = [column.tolist() for column in network("transport")]
    cpu, found = best(3, lambda: send(*given))
    say("networkx", "transport", cpu, None, found)


def highs():
    """The roster as a mixed-integer programme, proven, and its linear relaxation."""
    import highspy
    from scipy.sparse import csc_array

    numbers = read("roster.i64")
    people, sites, days = (int(size) for size in numbers[:3])
    shapes = ((sites, days, 3), (people, sites), (people, sites), (people, days))
    ends = np.cumsum([3, *(np.prod(shape) for shape in shapes)])
    demand, eligible, dislike, available = (
        numbers[start:end].reshape(shape) for start, end, shape in zip(ends, ends[1:], shapes)
    )
    person, site, day, shift = np.nonzero(np.broadcast_to(
        (eligible[:, :, None, None] & available[:, None, :, None]), (people, sites, days, 3)
    ))
    count = len(person)
    places, rows, least, most = [], [], [], []

    def limit(groups, low, high):
        """One row for each group that has members; -1 is none."""
        inside = np.flatnonzero(groups >= 0)
        names, group = np.unique(groups[inside], return_inverse=True)
        rows.append(sum(map(len, least)) + group)
        places.append(inside)
        least.append(np.broadcast_to(low(names), len(names)).astype(float))
        most.append(np.broadcast_to(high(names), len(names)).astype(float))

    slots = demand.ravel()
    limit((site * days + day) * 3 + shift, lambda slot: slots[slot], lambda slot: slots[slot])
    limit(person * days + day, lambda _: -np.inf, lambda _: 1)
    # A night (the last shift) ends where the next day's first shift begins.
    night = np.where(shift == 2, person * days + day, np.where(shift == 0, person * days + day - 1, -1))
    night[(shift == 0) & (day == 0)] = -1
    limit(night, lambda _: -np.inf, lambda _: 1)
    heaviest = sum(map(len, least))
    limit(person, lambda _: -np.inf, lambda _: 0)
    loads = np.arange(heaviest, sum(map(len, least)))
    row = np.concatenate([*rows, loads])
    place = np.concatenate([*places, np.full(len(loads), count)])
    value = np.r_[np.ones(len(row) - len(loads)), np.full(len(loads), -1.0)]
    matrix = csc_array((value, (row, place)), shape=(len(loads) + heaviest, count + 1))
    for name, whole in (("HiGHS LP", False), ("HiGHS MIP", True)):
        solver = highspy.Highs()
        for option, setting in (("output_flag", False), ("threads", 1), ("time_limit", 90.0)):
            solver.setOptionValue(option, setting)
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = matrix.shape
        model.col_cost_ = np.r_[dislike[person, site], 1000].astype(float)
        model.col_lower_, model.col_upper_ = np.zeros(count + 1), np.r_[np.ones(count), 14.0]
        model.row_lower_, model.row_upper_ = np.concatenate(least), np.concatenate(most)
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
        model.a_matrix_.value_ = matrix.data
        if whole:
            model.integrality_ = [highspy.HighsVarType.kInteger] * (count + 1)
        solver.passModel(model)
        cpu, _ = best(1, solver.run)
        say(name, "roster", cpu, None, round(solver.getInfo().objective_function_value, 1))


globals()[sys.argv[2]]()
