//! Each operation on duties at three sizes: a head for every grid, a person for two domains in every fifth.

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use gridcore::responsibility::{
    AbsenceRow, AssignmentRow, AuditOptions, DeputyRow, DutyTables, ModeLayer, Responsibility,
};
use gridcore::{GridIndex, GridTree};
use gridcore_benches::{Draw, synthetic};

const SIZES: [usize; 3] = [300, 3_000, 30_000];
const QUERIES: usize = 1_000;
const SOUND: &str = "the sample is sound";

fn main() {
    divan::main();
}

struct Sample {
    tables: DutyTables,
    duty: Responsibility,
    war: Responsibility,
    json: String,
    asked: Vec<GridIndex>,
    codes: Vec<String>,
}

/// Duties over a tree of that many grids; one head in a hundred is missing, one in fifty away and deputised.
fn tables(tree: &GridTree) -> DutyTables {
    let mut tables = DutyTables::default();
    for grid in tree.indices() {
        let (place, code) = (grid.get(), tree.code(grid).to_string());
        if place % 100 != 99 {
            tables.assignments.push(AssignmentRow::new(&code).person(format!("head-{place}")));
        }
        if place % 5 == 0 {
            for domain in ["forest_fire", "work_safety"] {
                let row = AssignmentRow::new(&code).person(format!("{domain}-{}", place % 997));
                tables.assignments.push(row.domain(domain).from(0).until(1_000_000));
            }
        }
        if place % 50 == 0 {
            tables.absences.push(AbsenceRow::new(format!("head-{place}")).from(100).until(200));
            tables.deputies.push(DeputyRow::new(format!("head-{}", place + 1), format!("head-{place}")));
        }
    }
    tables
}

fn layer(tree: &GridTree) -> ModeLayer {
    let scope = tree.code(tree.root()).to_string();
    let rows = tree.leaves(tree.root()).step_by(3).map(|grid| {
        AssignmentRow::new(tree.code(grid).to_string())
            .person(format!("war-{}", grid.get() % 83))
            .mode("wartime")
    });
    rows.fold(ModeLayer::new("wartime", scope), ModeLayer::row)
}

fn sample(size: usize) -> &'static Sample {
    static SAMPLES: [OnceLock<Sample>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    let place = SIZES.iter().position(|&other| other == size).expect("it is one of the sizes");
    SAMPLES[place].get_or_init(|| {
        let tree = synthetic::tree(size);
        let tables = tables(&tree);
        let duty = Responsibility::from_tables(&tree, &tables).expect("they are sound");
        let war = duty.enter(layer(&tree)).expect("no layer is there yet");
        let mut draw = Draw::new(1);
        let asked: Vec<_> = (0..QUERIES).filter_map(|_| tree.at(draw.below(tree.len()))).collect();
        let codes = asked.iter().map(|&grid| tree.code(grid).to_string()).collect();
        Sample { json: duty.to_json(), tables, duty, war, asked, codes }
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
    resolve: |s| Responsibility::from_tables(s.duty.tree(), &s.tables).expect(SOUND);
    save: |s| s.duty.to_json();
    load: |s| Responsibility::from_json(s.duty.tree(), &s.json).expect(SOUND);
    accountable: |s| s.duty.at(150).accountable(&s.codes[0], "forest_fire").expect(SOUND);
    accountable_column_1k: |s| s.duty.at(150).accountable_column(&s.codes, "forest_fire").expect(SOUND);
    accountable_at_1k: |s| s.duty.at(150).accountable_at(&s.asked, "forest_fire").expect(SOUND);
    accountable_all: |s| s.duty.at(150).accountable_all("forest_fire").expect(SOUND);
    accountable_all_in_war: |s| s.war.at(150).accountable_all("forest_fire").expect(SOUND);
    chain: |s| s.duty.at(150).chain(&s.codes[0], "forest_fire").expect(SOUND);
    supporting: |s| s.duty.at(150).supporting(&s.codes[0], "forest_fire").expect(SOUND);
    audit: |s| s.duty.audit(&AuditOptions::new().at(150)).expect(SOUND);
    audit_every_level: |s| s.duty.audit(&AuditOptions::new().at(150).every_level()).expect(SOUND);
    enter: |s| s.duty.enter(layer(s.duty.tree())).expect(SOUND);
    leave: |s| s.war.leave("wartime", "0").expect(SOUND);
    mode_at: |s| s.war.at(150).mode_at(&s.codes[0]).expect(SOUND);
}
