//! Who answers for what: the duties of the city, an audit of them, and a town in war mode and back.

use std::error::Error;

use gridcore::Lang;
use gridcore::deployment::PairRow;
use gridcore::responsibility::{
    AlertScale, AuditOptions, ModeLayer, Responsibility, Staffing, SurgePairing, Verdict,
};
use gridcore::samples::Sample;

use crate::table::{Table, grouped};
use crate::{TORCH, called, heading, spaced};

/// A leaf of 小榄镇.
const LEAF: &str = "4420001180701302";

/// Heads and posts, an answer with its reason, and the audit.
pub(crate) fn duties(city: &Sample) -> Result<Responsibility, Box<dyn Error>> {
    heading("Who answers", "谁负责");
    let (tree, duty) = (city.tree(), city.duty());
    let count = duty.headcount()?;
    let mut table = Table::new(["level", "grids", "with a head", "people"]);
    for level in count.levels.iter().filter(|level| level.headed > 0) {
        let label = tree.schema().level(level.level).map_or(String::new(), |level| level.label.zh.clone());
        table.row([label, grouped(level.grids), grouped(level.headed), grouped(level.persons)]);
    }
    table.print();
    println!(
        "  {} posts held by {} people: {} hold more than one, and each is counted once.",
        grouped(count.posts),
        grouped(count.persons),
        grouped(count.several)
    );
    for step in duty.chain(LEAF, "forest_fire")? {
        let who = if step.person.is_some() { "a named person" } else { "nobody of its own" };
        let rule = step.rule.map_or("–", |rule| rule.id());
        println!("  forest fire at {}: step {} {who} ({rule})", spaced(&step.grid.to_string()), step.step);
    }
    if let Verdict::Gap(gap) = duty.accountable("442000", "work_safety")? {
        println!("  {}", gap.text(Lang::En));
    }
    audit(city, &duty)?;
    Ok(duty)
}

/// Nothing is wrong; then one leaf loses its holder.
fn audit(city: &Sample, duty: &Responsibility) -> Result<(), Box<dyn Error>> {
    let whole = duty.audit(&AuditOptions::new())?;
    println!("  audit: {} findings over {} grids", whole.rows.len(), grouped(city.tree().len()));
    let mut tables = city.duty_tables();
    let leaf = tables.assignments.iter().position(|row| row.grid == LEAF && row.role.is_none());
    tables.assignments.remove(leaf.ok_or("the leaf has a holder")?);
    let broken = Responsibility::from_tables(city.tree(), &tables)?.audit(&AuditOptions::new())?;
    for row in broken.violations() {
        let path: Vec<String> = row.path.iter().map(ToString::to_string).collect();
        println!("  one of 10,117 dropped: {} ({})", row.text(Lang::En), path.join(" › "));
    }
    Ok(())
}

/// Torch in war mode: the surge teams of the paired units answer; and back again, to the byte.
pub(crate) fn war(city: &Sample, peace: &Responsibility, pairs: &[PairRow]) -> Result<(), Box<dyn Error>> {
    heading("War mode and back", "平战转换");
    let tree = city.tree();
    let pairings = pairs.iter().map(|pair| SurgePairing::new(&pair.unit, &pair.grid));
    let war = peace.enter(ModeLayer::new("wartime", TORCH).surge(tree, pairings))?;
    let layer = war.layers().first().ok_or("the mode was entered")?;
    let Some(torch) = tree.find(TORCH) else { return Ok(()) };
    println!("  {} enters war mode: {} duties derived from pairings", called(tree, torch), layer.rows.len());
    let after = war.leave("wartime", TORCH)?;
    if let Some(row) = layer.rows.first() {
        let grid = &row.assignment.grid;
        for (when, duty) in [("before", peace), ("during", &war), ("after", &after)] {
            let who = match duty.accountable(grid, "epidemic_prevention")? {
                Verdict::Answer(answer) => answer.team.map_or_else(
                    || "its own head".to_owned(),
                    |team| format!("surge team {team} (from {})", row.source.as_deref().unwrap_or("–")),
                ),
                Verdict::Gap(gap) => gap.text(Lang::En),
            };
            println!("  {} {when}: {who}", spaced(grid));
        }
    }
    let same = peace.to_json() == after.to_json();
    println!("  {} bytes of saved duties before and after: {}", grouped(peace.to_json().len()), {
        if same { "the same" } else { "different" }
    });
    alert(city)
}

/// What an orange alert asks for that a yellow one did not.
fn alert(city: &Sample) -> Result<(), Box<dyn Error>> {
    let mut scale = AlertScale::three_levels("epidemic");
    for (level, workers) in scale.levels.iter_mut().zip([1, 2, 3]) {
        level.staffing = vec![Staffing::new(4, "worker", workers), Staffing::new(2, "medic", workers)];
    }
    let levels: Vec<&str> = scale.levels.iter().map(|level| level.id.as_str()).collect();
    let [yellow, orange, ..] = levels[..] else { return Ok(()) };
    for row in scale.delta(city.tree(), TORCH, Some(yellow), Some(orange))? {
        println!(
            "  {yellow} → {orange} in Torch: {} from {} to {} in {} grids of level {}",
            row.name,
            grouped(row.total_before),
            grouped(row.total_after),
            grouped(row.grids),
            row.level
        );
    }
    Ok(())
}
