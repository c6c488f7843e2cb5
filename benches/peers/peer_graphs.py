"""Libraries of trees and graphs whose nodes are Python objects: networkx, rustworkx, bigtree, treelib.

    python peer_graphs.py FOLDER LIBRARY

Each builds the tree from rows that the standard library read, sums `count` up it, and finds ancestors.
"""

import sys

from measure import QUERIES, best, now, pairs, parents_first, rows, say


def networkx(table, order):
    import networkx as nx

    graph = nx.DiGraph()
    graph.add_nodes_from((code, {"count": count}) for code, _, _, count in table)
    graph.add_edges_from((parent, code) for code, parent, _, _ in table)
    assert nx.is_arborescence(graph)
    sums = {}
    for node in nx.dfs_postorder_nodes(graph, "0"):
        sums[node] = graph.nodes[node].get("count", 0) + sum(sums[child] for child in graph.succ[node])
    return graph, sums["0"]


def networkx_lca(graph, table):
    import networkx as nx

    count = 100_000
    drawn = [(table[a][0], table[b][0]) for a, b in zip(*pairs(len(table), count))]
    return count, lambda: dict(nx.tree_all_pairs_lowest_common_ancestor(graph, "0", drawn))


def rustworkx(table, order):
    import rustworkx as rx

    graph = rx.PyDiGraph()
    place = {"0": graph.add_node(0)}
    places = graph.add_nodes_from([count for _, _, _, count in table])
    place.update(zip((row[0] for row in table), places))
    graph.add_edges_from_no_data([(place[parent], place[code]) for code, parent, _, _ in table])
    sums = graph.nodes()
    for node in reversed(rx.topological_sort(graph)):
        for above in graph.predecessor_indices(node):
            sums[above] += sums[node]
    return graph, sums[0]


def rustworkx_lca(graph, table):
    """It has no query for it: the deepest of the ancestors that both have."""
    import rustworkx as rx

    count = 20_000
    drawn = list(zip(*(places.tolist() for places in pairs(len(table), count))))

    def run():
        for a, b in drawn:
            above_a, above_b = rx.ancestors(graph, a), rx.ancestors(graph, b)
            above_a.add(a)
            above_b.add(b)
            above_a & above_b

    return count, run


def bigtree(table, order):
    from bigtree import Node, postorder_iter

    nodes = {"0": Node("0", count=0)}
    for code, parent, _, count in parents_first(table):
        nodes[code] = Node(code, parent=nodes[parent], count=count)
    sums = {}
    for node in postorder_iter(nodes["0"]):
        sums[node.node_name] = node.count + sum(sums[child.node_name] for child in node.children)
    return nodes, sums["0"]


def bigtree_lca(nodes, table):
    count = 20_000
    drawn = [(nodes[table[a][0]], nodes[table[b][0]]) for a, b in zip(*pairs(len(table), count))]

    def run():
        for a, b in drawn:
            above = {id(a)} | {id(node) for node in a.ancestors}
            while id(b) not in above:
                b = b.parent

    return count, run


def treelib(table, order):
    from treelib import Tree

    tree = Tree()
    tree.create_node("0", "0", data=0)
    for code, parent, name, count in parents_first(table):
        tree.create_node(name, code, parent=parent, data=count)
    sums = {code: count for code, _, _, count in table}
    sums["0"] = 0
    for code in reversed(list(tree.expand_tree(mode=Tree.DEPTH, sorting=False))):
        above = tree.parent(code)
        if above is not None:
            sums[above.identifier] += sums[code]
    return tree, sums["0"]


def treelib_lca(tree, table):
    count = 50_000
    drawn = [(table[a][0], table[b][0]) for a, b in zip(*pairs(len(table), count))]

    def run():
        for a, b in drawn:
            above = set(tree.rsearch(a))
            next(node for node in tree.rsearch(b) if node in above)

    return count, run


library = sys.argv[2]
order = "sorted"
start = now()
table = rows(order)
built, total = globals()[library](table, order)
say(library, f"CSV to totals, {order}", now() - start, None, total)
count, run = globals()[f"{library}_lca"](built, table)
cpu, _ = best(1, run)
say(library, "10⁶ LCA", cpu, part=count / QUERIES)
