//! Assignment against trying every one, the proofs of its answers, and the laws of a warm start.

#[path = "oracle/assignment.rs"]
mod oracle;
#[path = "oracle/table.rs"]
mod table;

use std::ops::ControlFlow;

use gridcore::Problem;
use gridcore::control::{Control, Stopped};
use gridcore::petgraph::graph::{DiGraph, UnGraph};
use gridcore::solve::assignment::{
    Assigned, AssignmentError, AssignmentFault, Candidates, CostMatrix, Violation, assign, assign_dense,
    reassign,
};
use proptest::prelude::*;
use table::Table;

fn candidates(table: &Table, columns: usize) -> Candidates {
    Candidates::from_arcs(table.len() as u32, columns as u32, &table::arcs(table))
        .expect("rows and columns exist")
}

fn solve(candidates: &Candidates) -> Result<Assigned, AssignmentError> {
    assign(candidates, &mut Control::free())
}

/// Costs that tie often, that are wide apart, or that are below 0.
fn cost() -> impl Strategy<Value = i64> {
    prop_oneof![3 => 0..5_i64, 2 => -100..100_i64, 1 => -(1_i64 << 40)..(1 << 40)]
}

/// A table in which some of the pairs may not be, with its number of columns.
fn tables(most: usize) -> impl Strategy<Value = (Table, usize)> {
    (0..=most, 1..=most, 1..=10_u32).prop_flat_map(|(rows, columns, tenths)| {
        let cell = (cost(), 0..10_u32).prop_map(move |(cost, dice)| (dice < tenths).then_some(cost));
        (prop::collection::vec(prop::collection::vec(cell, columns), rows), Just(columns))
    })
}

/// A matrix with at least as many columns as rows.
fn matrix(most: usize, most_left_over: usize) -> impl Strategy<Value = CostMatrix> {
    (0..=most, 0..=most_left_over, prop_oneof![Just(4_i64), Just(1000), Just(1 << 40)]).prop_flat_map(
        |(rows, more, spread)| {
            let columns = rows + more;
            prop::collection::vec(-spread..=spread, rows * columns).prop_map(move |costs| {
                CostMatrix::new(rows as u32, columns as u32, costs).expect("as many costs as cells")
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// The cost is the least of all assignments, and the proof holds; where there is none, the rows named share too few columns.
    #[test]
    fn sparse_is_the_least_of_all((table, columns) in tables(8)) {
        let candidates = candidates(&table, columns);
        match (solve(&candidates), oracle::least_cost(&table)) {
            (Ok(answer), Some(cost)) => {
                prop_assert_eq!(answer.cost, cost);
                prop_assert_eq!(answer.verify(&candidates), Ok(()));
            }
            (Err(AssignmentError::Unassignable(hall)), None) => {
                prop_assert_eq!(hall.verify(&candidates), Ok(()));
            }
            (answer, cost) => prop_assert!(false, "{answer:?} where the least cost is {cost:?}"),
        }
    }

    /// A full matrix gives the least cost with its proof, and the same cost as its list of candidates.
    #[test]
    fn dense_is_the_least_of_all(costs in prop_oneof![9 => matrix(6, 3), 1 => matrix(8, 0)]) {
        let answer = assign_dense(&costs, &mut Control::free()).unwrap();
        let table: Table = (0..costs.rows()).map(|row| costs.row(row).iter().copied().map(Some).collect()).collect();
        prop_assert_eq!(Some(answer.cost), oracle::least_cost(&table));
        prop_assert_eq!(answer.verify_dense(&costs), Ok(()));
        let candidates = costs.to_candidates().unwrap();
        prop_assert_eq!(answer.verify(&candidates), Ok(()));
        prop_assert_eq!(solve(&candidates).unwrap().cost, answer.cost);
    }

    /// Larger matrices: the proof holds, and the list of candidates costs the same.
    #[test]
    fn dense_is_sparse_on_a_full_matrix(costs in matrix(60, 3)) {
        let answer = assign_dense(&costs, &mut Control::free()).unwrap();
        prop_assert_eq!(answer.verify_dense(&costs), Ok(()));
        let candidates = costs.to_candidates().unwrap();
        let sparse = solve(&candidates).unwrap();
        prop_assert_eq!((sparse.cost, sparse.verify(&candidates)), (answer.cost, Ok(())));
    }

    /// The order in which candidates are listed leaves no trace, nor do dearer ones for the same pair.
    #[test]
    fn order_leaves_no_trace((table, columns) in tables(8), seed in any::<u64>()) {
        let once = candidates(&table, columns);
        let mut arcs = table::arcs(&table);
        let dearer: Vec<_> = arcs.iter().map(|&(row, column, cost)| (row, column, cost + 1)).collect();
        arcs.extend(dearer);
        arcs.sort_by_key(|&(row, column, cost)| {
            (u64::from(row) * 31 + u64::from(column) * 17 + cost.unsigned_abs()).wrapping_mul(seed | 1)
        });
        let again = Candidates::from_arcs(table.len() as u32, columns as u32, &arcs).unwrap();
        prop_assert_eq!(solve(&once), solve(&again));
    }

    /// From any earlier answer a warm start costs what a cold one costs, with its own proof.
    #[test]
    fn warm_is_cold((before, columns) in tables(8), (after, columns_after) in tables(8)) {
        let (before, after) = (candidates(&before, columns), candidates(&after, columns_after));
        if let Ok(plan) = solve(&before) {
            let warm = reassign(&after, &plan, &mut Control::free());
            match (warm, solve(&after)) {
                (Ok(warm), Ok(cold)) => {
                    prop_assert_eq!((warm.cost, warm.verify(&after)), (cold.cost, Ok(())));
                }
                (warm, cold) => prop_assert_eq!(warm, cold),
            }
        }
    }

    /// A few edits of a larger task: candidates that go, come or change, columns that go.
    #[test]
    fn warm_is_cold_after_edits(
        seed in prop::collection::vec((0..40_u32, 0..50_u32, 0..30_i64), 300..600),
        edits in prop::collection::vec((0..40_u32, 0..50_u32, 0..40_i64), 0..30),
        gone in prop::collection::vec(0..50_u32, 0..4),
    ) {
        let dear = (0..40).map(|row| (row, row + 10, 1000));
        let arcs: Vec<_> = seed.into_iter().chain(dear).collect();
        let before = Candidates::from_arcs(40, 50, &arcs).unwrap();
        let plan = solve(&before).unwrap();
        let changed = |row, column| edits.iter().any(|&(r, c, _)| (r, c) == (row, column));
        let kept = arcs.iter().copied().filter(|&(row, column, _)| !changed(row, column));
        let arcs: Vec<_> = kept.chain(edits.iter().copied()).filter(|arc| !gone.contains(&arc.1)).collect();
        let after = Candidates::from_arcs(40, 50, &arcs).unwrap();
        match (reassign(&after, &plan, &mut Control::free()), solve(&after)) {
            (Ok(warm), Ok(cold)) => {
                prop_assert_eq!((warm.cost, warm.verify(&after)), (cold.cost, Ok(())));
            }
            (warm, cold) => prop_assert_eq!(warm, cold),
        }
    }

    /// A warm start takes anything for an earlier answer.
    #[test]
    fn warm_start_from_nonsense(
        (table, columns) in tables(7),
        pairs in prop::collection::vec(prop_oneof![0..9_u32, any::<u32>()], 0..9),
        prices in prop::collection::vec(prop_oneof![-9..9_i64, any::<i64>()], 0..9),
    ) {
        let candidates = candidates(&table, columns);
        let nonsense = Assigned { columns: pairs, cost: 0, row_duals: prices.clone(), column_duals: prices };
        match (reassign(&candidates, &nonsense, &mut Control::free()), solve(&candidates)) {
            (Ok(warm), Ok(cold)) => {
                prop_assert_eq!((warm.cost, warm.verify(&candidates)), (cold.cost, Ok(())));
            }
            (warm, cold) => prop_assert_eq!(warm, cold),
        }
    }

    /// An answer with one number changed is refused.
    #[test]
    fn tampered_answers_are_refused(costs in matrix(6, 3), place in any::<prop::sample::Index>(), by in 1..5_i64) {
        prop_assume!(costs.rows() > 0);
        let answer = assign_dense(&costs, &mut Control::free()).unwrap();
        let row = place.index(answer.columns.len());
        let column = place.index(answer.column_duals.len());
        let mut wrong = answer.clone();
        wrong.cost += i128::from(by);
        prop_assert!(wrong.verify_dense(&costs).is_err());
        let mut wrong = answer.clone();
        wrong.row_duals[row] += by;
        prop_assert!(wrong.verify_dense(&costs).is_err());
        let mut wrong = answer.clone();
        wrong.row_duals[row] -= by;
        prop_assert!(wrong.verify_dense(&costs).is_err());
        let mut wrong = answer.clone();
        wrong.column_duals[column] -= by;
        prop_assert!(wrong.verify_dense(&costs).is_err());
        let mut wrong = answer.clone();
        wrong.columns[row] = answer.columns[(row + 1) % answer.columns.len()];
        prop_assert_eq!(wrong.verify_dense(&costs).is_err(), answer.columns.len() > 1);
        let mut wrong = answer;
        wrong.columns.pop();
        prop_assert_eq!(wrong.verify_dense(&costs), Err(Violation::Size));
    }
}

/// Costs that are the product of a row's and a column's size: every row wants the same columns (Machol and Wien 1976).
fn product(rows: u32, columns: u32) -> CostMatrix {
    let costs =
        (1..=i64::from(rows)).flat_map(|row| (1..=i64::from(columns)).map(move |column| row * column));
    CostMatrix::new(rows, columns, costs.collect()).expect("as many costs as cells")
}

#[test]
fn products_pair_the_largest_with_the_smallest() {
    for (rows, columns) in [(150, 150), (150, 151), (120, 200), (60, 600)] {
        let costs = product(rows, columns);
        let sorted: i128 = (1..=i128::from(rows)).map(|row| row * (i128::from(rows) + 1 - row)).sum();
        let answer = assign_dense(&costs, &mut Control::free()).unwrap();
        assert_eq!((answer.cost, answer.verify_dense(&costs)), (sorted, Ok(())), "{rows} × {columns}");
        assert!((0..rows).zip(&answer.columns).all(|(row, &column)| column == rows - 1 - row));
        let candidates = costs.to_candidates().unwrap();
        let answer = solve(&candidates).unwrap();
        assert_eq!((answer.cost, answer.verify(&candidates)), (sorted, Ok(())), "{rows} × {columns}");
    }
}

#[test]
fn better_prices_are_sought_where_paths_are_long() {
    // Without them each path passes all rows before it, and reads each of them in full.
    let costs = product(400, 400);
    let mut control = Control::free();
    assign_dense(&costs, &mut control).unwrap();
    assert!(control.done() < 70 * 400 * 400, "{} candidates looked at", control.done());
}

#[test]
fn many_ties_and_equal_rows() {
    // All costs equal, then two kinds of cost only: more ties than the columns known of a row.
    for (rows, columns) in [(80, 80), (80, 90)] {
        let flat = CostMatrix::new(rows, columns, vec![-7; (rows * columns) as usize]).unwrap();
        let answer = assign_dense(&flat, &mut Control::free()).unwrap();
        assert_eq!((answer.cost, answer.verify_dense(&flat)), (-7 * i128::from(rows), Ok(())));
        let stripes = (0..i64::from(rows * columns)).map(|at| at * at % 3 / 2);
        let stripes = CostMatrix::new(rows, columns, stripes.collect()).unwrap();
        let answer = assign_dense(&stripes, &mut Control::free()).unwrap();
        assert_eq!(answer.verify_dense(&stripes), Ok(()));
    }
}

#[test]
fn a_million_candidates_without_an_assignment_are_refused() {
    // 50 000 rows with 20 candidates each; the last 11 rows share 10 columns.
    let mut arcs = Vec::new();
    for row in 0..50_000_u32 {
        for at in 0..20_u32 {
            let column = if row >= 49_989 {
                60_000 - 10 + at % 10
            } else {
                row.wrapping_mul(20).wrapping_add(at).wrapping_mul(2_654_435_761) % 59_990
            };
            arcs.push((row, column, i64::from(row * 31 + at * 17) % 1009));
        }
        if row < 49_989 {
            arcs.push((row, row, 2000));
        }
    }
    let candidates = Candidates::from_arcs(50_000, 60_000, &arcs).unwrap();
    let mut control = Control::free();
    let Err(AssignmentError::Unassignable(hall)) = assign(&candidates, &mut control) else {
        panic!("11 rows share 10 columns")
    };
    assert_eq!(hall.rows, (49_989..50_000).collect::<Vec<_>>());
    assert_eq!(hall.columns, (59_990..60_000).collect::<Vec<_>>());
    assert_eq!(hall.verify(&candidates), Ok(()));
    assert!(control.done() < 100 * 1_000_000, "{} candidates looked at", control.done());
}

#[test]
fn an_empty_task_has_an_empty_answer() {
    let none = Candidates::from_arcs(0, 0, &[]).unwrap();
    let answer = solve(&none).unwrap();
    assert_eq!((answer.columns.len(), answer.cost, answer.verify(&none)), (0, 0, Ok(())));
    let no_rows = CostMatrix::new(0, 4, Vec::new()).unwrap();
    let answer = assign_dense(&no_rows, &mut Control::free()).unwrap();
    assert_eq!((answer.column_duals.as_slice(), answer.verify_dense(&no_rows)), ([0; 4].as_slice(), Ok(())));
}

#[test]
fn more_rows_than_columns_are_refused_with_the_set() {
    let costs = CostMatrix::new(4, 2, vec![1; 8]).unwrap();
    let Err(AssignmentError::Unassignable(hall)) = assign_dense(&costs, &mut Control::free()) else {
        panic!("four rows, two columns")
    };
    assert_eq!((hall.rows.as_slice(), hall.columns.as_slice()), ([0, 1, 2].as_slice(), [0, 1].as_slice()));
    assert_eq!(hall.verify(&costs.to_candidates().unwrap()), Ok(()));
    let error = AssignmentError::Unassignable(hall);
    assert_eq!(error.code(), "unassignable");
    assert_eq!(error.faults()[0].related, [0, 1, 2]);
    assert_eq!(error.faults()[0].message, "3 rows share only 2 columns");
    assert_eq!(error.faults()[0].message_zh, "3 行合计只有 2 列可用");
}

#[test]
fn a_row_without_candidates_is_named() {
    let candidates = Candidates::from_arcs(3, 5, &[(0, 0, 1), (2, 1, 1)]).unwrap();
    let Err(AssignmentError::Unassignable(hall)) = solve(&candidates) else { panic!("row 1 has nothing") };
    assert_eq!((hall.rows, hall.columns), (vec![1], Vec::new()));
}

#[test]
fn every_malformed_candidate_is_listed() {
    let error = Candidates::from_arcs(2, 2, &[(0, 0, 1), (2, 0, 1), (5, 7, 1)]).unwrap_err();
    assert_eq!(
        error.list(),
        [
            AssignmentFault::RowOutOfRange { arc: 1, row: 2, rows: 2 },
            AssignmentFault::RowOutOfRange { arc: 2, row: 5, rows: 2 },
            AssignmentFault::ColumnOutOfRange { arc: 2, column: 7, columns: 2 },
        ]
    );
    let rows: Vec<_> = error.faults().iter().map(|fault| fault.row).collect();
    assert_eq!(rows, [Some(1), Some(2), Some(2)]);
    let error = CostMatrix::new(2, 2, vec![1; 3]).unwrap_err();
    assert_eq!(error.list(), [AssignmentFault::WrongLength { found: 3, wanted: 4 }]);
    assert_eq!(error.faults()[0].code, "wrong_length");
}

#[test]
fn costs_near_the_ends_of_64_bits() {
    // Far from 0 but near each other: no difficulty.
    for base in [i64::MIN, i64::MAX - 10] {
        let costs = CostMatrix::new(2, 2, vec![base + 5, base, base, base + 9]).unwrap();
        let answer = assign_dense(&costs, &mut Control::free()).unwrap();
        assert_eq!((answer.cost, answer.verify_dense(&costs)), (2 * i128::from(base), Ok(())));
        let candidates = costs.to_candidates().unwrap();
        let answer = solve(&candidates).unwrap();
        assert_eq!((answer.cost, answer.verify(&candidates)), (2 * i128::from(base), Ok(())));
    }
    // As far apart as can be: refused before anything is added.
    let costs = CostMatrix::new(2, 2, vec![i64::MIN, i64::MAX, i64::MAX, i64::MIN]).unwrap();
    assert_eq!(assign_dense(&costs, &mut Control::free()), Err(AssignmentError::Overflow));
    assert_eq!(solve(&costs.to_candidates().unwrap()), Err(AssignmentError::Overflow));
    // Each cost fits, but the prices along a chain of exchanges do not: row k has columns k and k + 1.
    let big = 1_i64 << 59;
    let chain: Vec<_> = (0..40).flat_map(|k| [(k, k, 0), (k, k + 1, big)]).chain([(40, 0, 0)]).collect();
    let candidates = Candidates::from_arcs(41, 41, &chain).unwrap();
    assert_eq!(solve(&candidates), Err(AssignmentError::Overflow));
    // The same chain in 28 bits outgrows narrow numbers, not wide ones.
    let chain: Vec<_> = chain.iter().map(|&(row, column, cost)| (row, column, cost >> 31)).collect();
    let candidates = Candidates::from_arcs(41, 41, &chain).unwrap();
    let answer = solve(&candidates).unwrap();
    assert_eq!((answer.cost, answer.verify(&candidates)), (40 << 28, Ok(())));
    let warm = reassign(&candidates, &answer, &mut Control::free()).unwrap();
    assert_eq!(warm, answer);
}

#[test]
fn work_can_be_limited_and_stopped() {
    let costs = CostMatrix::new(600, 600, (0..360_000).map(|at| at * 7919 % 1009).collect()).unwrap();
    let candidates = costs.to_candidates().unwrap();
    let limited = |units| assign_dense(&costs, &mut Control::limited(units)).unwrap_err();
    assert_eq!(limited(1000), AssignmentError::Stopped(Stopped::Limit));
    let error = assign(&candidates, &mut Control::limited(1000)).unwrap_err();
    assert_eq!(error, AssignmentError::Stopped(Stopped::Limit));
    let mut stop = |_| ControlFlow::Break(());
    let error = assign(&candidates, &mut Control::free().watched(&mut stop)).unwrap_err();
    assert_eq!(error, AssignmentError::Stopped(Stopped::Asked));
    assert_eq!(error.code(), "stopped");
}

#[test]
fn graphs_of_either_kind_give_candidates() {
    let mut graph = UnGraph::<bool, i64>::new_undirected();
    let nodes: Vec<_> = [false, true, false, true].map(|row| graph.add_node(row)).to_vec();
    graph.extend_with_edges([(nodes[0], nodes[1], 3), (nodes[1], nodes[2], 2), (nodes[3], nodes[2], 9)]);
    let made = Candidates::from_graph(&graph, |node| graph[node], |edge| *edge.weight()).unwrap();
    assert_eq!(made.rows, [nodes[1], nodes[3]]);
    assert_eq!(made.columns, [nodes[0], nodes[2]]);
    assert_eq!(made.candidates.arcs().collect::<Vec<_>>(), [(0, 0, 3), (0, 1, 2), (1, 1, 9)]);
    assert_eq!(solve(&made.candidates).unwrap().cost, 12);

    let mut graph = DiGraph::<(), i64>::new();
    let (a, b) = (graph.add_node(()), graph.add_node(()));
    graph.add_edge(a, b, 1);
    let error = Candidates::from_graph(&graph, |_| true, |edge| *edge.weight()).unwrap_err();
    assert_eq!(error.list(), [AssignmentFault::OneSidedEdge { arc: 0 }]);
}

#[test]
fn a_number_of_rows_or_columns_alone_asks_for_no_memory() {
    use gridcore::solve::assignment::{AssignmentError, AssignmentFault, Candidates, CostMatrix};
    let refused = AssignmentError::Malformed(vec![AssignmentFault::TooMany]);
    for (rows, columns) in [(u32::MAX - 1, 1), (1, u32::MAX - 1), (u32::MAX, u32::MAX)] {
        assert_eq!(Candidates::from_arcs(rows, columns, &[]), Err(refused.clone()));
    }
    assert_eq!(CostMatrix::new(0, u32::MAX - 1, Vec::new()), Err(refused));
}
