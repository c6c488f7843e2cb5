//! Splink's own weights of its patterns, against those that its model has here.

use std::path::Path;

use gridcore::roster::Model;
use serde_json::json;

use crate::Done;
use crate::list::List;

/// No weight may differ by more.
const MOST: f64 = 1e-6;

pub(crate) fn check(folder: &Path) -> Done {
    let model = Model::from_splink(&std::fs::read_to_string(folder.join("splink.json"))?)?;
    let patterns = List::read(&folder.join("splink-patterns.csv"))?;
    let weights = patterns.column("weight").ok_or("there is no column weight")?;
    let columns: Vec<Vec<&str>> = model
        .comparisons
        .iter()
        .map(|one| patterns.column(&format!("gamma_{}", one.name)).ok_or("a comparison has no column"))
        .collect::<Result<_, _>>()?;
    let mut most: f64 = 0.0;
    for (row, weight) in weights.iter().enumerate() {
        let mut levels = Vec::with_capacity(columns.len());
        for (column, comparison) in columns.iter().zip(&model.comparisons) {
            // Splink counts from the last level, 0, up; -1 is a missing value.
            let gamma: i64 = column[row].parse()?;
            levels.push(if gamma < 0 { 0 } else { comparison.levels.len() - usize::try_from(gamma)? });
        }
        let own = model.weight(&levels).ok_or("a pattern does not fit its model")?;
        most = most.max((own - weight.parse::<f64>()?).abs());
    }
    println!(
        "{}",
        json!({ "who": "gridcore, Rust", "job": "parity with Splink", "cpu": null, "memory": null, "check": null,
            "patterns": weights.len(), "most": most })
    );
    if most > MOST { Err(format!("a weight differs by {most}").into()) } else { Ok(()) }
}
