//! The same matcher with what only the truth can tell it: how often each level is seen among all candidates of the same
//! person, and among all others.
//!
//! Two models are made of it: one whose pairs of different people are of one kind, as the textbook has it, and one that
//! keeps the kinds that were learnt. The better one, by its pairs, is what the learnt model is held against.

use std::path::Path;

use gridcore::control::Control;
use gridcore::roster::{Model, Rules, reconcile};
use serde_json::{Value, json};

use crate::list::List;
use crate::{Done, judge};

/// So low that hardly a candidate is left out.
const LOWEST: f64 = 1e-12;

pub(crate) fn measure(folder: &Path, instance: &str) -> Done {
    let folder = folder.join(instance);
    let (left, right) = (List::read(&folder.join("A.csv"))?, List::read(&folder.join("B.csv"))?);
    let run = |rules: &Rules| reconcile(&left.table(), &right.table(), rules, None, &mut Control::free());
    let answer = run(&Rules { review_at: LOWEST, ..Rules::default() })?;
    let person = |list: &List| -> Vec<String> {
        list.column("truth_id").unwrap_or_default().into_iter().map(str::to_owned).collect()
    };
    let (of_left, of_right) = (person(&left), person(&right));
    let mut learnt = answer.model().clone();
    // Half a pair for each level, so that none is impossible.
    let mut counts: Vec<Vec<[f64; 2]>> =
        learnt.comparisons.iter().map(|one| vec![[0.5, 0.5]; one.levels.len()]).collect();
    let mut pairs = [0.0, 0.0];
    for pair in answer.pairs() {
        let class = usize::from(of_left[pair.left_row] != of_right[pair.right_row]);
        pairs[class] += 1.0;
        for (counts, level) in counts.iter_mut().zip(pair.levels) {
            if let Some(level) = usize::from(level).checked_sub(1) {
                counts[level][class] += 1.0;
            }
        }
    }
    drop(answer);
    learnt.prior = pairs[0] / (pairs[0] + pairs[1]);
    for (comparison, counts) in learnt.comparisons.iter_mut().zip(&counts) {
        let sums = counts.iter().fold([0.0, 0.0], |sums, count| [sums[0] + count[0], sums[1] + count[1]]);
        for (level, count) in comparison.levels.iter_mut().zip(counts) {
            level.m = count[0] / sums[0];
            if learnt.others.is_empty() {
                level.u = count[1] / sums[1];
            }
        }
    }
    let mut plain = Model { others: Vec::new(), ..learnt.clone() };
    for (comparison, counts) in plain.comparisons.iter_mut().zip(&counts) {
        let sum: f64 = counts.iter().map(|count| count[1]).sum();
        for (level, count) in comparison.levels.iter_mut().zip(counts) {
            level.u = count[1] / sum;
        }
    }
    let mut best: Option<Value> = None;
    for model in [plain, learnt] {
        let answer = run(&Rules { model: Some(model), ..Rules::default() })?;
        let figure = judge::judge(&answer, &folder, &left, Some(&right))?;
        let f1 = |figure: &Value| figure["pairs"]["f1"].as_f64().unwrap_or_default();
        if best.as_ref().is_none_or(|best| f1(best) < f1(&figure)) {
            best = Some(figure);
        }
    }
    let mut figure = best.unwrap_or_default();
    figure["who"] = json!("gridcore, true m and u");
    figure["job"] = json!(instance);
    for nothing in ["cpu", "memory", "check"] {
        figure[nothing] = json!(null);
    }
    println!("{figure}");
    Ok(())
}
