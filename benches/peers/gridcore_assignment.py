"""gridcore's solvers and its deployment of the city through the Python package, from NumPy columns to the answer."""

import gridcore as gc
import numpy as np
from measure import FOLDER, best, say


def read(name):
    return np.fromfile(FOLDER / name, np.int64)


numbers = read("city.i64")
rows, columns = map(int, numbers[:2])
row, column, cost = numbers[3:].reshape(-1, 3).T.copy()
arcs = {"row": row, "column": column, "cost": cost}
cpu, before = best(9, lambda: gc.solve.assign(rows, columns, arcs))
say("gridcore", "city", cpu, None, before["cost"])
here = ~np.isin(column, read("leavers.i64"))
left = {name: values[here] for name, values in arcs.items()}
cpu, after = best(9, lambda: gc.solve.reassign(rows, columns, left, before))
say("gridcore", "city, 100 left", cpu, None, after["cost"])

grids = [{"code": "1", "parent": None, "name": "城市"}]
grids += [{"code": f"1{grid:05}", "parent": "1", "name": f"第{grid}号网格"} for grid in range(rows)]
tree = gc.GridTree.from_table(grids)
needs = [{"grid": grid["code"]} for grid in grids[1:]]
people = [{"person": f"p-{person:05}"} for person in range(columns)]
pairs = {"need": row, "person": column, "cost": cost}
cpu, plan = best(5, lambda: gc.deploy.assign(tree, needs, people, columns=pairs, decimals=0))
say("gridcore, gc.deploy", "city", cpu, None, int(plan.cost))
ill = [f"p-{person:05}" for person in read("leavers.i64")]
cpu, repaired = best(5, lambda: plan.without(ill).replan(change_cost=0))
say("gridcore, gc.deploy", "city, 100 left", cpu, None, int(repaired.cost))

numbers = read("transport.flow")
nodes, count = map(int, numbers[:2])
tail, head, capacity, cost = numbers[2 : 2 + 4 * count].reshape(-1, 4).T.copy()
arcs = {"tail": tail, "head": head, "capacity": capacity, "cost": cost}
supplies = numbers[2 + 4 * count :]
cpu, sent = best(9, lambda: gc.solve.min_cost_flow(supplies, arcs))
say("gridcore", "transport", cpu, None, sent["cost"])

for kind in ("uniform", "euclidean"):
    costs = np.fromfile(FOLDER / f"dense_{kind}_1000.i32", np.int32).reshape(1000, 1000)
    cpu, found = best(5, lambda: gc.solve.assign_dense(costs))
    say("gridcore", f"dense {kind} 1000", cpu, None, found["cost"])
