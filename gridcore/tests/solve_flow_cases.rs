//! Flows by hand: failures named, checks that refuse, numbers at the edge, and networks of every size.
use gridcore::control::{Control, Stopped};
use gridcore::petgraph::graph::DiGraph;
use gridcore::solve::flow::{
    Arc, Cut, Cycle, Flow, FlowError, Network, Ranked, Step, UNLIMITED, Violation, min_cost_flow, reflow,
    rising,
};
use gridcore::{Lang, Problem};

fn solve(network: &Network) -> Result<Flow, FlowError> {
    min_cost_flow(network, &mut Control::free())
}

fn network(supplies: &[i64], arcs: &[Arc]) -> Network {
    Network::new(supplies.to_vec(), arcs.to_vec()).expect("the arcs are sound")
}

/// Numbers that look drawn and never change.
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, most: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as u32 % most
    }
}

/// A ring that lets everything through at a high price, and drawn arcs across it.
fn drawn(nodes: u32, across: u32) -> Network {
    let mut drawn = Drawn(u64::from(nodes));
    let mut arcs: Vec<Arc> = (0..nodes).map(|node| Arc::new(node, (node + 1) % nodes).cost(20_000)).collect();
    for _ in 0..across {
        let (tail, head) = (drawn.below(nodes), drawn.below(nodes));
        let (capacity, cost) = (i64::from(1 + drawn.below(200)), i64::from(1 + drawn.below(10_000)));
        arcs.push(Arc::new(tail, head).capacity(capacity).cost(cost));
    }
    let mut supplies = vec![0; nodes as usize];
    for pair in 0..nodes / 10 {
        let units = i64::from(1 + drawn.below(500));
        supplies[(pair * 10) as usize] += units;
        supplies[(pair * 10 + 5) as usize] -= units;
    }
    network(&supplies, &arcs)
}

#[test]
fn every_malformed_arc_is_listed_with_its_remedy() {
    let arcs = vec![Arc::new(0, 1), Arc::new(2, 3), Arc::new(1, 0).lower(3).capacity(2)];
    let error = Network::new(vec![0, 0], arcs).expect_err("three faults");
    let faults = error.faults();
    let found: Vec<_> = faults.iter().map(|fault| (fault.row, fault.code.as_str())).collect();
    assert_eq!(
        found,
        [(Some(1), "unknown_tail"), (Some(1), "unknown_head"), (Some(2), "lower_above_capacity")]
    );
    assert!(faults.iter().all(|fault| !fault.remedy.is_empty() && !fault.remedy_zh.is_empty()));
    assert_eq!(error.code(), "malformed");
    assert!(error.text(Lang::Zh).starts_with("3 处错误"));
}

#[test]
fn grids_that_share_too_few_people_are_the_cut() {
    // Grids 0, 1, 2 know only people 4 and 5; grid 3 knows 5 and 6. Everyone takes one grid; node 7 collects.
    let arcs: Vec<Arc> =
        [(0, 4), (0, 5), (1, 4), (1, 5), (2, 4), (2, 5), (3, 5), (3, 6), (4, 7), (5, 7), (6, 7)]
            .into_iter()
            .map(|(tail, head)| Arc::new(tail, head).capacity(1))
            .collect();
    let network = network(&[1, 1, 1, 1, 0, 0, 0, -4], &arcs);
    let Err(FlowError::Infeasible(cut)) = solve(&network) else { panic!("three grids share two people") };
    assert_eq!(cut, Cut { nodes: vec![0, 1, 2, 4, 5], supply: 3, capacity: 2 });
    assert_eq!(cut.verify(&network), Ok(()));
}

#[test]
fn a_lower_bound_that_nothing_feeds_is_a_cut() {
    let network = network(&[0, 0], &[Arc::new(0, 1).lower(2).capacity(5), Arc::new(1, 0).capacity(1)]);
    let Err(FlowError::Infeasible(cut)) = solve(&network) else { panic!("two go, one comes back") };
    assert_eq!(cut.verify(&network), Ok(()));
    assert!(cut.supply != cut.capacity);
}

#[test]
fn unbalanced_supplies_are_a_cut_of_all_nodes() {
    for (supplies, left) in [([3, -1], 2), ([1, -3], -2)] {
        let network = network(&supplies, &[Arc::new(0, 1)]);
        let error = solve(&network).expect_err("what is sent is not what is taken");
        let FlowError::Infeasible(cut) = &error else { panic!("it is a cut") };
        assert_eq!((cut.nodes.as_slice(), cut.supply, cut.capacity), (&[0, 1][..], left, 0));
        assert_eq!(cut.verify(&network), Ok(()));
        assert!(!error.text(Lang::En).is_empty() && error.text(Lang::En) != error.text(Lang::Zh));
    }
}

#[test]
fn a_cut_that_proves_nothing_is_refused() {
    let network = network(&[5, -5], &[Arc::new(0, 1).capacity(3)]);
    let sound = Cut { nodes: vec![0], supply: 5, capacity: 3 };
    assert_eq!(sound.verify(&network), Ok(()));
    let bad = [
        Cut { nodes: vec![0, 0], ..sound.clone() },
        Cut { nodes: vec![9], ..sound.clone() },
        Cut { nodes: vec![], ..sound.clone() },
        Cut { supply: 6, ..sound.clone() },
        Cut { capacity: 2, ..sound.clone() },
    ];
    assert!(bad.iter().all(|cut| cut.verify(&network) == Err(Violation::Cut)));
    let wide = self::network(&[5, -5], &[Arc::new(0, 1)]);
    assert_eq!(sound.verify(&wide), Err(Violation::Cut));
}

#[test]
fn a_ring_that_gains_for_ever_is_named() {
    let arcs =
        [Arc::new(0, 1).cost(2), Arc::new(1, 2).cost(-5), Arc::new(2, 0).cost(1), Arc::new(0, 2).cost(9)];
    let network = network(&[1, 0, -1], &arcs);
    let Err(FlowError::Unbounded(ring)) = solve(&network) else { panic!("2 - 5 + 1 gains") };
    let mut sorted = ring.arcs.clone();
    sorted.sort_unstable();
    assert_eq!((sorted.as_slice(), ring.cost), (&[0, 1, 2][..], -2));
    assert_eq!(ring.verify(&network), Ok(()));
    let bad = [
        Cycle { arcs: vec![0, 2, 1], ..ring.clone() },
        Cycle { arcs: vec![0, 1], ..ring.clone() },
        Cycle { arcs: vec![], ..ring.clone() },
        Cycle { arcs: vec![7], ..ring.clone() },
        Cycle { cost: -3, ..ring },
    ];
    assert!(bad.iter().all(|ring| ring.verify(&network) == Err(Violation::Cycle)));
}

#[test]
fn loops_gain_what_they_can() {
    let limited = network(&[0], &[Arc::new(0, 0).cost(-3).capacity(4), Arc::new(0, 0).cost(3).lower(1)]);
    let flow = solve(&limited).expect("the loop has a limit");
    assert_eq!((flow.flows.as_slice(), flow.cost), (&[4, 1][..], -9));
    assert_eq!(flow.verify(&limited), Ok(()));
    let endless = network(&[0], &[Arc::new(0, 0).cost(-3)]);
    assert_eq!(solve(&endless), Err(FlowError::Unbounded(Cycle { arcs: vec![0], cost: -3 })));
}

#[test]
fn parallel_arcs_fill_in_the_order_of_their_cost() {
    let arcs = [5, 1, 3, 2].map(|cost| Arc::new(0, 1).cost(cost).capacity(2));
    let flow = solve(&network(&[5, -5], &arcs)).expect("there is room");
    assert_eq!(flow.flows, [0, 2, 1, 2]);
}

#[test]
fn networks_where_nothing_moves_have_a_flow() {
    let none = network(&[], &[]);
    assert_eq!(solve(&none).map(|flow| (flow.flows, flow.cost)), Ok((vec![], 0)));
    let still = drawn(50, 0);
    let still = network(&[0; 50], still.arcs());
    let flow = solve(&still).expect("nothing has to move");
    assert_eq!((flow.cost, flow.verify(&still)), (0, Ok(())));
}

#[test]
fn a_changed_answer_is_refused() {
    let network = drawn(40, 200);
    let sound = solve(&network).expect("the ring is wide");
    assert_eq!(sound.verify(&network), Ok(()));
    let used = sound.flows.iter().position(|&flow| flow > 0).expect("something flows");
    let tail = network.arcs()[used].tail as usize;
    let broken = |change: &dyn Fn(&mut Flow)| {
        let mut flow = sound.clone();
        change(&mut flow);
        flow.verify(&network)
    };
    assert_eq!(broken(&|flow| flow.cost += 1), Err(Violation::Cost));
    assert_eq!(broken(&|flow| flow.flows[used] = -1), Err(Violation::Bounds { arc: used as u32 }));
    assert_eq!(broken(&|flow| flow.flows.truncate(1)), Err(Violation::Shape));
    assert_eq!(broken(&|flow| flow.potentials.truncate(1)), Err(Violation::Shape));
    assert!(matches!(broken(&|flow| flow.potentials[tail] += 1), Err(Violation::ReducedCost { .. })));
    // One unit more along the dear ring all the way round keeps every node whole, but not the price.
    let round = broken(&|flow| flow.flows[..40].iter_mut().for_each(|flow| *flow += 1));
    assert!(matches!(round, Err(Violation::ReducedCost { .. })));
    // A tight arc that carries a unit more leaves its ends with a unit too few and too many.
    let tight = Network::new(vec![1, -1], vec![Arc::new(0, 1).cost(2)]).expect("sound");
    let mut flow = solve(&tight).expect("there is room");
    flow.flows[0] = 2;
    assert_eq!(flow.verify(&tight), Err(Violation::Conservation { node: 0 }));
}

#[test]
fn numbers_at_the_edge_are_exact_or_refused() {
    let dear = i64::MAX / 16;
    let edge = network(
        &[3, -3],
        &[Arc::new(0, 1).cost(dear).capacity(2), Arc::new(0, 1).cost(dear - 1).capacity(2)],
    );
    let flow = solve(&edge).expect("it fits");
    assert_eq!(flow.cost, 3 * i128::from(dear) - 2);
    assert_eq!(flow.verify(&edge), Ok(()));
    let gain =
        network(&[0, 0], &[Arc::new(0, 1).cost(-dear).capacity(9), Arc::new(1, 0).cost(-dear).capacity(7)]);
    let flow = solve(&gain).expect("it fits");
    assert_eq!((flow.cost, flow.verify(&gain)), (-14 * i128::from(dear), Ok(())));
    let many = i64::MAX / 16;
    let bulk = network(&[many, -many], &[Arc::new(0, 1).cost(dear).capacity(many)]);
    let flow = solve(&bulk).expect("it fits");
    assert_eq!((flow.cost, flow.verify(&bulk)), (i128::from(many) * i128::from(dear), Ok(())));
    let too_large = [
        network(&[1, -1], &[Arc::new(0, 1).cost(i64::MAX)]),
        network(&[1, -1], &[Arc::new(0, 1).cost(i64::MIN)]),
        network(&[i64::MAX, -i64::MAX], &[Arc::new(0, 1)]),
        network(&[0, 0], &[Arc::new(0, 1).lower(i64::MIN).capacity(i64::MIN + 1)]),
        network(&[0, 0], &[Arc::new(0, 1).cost(-1).capacity(i64::MAX - 1)]),
    ];
    assert!(too_large.iter().all(|network| solve(network) == Err(FlowError::Overflow)));
    // A capacity that only stands for "enough" is not too large.
    let enough = network(&[1, -1], &[Arc::new(0, 1).cost(1).capacity(i64::MAX - 1).lower(i64::MIN / 32)]);
    assert_eq!(solve(&enough).map(|flow| flow.cost), Ok(1));
}

#[test]
fn rising_costs_spread_a_load_and_falling_ones_are_refused() {
    let steps = |costs: [i64; 3]| costs.map(|cost| Step { units: 2, cost });
    let mut arcs = rising(0, 1, &steps([0, 10, 30])).expect("they rise");
    arcs.extend(rising(0, 1, &steps([5, 5, 40])).expect("they do not fall"));
    let flow = solve(&network(&[7, -7], &arcs)).expect("there is room");
    assert_eq!((flow.flows.as_slice(), flow.cost), (&[2, 1, 0, 2, 2, 0][..], 30));
    let bad = [Step { units: 1, cost: 3 }, Step { units: -1, cost: 2 }, Step { units: 1, cost: 1 }];
    let error = rising(0, 1, &bad).expect_err("they fall");
    let found: Vec<_> = error.faults().into_iter().map(|fault| (fault.row, fault.code)).collect();
    let wanted = [(Some(1), "negative_units"), (Some(1), "falling_cost"), (Some(2), "falling_cost")];
    assert_eq!(found, wanted.map(|(row, code)| (row, code.to_owned())));
}

#[test]
fn the_first_aim_comes_first_whatever_the_second_costs() {
    let plain = drawn(60, 400);
    let changes: Vec<i64> = [0, 1, 2].into_iter().cycle().take(plain.arcs().len()).collect();
    let alone: Vec<Arc> = plain.arcs().iter().zip(&changes).map(|(arc, &cost)| arc.cost(cost)).collect();
    let fewest = solve(&network(plain.supplies(), &alone)).expect("the ring is wide").cost;
    let ranked = Ranked::new(plain.clone(), changes).expect("it fits");
    let flow = solve(ranked.network()).expect("the ring is wide");
    let (first, second) = ranked.costs(&flow).expect("it is of this network");
    assert_eq!(first, fewest);
    assert!(second >= solve(&plain).expect("the ring is wide").cost);
    assert_eq!(flow.cost, first * i128::from(ranked.scale()) + second);
    assert_eq!(
        Ranked::new(plain.clone(), vec![1]),
        Err(FlowError::Lengths { costs: 1, arcs: plain.arcs().len() })
    );
    assert_eq!(Ranked::new(plain.clone(), vec![i64::MAX / 2; plain.arcs().len()]), Err(FlowError::Overflow));
}

#[test]
fn a_graph_of_petgraph_is_read_as_it_stands() {
    let mut graph = DiGraph::new();
    let nodes = [2_i64, 0, -2].map(|supply| graph.add_node(supply));
    graph.add_edge(nodes[0], nodes[1], (3_i64, 5_i64));
    graph.add_edge(nodes[1], nodes[2], (4, UNLIMITED));
    let read = Network::from_graph(
        &graph,
        |(_, supply)| *supply,
        |edge, arc| arc.cost(edge.weight().0).capacity(edge.weight().1),
    );
    let written = network(&[2, 0, -2], &[Arc::new(0, 1).cost(3).capacity(5), Arc::new(1, 2).cost(4)]);
    assert_eq!(read, Ok(written));
}

#[test]
fn work_stops_at_its_limit_and_the_same_again() {
    let network = drawn(400, 4000);
    let stopped = |units| min_cost_flow(&network, &mut Control::limited(units));
    assert_eq!(stopped(1), Err(FlowError::Stopped(Stopped::Limit)));
    let mut control = Control::free();
    let flow = min_cost_flow(&network, &mut control).expect("the ring is wide");
    assert_eq!(stopped(control.done()), Ok(flow));
}

#[test]
fn the_frontier_under_a_bonus_is_the_same_warm_and_cold() {
    // What was used before gets a bonus; the larger it is, the less changes.
    let network = drawn(200, 2000);
    let before = solve(&network).expect("the ring is wide");
    let (supplies, arcs) = network.into_parts();
    let (mut supplies, kept) = (supplies, before.flows.clone());
    supplies[0] += 40;
    supplies[7] -= 40;
    let mut last = None;
    let mut most_kept = 0;
    for bonus in [0, 10, 100, 1000, 10_000] {
        let mut arcs = arcs.clone();
        for (arc, _) in arcs.iter_mut().zip(&kept).filter(|&(_, &kept)| kept > 0) {
            arc.cost -= bonus;
        }
        for arc in &mut arcs {
            arc.capacity = arc.capacity.min(100_000);
        }
        let network = self::network(&supplies, &arcs);
        let warm = reflow(&network, last.as_ref().unwrap_or(&before), &mut Control::free())
            .expect("the ring is wide");
        assert_eq!(warm.cost, solve(&network).expect("the ring is wide").cost);
        assert_eq!(warm.verify(&network), Ok(()));
        let used: i64 =
            warm.flows.iter().zip(&kept).filter(|&(_, &kept)| kept > 0).map(|(&flow, _)| flow).sum();
        assert!(used >= most_kept);
        most_kept = used;
        last = Some(warm);
    }
}

#[test]
fn a_wide_network_is_solved_warm_and_cold_though_its_nodes_change_places() {
    // Long branches: the simplex numbers the nodes anew several times on the way.
    let before = drawn(3000, 30_000);
    let flow = solve(&before).expect("the ring is wide");
    assert_eq!(flow.verify(&before), Ok(()));
    let (mut supplies, arcs) = before.into_parts();
    supplies.rotate_left(1);
    let after = network(&supplies, &arcs);
    let warm = reflow(&after, &flow, &mut Control::free()).expect("the ring is wide");
    assert_eq!(warm.verify(&after), Ok(()));
    assert_eq!(Ok(warm.cost), solve(&after).map(|cold| cold.cost));
}

#[test]
fn a_million_arcs_have_a_proven_flow() {
    // 1000 senders, 1000 takers, each pair an arc; who is near takes first.
    let mut drawn = Drawn(5);
    let mut arcs = Vec::with_capacity(1_000_000);
    for sender in 0..1000 {
        arcs.extend((1000..2000).map(|taker| Arc::new(sender, taker).cost(drawn.below(1_000_000).into())));
    }
    let supplies: Vec<i64> = (0..2000).map(|node| if node < 1000 { 1 } else { -1 }).collect();
    let network = network(&supplies, &arcs);
    let flow = solve(&network).expect("all arcs are there");
    assert_eq!(flow.verify(&network), Ok(()));
    assert_eq!(flow.flows.iter().sum::<i64>(), 1000);
}
