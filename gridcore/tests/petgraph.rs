//! petgraph's own algorithms run on a tree unchanged.
use gridcore::petgraph::Direction;
use gridcore::petgraph::algo::{dominators, is_cyclic_directed, toposort};
use gridcore::petgraph::dot::Dot;
use gridcore::petgraph::visit::{Dfs, IntoNeighborsDirected, Walker};
use gridcore::{GridIndex, GridRow, GridTree};

fn tree() -> GridTree {
    let rows = [("1", ""), ("11", "1"), ("12", "1"), ("111", "11"), ("112", "11"), ("121", "12")];
    GridTree::from_rows(rows.map(|(code, parent)| GridRow::new(code, code).under(parent))).expect("a tree")
}

#[test]
fn a_depth_first_walk_reaches_every_grid_once() {
    let tree = tree();
    let mut seen: Vec<GridIndex> = Dfs::new(&tree, tree.root()).iter(&tree).collect();
    seen.sort_unstable();
    assert_eq!(seen, tree.indices().collect::<Vec<_>>());
}

#[test]
fn a_topological_order_puts_parents_first() {
    let tree = tree();
    let order = toposort(&tree, None).expect("a tree has no ring");
    let place = |grid| order.iter().position(|&other| other == grid).expect("every grid is in it");
    for grid in tree.descendants(tree.root()) {
        assert!(place(tree.parent(grid).expect("it is not the root")) < place(grid));
    }
    assert!(!is_cyclic_directed(&tree));
}

#[test]
fn the_immediate_dominator_of_a_grid_is_its_parent() {
    let tree = tree();
    let dominators = dominators::simple_fast(&tree, tree.root());
    for grid in tree.indices() {
        assert_eq!(dominators.immediate_dominator(grid), tree.parent(grid));
    }
}

#[test]
fn dot_draws_every_edge() {
    let tree = tree();
    let text = format!("{:?}", Dot::new(&tree));
    assert_eq!(text.matches("->").count(), tree.len() - 1);
    let up = (&tree).neighbors_directed(tree.find("121").expect("there"), Direction::Incoming);
    assert_eq!(up.map(|grid| tree.code(grid).to_string()).collect::<Vec<_>>(), ["12"]);
}
