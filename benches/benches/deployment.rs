//! Each problem of deployment at three sizes: so many grids, a fifth more people, twenty candidates for each grid.

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use gridcore::GridTree;
use gridcore::deployment::{
    Aid, CandidateColumns, ChangeCost, CostColumn, DemandRow, Deployment, EdgeRow, Fair, NeedRow, Pairing,
    PersonRow, Plan, SpareRow, Spread, Staffing, SupplyRow, Surge, UnitRow,
};
use gridcore_benches::{Draw, synthetic};

const SIZES: [usize; 3] = [100, 700, 5_000];
const SOLVED: &str = "the sample can be solved";

fn main() {
    divan::main();
}

struct Sample {
    deployment: Deployment,
    staffing: Staffing,
    fair: Staffing,
    pairing: Pairing,
    surge: Surge,
    aid: Aid,
    plan: Plan,
    json: String,
    ill: Vec<String>,
}

fn staff(leaves: &[String]) -> Staffing {
    let (mut draw, grids) = (Draw::new(1), leaves.len());
    let people = grids + grids / 5;
    let (mut need, mut person, mut cost) = (Vec::new(), Vec::new(), Vec::new());
    let number = |place: usize| u32::try_from(place).expect("there are few");
    for grid in 0..grids {
        for turn in 0..=20 {
            // The last one is somebody of their own, so that every grid can be served.
            let (step, far) = if turn < 20 { (1 + 2 * turn + draw.below(2), 0) } else { (0, 20_000) };
            need.push(number(grid));
            person.push(number((grid + grid / 5 + step) % people));
            cost.push(far + i64::try_from(step * 50 + draw.below(3000)).expect("it is small"));
        }
    }
    let rows = (0..people).map(|place| PersonRow::new(format!("p-{place}")));
    Staffing::new(rows, leaves.iter().map(NeedRow::new)).columns(CandidateColumns {
        need,
        person,
        cost: CostColumn::Whole(cost),
    })
}

fn sending(leaves: &[String], plan: &Plan) -> Surge {
    let supply = plan.loads().into_iter().filter_map(|load| Some(SupplyRow::new(load.who.as_text()?, 12)));
    let edges = leaves.windows(2).map(|pair| EdgeRow::new(&pair[0], &pair[1]));
    let demand = leaves.iter().zip(0_i64..).map(|(code, place)| DemandRow::new(code, 1 + place % 5));
    Surge::new(supply, demand).pairs(plan.pairs()).edges(edges).anywhere(5000.0).allow_gaps()
}

fn sample(size: usize) -> &'static Sample {
    static SAMPLES: [OnceLock<Sample>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    let place = SIZES.iter().position(|&other| other == size).expect("it is one of the sizes");
    SAMPLES[place].get_or_init(|| {
        let tree: GridTree = synthetic::tree(size);
        let deployment = Deployment::new(&tree).decimals(0);
        let leaves: Vec<String> = tree.leaves(tree.root()).map(|grid| tree.code(grid).to_string()).collect();
        let staffing = staff(&leaves);
        let mut fair = staffing.clone();
        fair.people = fair.people.into_iter().map(|person| person.at_most(4)).collect();
        let fair = fair.fair(Fair::Steps(vec![0.0, 3_000.0, 9_000.0, 27_000.0]));
        let units = leaves
            .iter()
            .step_by(4)
            .zip(0..)
            .map(|(code, unit)| UnitRow::new(format!("u-{unit}")).home(code));
        let pairing = Pairing::new(units);
        let pairs = deployment.pair(&pairing).expect("there are enough grids");
        let spares = leaves.iter().step_by(3).map(|code| SpareRow::new(code, 2));
        let lacks = leaves.iter().skip(1).step_by(3).map(|code| DemandRow::new(code, 1));
        let plan = deployment.assign(&staffing).expect("every grid has somebody of its own");
        let used: Vec<String> = plan.rows().iter().filter_map(|row| row.who.as_text()).collect();
        Sample {
            surge: sending(&leaves, &pairs),
            aid: Aid::new(spares, lacks),
            json: plan.to_json(),
            // One in a hundred of those who are sent, and one at least.
            ill: used.into_iter().step_by(100).collect(),
            plan,
            staffing,
            fair,
            pairing,
            deployment,
        }
    })
}

/// Benches of one operation each: what is asked of a sample.
macro_rules! operations {
    ($($name:ident: $ask:expr;)*) => {$(
        #[divan::bench(args = SIZES, sample_count = 10, max_time = 0.5)]
        fn $name(bencher: Bencher<'_, '_>, size: usize) {
            let sample = sample(size);
            let ask: fn(&Sample) -> _ = $ask;
            bencher.bench(|| ask(black_box(sample)));
        }
    )*};
}

operations! {
    assign: |s| s.deployment.assign(&s.staffing).expect(SOLVED);
    assign_fair: |s| s.deployment.assign(&s.fair).expect(SOLVED);
    pair: |s| s.deployment.pair(&s.pairing).expect(SOLVED);
    surge: |s| s.deployment.surge(&s.surge).expect(SOLVED);
    aid: |s| s.deployment.aid(&s.aid).expect(SOLVED);
    spread: |s| s.deployment.spread(&Spread::of(3 * 1000)).expect(SOLVED);
    replan: |s| s.plan.without(&s.ill).replan(ChangeCost(1000)).expect(SOLVED);
    fewest_changes: |s| s.plan.without(&s.ill).fewest_changes().expect(SOLVED);
    frontier: |s| s.plan.without(&s.ill).frontier().expect(SOLVED);
    rows: |s| s.plan.rows();
    verify: |s| s.plan.verify().expect(SOLVED);
    save: |s| s.plan.to_json();
    load: |s| Plan::from_json(s.plan.tree(), &s.json).expect(SOLVED);
}
