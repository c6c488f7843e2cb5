//! The suite `roster`: what a reconciliation takes and how good it is, one line of JSON an answer, as the peers print theirs.
//!
//! `roster FOLDER INSTANCE…` for folders in it with `A.csv` and, unless one roster is freed of doubles, `B.csv`;
//! `roster FOLDER labelled INSTANCE` for the same matcher with the true m and u;
//! `roster FOLDER parity INSTANCE` holds the weights of a model of Splink against those that Splink gives;
//! `roster FOLDER city PEOPLE` for the register of the sample city and its visits.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

mod city;
mod judge;
mod labelled;
mod list;
mod parity;

use std::error::Error;
use std::path::Path;

use gridcore::control::Control;
use gridcore::roster::{Reconciliation, Rules, deduplicate, reconcile};
use gridcore_benches::cpu;
use serde_json::json;

use crate::list::List;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match &*arguments {
        [_, what, people] if what == "city" => city::measure(people.parse()?),
        [folder, what, instance] if what == "labelled" => labelled::measure(Path::new(folder), instance),
        [folder, what, instance] if what == "parity" => parity::check(&Path::new(folder).join(instance)),
        [folder, instances @ ..] if !instances.is_empty() => {
            instances.iter().try_for_each(|instance| measure(Path::new(folder), instance))
        }
        _ => {
            Err("wanted are a folder, and instances in it, or parity and one, or city and a number of people"
                .into())
        }
    }
}

/// Small instances run more often: the first run alone pays for the pages.
fn runs(rows: usize) -> usize {
    if rows < 50_000 { 5 } else { 1 }
}

fn measure(folder: &Path, instance: &str) -> Done {
    let folder = folder.join(instance);
    let left = List::read(&folder.join("A.csv"))?;
    let right = folder.join("B.csv");
    let right = right.exists().then(|| List::read(&right)).transpose()?;
    let run = || -> Result<Reconciliation, Box<dyn Error>> {
        let rules = Rules::default();
        Ok(match &right {
            Some(right) => reconcile(&left.table(), &right.table(), &rules, None, &mut Control::free())?,
            None => deduplicate(&left.table(), &rules, None, &mut Control::free())?,
        })
    };
    let (memory, answer) = cpu::peak(run);
    let answer = answer?;
    let mut figure = judge::judge(&answer, &folder, &left, right.as_ref())?;
    drop(answer);
    let (seconds, answer) = cpu::best(runs(left.rows()), run);
    answer?;
    figure["who"] = json!("gridcore, Rust");
    figure["job"] = json!(instance);
    figure["cpu"] = json!(seconds);
    figure["memory"] = json!(memory);
    figure["check"] = json!(null);
    println!("{figure}");
    Ok(())
}
