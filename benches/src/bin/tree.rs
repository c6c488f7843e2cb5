//! The suite `tree` from Rust: what the core itself takes, one line of JSON a figure, as the peers print theirs.
//!
//! `tree FOLDER [register|large]`, where the folder has the tables that `peers/data.py` writes.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::error::Error;

use gridcore::tree::{Column, Measure};
use gridcore::{CodeScheme, GridColumns, GridIndex, GridTree, GridTreeBuilder, Root};
use gridcore_benches::national::{Enlarged, Register};
use gridcore_benches::{Draw, cpu};

/// An allocator that keeps memory for the next run, as the peers' do.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Done = Result<(), Box<dyn Error>>;

const QUERIES: usize = 1_000_000;
const RUNS: usize = 7;

fn main() -> Done {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the folder of the tables is wanted")?;
    let read = |order: &str| std::fs::read_to_string(format!("{folder}/{order}.csv"));
    if arguments.next().as_deref() == Some("large") {
        return large(&read("sorted")?);
    }
    for order in ["sorted", "shuffled"] {
        register(&read(order)?, order)?;
    }
    Ok(())
}

fn say(job: &str, cpu: f64, memory: Option<f64>, check: f64) {
    let memory = memory.map_or("null".to_owned(), |memory| format!("{memory:.1}"));
    let check = if check.is_nan() { "null".to_owned() } else { check.to_string() };
    println!(r#"{{"who":"gridcore, Rust","job":"{job}","cpu":{cpu},"memory":{memory},"check":{check}}}"#);
}

fn builder() -> Result<GridTreeBuilder, Box<dyn Error>> {
    let root = Root::Named { code: "0".parse()?, name: "中国".to_owned() };
    Ok(GridTree::builder().root(root).scheme(CodeScheme::nbs()).weights(["count"]))
}

fn register(file: &str, order: &str) -> Done {
    let table = Register::read(file);
    let builder = builder()?;
    let (code, parent) = table.numbers();
    let numbers = GridColumns::new()
        .with("code", Column::Integers(&code))
        .with("parent", Column::Integers(&parent))
        .with("level", Column::Integers(&table.level))
        .with("name", Column::Texts(&table.name))
        .weight("count", Column::Floats(&table.count));
    let totals = |tree: Result<GridTree, _>| Ok::<_, Box<dyn Error>>(tree?.total("count")?[0]);
    let (memory, first) = cpu::peak(|| totals(builder.from_columns(&numbers)));
    let (seconds, _) = cpu::best(RUNS, || totals(builder.from_columns(&numbers)));
    say(&format!("table to totals, {order}"), seconds, memory, first?);
    let texts = table.columns();
    let (seconds, last) = cpu::best(RUNS, || totals(builder.from_columns(&texts)));
    say(&format!("table of texts to totals, {order}"), seconds, None, last?);
    let (memory, first) = cpu::peak(|| totals(builder.from_csv(file.as_bytes())));
    let (seconds, _) = cpu::best(RUNS, || totals(builder.from_csv(file.as_bytes())));
    say(&format!("CSV to totals, {order}"), seconds, memory, first?);
    if order == "sorted" {
        let tree = builder.from_columns(&texts)?;
        let (seconds, _) = cpu::best(RUNS, || tree.total("count"));
        say("totals alone", seconds, None, f64::NAN);
        queries(&tree);
    }
    Ok(())
}

fn drawn(tree: &GridTree, seed: u64) -> Vec<GridIndex> {
    let mut draw = Draw::new(seed);
    (0..QUERIES).filter_map(|_| tree.at(draw.below(tree.len()))).collect()
}

fn queries(tree: &GridTree) {
    let (a, b) = (drawn(tree, 1), drawn(tree, 2));
    let (seconds, met) = cpu::best(RUNS, || tree.lcas(&a, &b));
    say("10⁶ LCA", seconds, None, met.len() as f64);
    let (seconds, above) = cpu::best(RUNS, || tree.ancestors_at(&a, 3));
    say("10⁶ ancestors at a level", seconds, None, above.len() as f64);
}

/// Totals over 20 million grids; that they are built, and in how much memory, is for `large` to measure.
fn large(file: &str) -> Done {
    let mut table = Enlarged::new(&Register::read(file));
    table.shuffle();
    let tree = table.build()?;
    drop(table);
    let all: Vec<GridIndex> = tree.indices().collect();
    // The names are the last digits of the codes.
    let counts: Vec<i64> =
        all.iter().map(|&grid| tree.name(grid).parse().map_or(0, |name: i64| name % 7)).collect();
    let (seconds, rolled) = cpu::best(3, || tree.rollup(&all, &[Measure::sum("count", &counts)]));
    let sum = rolled?.integer("count", tree.root()).unwrap_or_default();
    say("20 M totals", seconds, None, sum as f64);
    Ok(())
}
