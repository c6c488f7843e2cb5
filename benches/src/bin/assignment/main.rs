//! The suite `assignment`: what the core's solvers take on the instances of `peers/assignment_data.py`, one line of JSON
//! a figure, as the peers print theirs.
//!
//! `assignment FOLDER dense|city|flow|roster`. Every answer is checked by its certificate before its figure is printed.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod city;
mod dense;
mod flow;
mod roster;

use std::error::Error;
use std::path::Path;

/// An allocator that keeps memory for the next run, as the peers' do.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("the folder of the instances is wanted")?;
    let folder = Path::new(&folder);
    match arguments.next().as_deref() {
        Some("dense") => dense::measure(folder),
        Some("city") => city::measure(folder),
        Some("flow") => flow::measure(folder),
        Some("roster") => roster::measure(folder),
        _ => Err("wanted is dense, city, flow or roster".into()),
    }
}

fn say(who: &str, job: &str, cpu: f64, cost: i128) {
    println!(r#"{{"who":"{who}","job":"{job}","cpu":{cpu},"memory":null,"check":{cost}}}"#);
}
