//! Each solver at three sizes, so that a change of its growth is seen.

use divan::{Bencher, black_box};
use gridcore::control::Control;
use gridcore::solve::assignment::{Candidates, CostMatrix, assign, assign_dense, reassign};
use gridcore::solve::flow::{Arc, Network, min_cost_flow, reflow};
use gridcore::solve::matching::maximum_matching;
use gridcore_benches::Draw;

const DENSE: [u32; 3] = [50, 200, 800];
const SPARSE: [u32; 3] = [500, 2_000, 8_000];
const ARCS: [u32; 3] = [1_000, 5_000, 25_000];

fn main() {
    divan::main();
}

fn below(draw: &mut Draw, bound: u32) -> u32 {
    u32::try_from(draw.below(bound as usize)).expect("it is below a u32")
}

fn matrix(size: u32) -> CostMatrix {
    let mut draw = Draw::new(1);
    let costs = (0..size * size).map(|_| i64::from(below(&mut draw, 100_000))).collect();
    CostMatrix::new(size, size, costs).expect("it is square")
}

/// Twenty columns near each row on a ring, and one of its own that is dear.
fn arcs(rows: u32) -> Vec<(u32, u32, i64)> {
    let (mut draw, columns) = (Draw::new(1), rows + rows / 5);
    let mut arcs = Vec::new();
    for row in 0..rows {
        arcs.extend((0..20).map(|_| {
            let step = below(&mut draw, 60);
            (row, (row + step) % columns, i64::from(step * 50 + below(&mut draw, 3000)))
        }));
        arcs.push((row, (row * 7 + 3) % rows, 20_000));
    }
    arcs
}

fn candidates(rows: u32) -> Candidates {
    Candidates::from_arcs(rows, rows + rows / 5, &arcs(rows)).expect("all arcs are within")
}

/// Drawn arcs and a wide, dear ring; `sent` of every tenth node goes to the node five on.
fn network(arcs: u32, sent: i64) -> Network {
    let (mut draw, nodes) = (Draw::new(1), arcs / 10);
    let mut all: Vec<Arc> = (0..nodes)
        .map(|node| Arc { tail: node, head: (node + 1) % nodes, lower: 0, capacity: i64::MAX, cost: 20_000 })
        .collect();
    while all.len() < arcs as usize {
        let (tail, head) = (below(&mut draw, nodes), below(&mut draw, nodes));
        let (capacity, cost) =
            (1 + i64::from(below(&mut draw, 200)), 1 + i64::from(below(&mut draw, 10_000)));
        if tail != head {
            all.push(Arc { tail, head, lower: 0, capacity, cost });
        }
    }
    let supplies = (0..nodes).map(|node| match node % 10 {
        0 => sent,
        5 => -sent,
        _ => 0,
    });
    Network::new(supplies.collect(), all).expect("it is sound")
}

#[divan::bench(args = DENSE, sample_count = 10, max_time = 0.5)]
fn assign_dense_square(bencher: Bencher<'_, '_>, size: u32) {
    let costs = matrix(size);
    bencher.bench(|| assign_dense(black_box(&costs), &mut Control::free()));
}

#[divan::bench(args = SPARSE, sample_count = 10, max_time = 0.5)]
fn candidates_from_arcs(bencher: Bencher<'_, '_>, rows: u32) {
    let arcs = arcs(rows);
    bencher.bench(|| Candidates::from_arcs(rows, rows + rows / 5, black_box(&arcs)));
}

#[divan::bench(args = SPARSE, sample_count = 10, max_time = 0.5)]
fn assign_sparse(bencher: Bencher<'_, '_>, rows: u32) {
    let candidates = candidates(rows);
    bencher.bench(|| assign(black_box(&candidates), &mut Control::free()));
}

#[divan::bench(args = SPARSE, sample_count = 10, max_time = 0.5)]
fn reassign_after_1_percent(bencher: Bencher<'_, '_>, rows: u32) {
    let before =
        assign(&candidates(rows), &mut Control::free()).expect("everybody has a column of their own");
    let left: Vec<_> = arcs(rows).into_iter().filter(|arc| arc.2 == 20_000 || arc.1 % 100 != 0).collect();
    let left = Candidates::from_arcs(rows, rows + rows / 5, &left).expect("all arcs are within");
    bencher.bench(|| reassign(black_box(&left), &before, &mut Control::free()));
}

#[divan::bench(args = SPARSE, sample_count = 10, max_time = 0.5)]
fn verify_assigned(bencher: Bencher<'_, '_>, rows: u32) {
    let candidates = candidates(rows);
    let found = assign(&candidates, &mut Control::free()).expect("everybody has a column of their own");
    bencher.bench(|| found.verify(black_box(&candidates)));
}

#[divan::bench(args = SPARSE, sample_count = 10, max_time = 0.5)]
fn maximum_matching_sparse(bencher: Bencher<'_, '_>, rows: u32) {
    let candidates = candidates(rows);
    bencher.bench(|| maximum_matching(black_box(&candidates), &mut Control::free()));
}

#[divan::bench(args = ARCS, sample_count = 10, max_time = 0.5)]
fn min_cost_flow_drawn(bencher: Bencher<'_, '_>, arcs: u32) {
    let network = network(arcs, 300);
    bencher.bench(|| min_cost_flow(black_box(&network), &mut Control::free()));
}

#[divan::bench(args = ARCS, sample_count = 10, max_time = 0.5)]
fn reflow_with_more_sent(bencher: Bencher<'_, '_>, arcs: u32) {
    let before = min_cost_flow(&network(arcs, 300), &mut Control::free()).expect("the ring is wide");
    let more = network(arcs, 303);
    bencher.bench(|| reflow(black_box(&more), &before, &mut Control::free()));
}

#[divan::bench(args = ARCS, sample_count = 10, max_time = 0.5)]
fn verify_flow(bencher: Bencher<'_, '_>, arcs: u32) {
    let network = network(arcs, 300);
    let found = min_cost_flow(&network, &mut Control::free()).expect("the ring is wide");
    bencher.bench(|| found.verify(black_box(&network)));
}
