//! How long 20 million shuffled grids take to build, and in how much memory: `large FOLDER`.
//!
//! By itself, and with the system's allocator: one that keeps memory for later would blur what was needed.
#![expect(clippy::print_stdout, reason = "the figure is what it is for")]

use std::error::Error;

use gridcore_benches::cpu;
use gridcore_benches::national::{Enlarged, Register};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("the folder of the tables is wanted")?;
    let file = std::fs::read_to_string(format!("{folder}/sorted.csv"))?;
    let mut table = Enlarged::new(&Register::read(&file));
    drop(file);
    table.shuffle();
    let (memory, (cpu, tree)) = cpu::peak(|| cpu::best(1, || table.build()));
    let (memory, rows) = (memory.map_or("null".to_owned(), |memory| format!("{memory:.1}")), tree?.len() - 1);
    println!(
        r#"{{"who":"gridcore, Rust","job":"20 M build, shuffled","cpu":{cpu},"memory":{memory},"check":{rows}}}"#
    );
    Ok(())
}
