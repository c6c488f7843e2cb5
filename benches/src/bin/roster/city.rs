//! The register of the sample city and the visits to its people, with its tree.

use gridcore::control::Control;
use gridcore::roster::{Rules, reconcile};
use gridcore::samples;
use gridcore_benches::cpu;
use serde_json::json;

use crate::{Done, judge, runs};

pub(crate) fn measure(people: usize) -> Done {
    let city = samples::zhongshan();
    let register = city.residents(people, 1);
    let visits = register.visits(2);
    let tree = Some(city.tree());
    let run = || reconcile(&register.table(), &visits.table(), &Rules::default(), tree, &mut Control::free());
    let start = cpu::now();
    let (memory, answer) = cpu::peak(run);
    let mut seconds = cpu::now() - start;
    let answer = answer?;
    let row = |row: usize| u32::try_from(row).ok();
    let met: Vec<u32> = visits.truth().iter().flatten().copied().collect();
    let all: Vec<u32> = (0..register.len()).filter_map(row).collect();
    let mut figure = judge::of_people(&answer, row, |row| visits.truth()[row], &all, &met);
    drop(answer);
    if runs(people) > 1 {
        let (least, answer) = cpu::best(runs(people), run);
        answer?;
        seconds = seconds.min(least);
    }
    figure["who"] = json!("gridcore, Rust");
    figure["job"] = json!(format!("city {}", register.len()));
    figure["cpu"] = json!(seconds);
    figure["memory"] = json!(memory);
    figure["check"] = json!(null);
    println!("{figure}");
    Ok(())
}
