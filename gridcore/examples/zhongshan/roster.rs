//! The rosters: a community's register against a list of visits, each row accounted for, three decisions explained.

use std::collections::BTreeSet;
use std::error::Error;
use std::time::Instant;

use gridcore::Lang;
use gridcore::control::Control;
use gridcore::roster::{
    ByGrid, CountRow, Explanation, GridCountRow, HouseholdStatus, Masking, Reconciliation, RosterSide,
    RowState, Rules, reconcile,
};
use gridcore::samples::{Residents, Sample, Visits};

use crate::heading;
use crate::table::{Table, grouped};

/// A large community.
const COMMUNITY: usize = 20_000;
const SEED_OF_RESIDENTS: u64 = 7;
const SEED_OF_VISITS: u64 = 8;

/// What a state is called.
pub(crate) const STATES: [(RowState, &str, &str); 5] = [
    (RowState::Matched, "一致", "matched"),
    (RowState::Missing, "漏登", "missing"),
    (RowState::Extra, "多出", "extra"),
    (RowState::Duplicate, "重复", "duplicate"),
    (RowState::Review, "待核", "to review"),
];

/// A decision that is explained: in words and as a waterfall chart, in Chinese and in English, nobody shown.
pub(crate) struct Explained {
    pub(crate) title: [&'static str; 2],
    pub(crate) words: [String; 2],
    pub(crate) chart: [String; 2],
}

/// What the page shows of a reconciliation.
pub(crate) struct Reconciled {
    pub(crate) counts: Vec<CountRow>,
    /// The leaves that have rows.
    pub(crate) leaves: Vec<GridCountRow>,
    pub(crate) explained: Vec<Explained>,
}

/// A community's register against the visits to it; with `whole_city`, all residents after that.
pub(crate) fn rosters(city: &Sample, whole_city: bool) -> Result<Reconciled, Box<dyn Error>> {
    heading("The rosters", "名册核对（居民登记与走访，均为虚构）");
    let (register, visits, answer) = lists(city, COMMUNITY)?;
    balance(&answer, &register, &visits)?;
    judged(&answer, &register, &visits);
    homes(&answer);
    by_grid(&answer);
    let explained = decisions(&answer);
    for one in &explained {
        println!("  {}: {}", one.title[1], one.words[1]);
    }
    let reconciled = Reconciled { counts: answer.counts(), leaves: rows_of(&answer, 4), explained };
    if whole_city {
        heading("The rosters of the whole city", "全市名册核对");
        let people = city.tree().total("people")?;
        let (register, visits, answer) = lists(city, (people[0] as i64).unsigned_abs() as usize)?;
        balance(&answer, &register, &visits)?;
        judged(&answer, &register, &visits);
        homes(&answer);
    }
    Ok(reconciled)
}

/// Both rosters, and what comes of them without a word about columns, keys or thresholds.
fn lists(city: &Sample, people: usize) -> Result<(Residents, Visits, Reconciliation), Box<dyn Error>> {
    let register = city.residents(people, SEED_OF_RESIDENTS);
    let visits = register.visits(SEED_OF_VISITS);
    let start = Instant::now();
    let rules = Rules::default();
    let answer =
        reconcile(&register.table(), &visits.table(), &rules, Some(city.tree()), &mut Control::free())?;
    let (took, report) = (start.elapsed().as_secs_f64(), answer.report());
    println!(
        "  {} residents against {} visits in {took:.2} s: {} pairs compared of {} million that there are",
        grouped(report.left_rows),
        grouped(report.right_rows),
        grouped(report.compared_pairs),
        grouped((report.left_rows as u64).saturating_mul(report.right_rows as u64) / 1_000_000),
    );
    let recognised: Vec<String> = answer
        .columns()
        .iter()
        .filter(|column| column.side == RosterSide::Right)
        .map(|column| format!("{} {}", column.column, column.kind.map_or("–", |kind| kind.id())))
        .collect();
    println!("  columns as they were recognised: {}", recognised.join("，"));
    Ok((register, visits, answer))
}

/// The conservation table (平衡表): what goes in comes out.
fn balance(answer: &Reconciliation, register: &Residents, visits: &Visits) -> Result<(), Box<dyn Error>> {
    let counts = answer.counts();
    let sides = [(RosterSide::Left, register.len()), (RosterSide::Right, visits.len())];
    let rows =
        |side, state| counts.iter().find(|row| (row.side, row.state) == (side, state)).map(|row| row.rows);
    let cell = |rows: Option<usize>| rows.map_or_else(|| "–".to_owned(), grouped);
    let mut table = Table::new(["平衡表", "register 登记", "visits 走访"]);
    for (state, zh, en) in STATES {
        let [left, right] = sides.map(|(side, _)| cell(rows(side, state)));
        table.row([format!("{zh} {en}"), left, right]);
    }
    let sums = sides.map(|(side, all)| {
        let sum: usize = counts.iter().filter(|row| row.side == side).map(|row| row.rows).sum();
        (sum, all)
    });
    if sums.iter().any(|(sum, all)| sum != all) {
        return Err("a row was lost".into());
    }
    table.row(["合计 in all".to_owned(), grouped(sums[0].0), grouped(sums[1].0)]);
    table.print();
    println!("  Every row of either roster stands in one line, and in one line only.");
    Ok(())
}

/// What was found, held against what the sample knows.
fn judged(answer: &Reconciliation, register: &Residents, visits: &Visits) {
    let truth = visits.truth();
    let share = |part: usize, whole: usize| format!("{:.2} %", 100.0 * part as f64 / whole.max(1) as f64);
    let met: BTreeSet<u32> = truth.iter().flatten().copied().collect();
    let (mut right, mut moves) = (0, 0);
    for pair in answer.matched() {
        let of = truth.get(pair.right_row).copied().flatten();
        right += usize::from(of.is_some_and(|resident| resident as usize == pair.left_row));
    }
    for moved in answer.moved() {
        moves += usize::from(visits.moved().get(moved.right_row) == Some(&true));
    }
    let (mut missing, mut unmet) = (0, 0);
    for row in answer.missing() {
        missing += 1;
        unmet += usize::from(!u32::try_from(row.row).is_ok_and(|row| met.contains(&row)));
    }
    println!(
        "  against the truth: {} of {} matches are wrong (precision {}), {} of {} residents met are not found (recall {})",
        grouped(answer.matched().len() - right),
        grouped(answer.matched().len()),
        share(right, answer.matched().len()),
        grouped(met.len() - right),
        grouped(met.len()),
        share(right, met.len()),
    );
    println!(
        "  of {} residents reported missing {} were met by nobody; {} were met by nobody in all",
        grouped(missing),
        grouped(unmet),
        grouped(register.len() - met.len()),
    );
    println!(
        "  {} matched people moved, {} of them in truth",
        grouped(answer.moved().count()),
        grouped(moves)
    );
}

/// What became of the households.
fn homes(answer: &Reconciliation) {
    let words = [
        (HouseholdStatus::LivesHere, "在册在住 live where they are registered"),
        (HouseholdStatus::RegisteredElsewhere, "人户分离 live elsewhere"),
        (HouseholdStatus::PaperOnly, "空挂户 on paper only"),
        (HouseholdStatus::Vacant, "空置 vacant"),
        (HouseholdStatus::Unregistered, "未登记 on no register"),
        (HouseholdStatus::Undecided, "待定 undecided"),
    ];
    let mut counts = words.map(|_| 0_usize);
    for household in answer.households() {
        let place = words.iter().position(|(status, _)| *status == household.status);
        if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
            *count += 1;
        }
    }
    let listed: Vec<String> =
        words.iter().zip(counts).map(|((_, words), count)| format!("{words} {}", grouped(count))).collect();
    println!("  households: {}", listed.join("；"));
}

/// The grids of a level that have rows.
fn rows_of(answer: &Reconciliation, level: u8) -> Vec<GridCountRow> {
    let rows = answer.by(ByGrid::Level(level), None).into_iter();
    rows.filter(|row| row.left + row.right > 0).collect()
}

/// Where most are missing.
fn by_grid(answer: &Reconciliation) {
    let mut rows = rows_of(answer, 3);
    rows.sort_by(|a, b| b.missing.cmp(&a.missing).then_with(|| a.grid.cmp(&b.grid)));
    let mut table =
        Table::new(["most missing 漏登最多", "residents", "missing", "extra", "to review", "moved"]);
    for row in rows.into_iter().take(5) {
        table.row([
            row.name.unwrap_or_default(),
            grouped(row.left),
            grouped(row.missing),
            grouped(row.extra),
            grouped(row.left_review + row.right_review),
            format!("{} out, {} in", row.moved_out, row.moved_in),
        ]);
    }
    table.print();
}

/// A match whose fields differ most, the likeliest pair that somebody has to look at, a missing resident.
fn decisions(answer: &Reconciliation) -> Vec<Explained> {
    let mut explained = Vec::new();
    let mut add = |title, why: Option<Explanation>, more: [String; 2]| {
        let Some(why) = why else { return };
        let [zh, en] = more;
        explained.push(Explained {
            title,
            words: [zh + &why.sentence(Lang::Zh), en + &why.sentence(Lang::En)],
            chart: [why.waterfall(Lang::Zh), why.waterfall(Lang::En)],
        });
    };
    let pair = |left: &str, right: &str| answer.explain(left, right, Masking::Masked);
    let conflicts: Vec<_> = answer.conflicts().collect();
    let of_pair = conflicts.chunk_by(|a, b| a.left_row == b.left_row);
    if let Some([first, ..]) = of_pair.rev().max_by_key(|fields| fields.len()) {
        let title = ["一致，但多项不同", "matched, though fields differ"];
        add(title, pair(&first.left, &first.right), Default::default());
    }
    let doubtful = answer.review().filter(|row| row.left_side != row.right_side);
    if let Some(row) = doubtful.max_by(|a, b| a.probability.total_cmp(&b.probability)) {
        add(["待核", "to be looked at"], pair(&row.left, &row.right), Default::default());
    }
    let near = answer.missing().filter(|row| row.nearest.is_some());
    if let Some(row) =
        near.max_by(|a, b| a.probability.unwrap_or(0.0).total_cmp(&b.probability.unwrap_or(0.0)))
    {
        let words = |lang| {
            answer.explain_row(RosterSide::Left, &row.id).map_or(String::new(), |why| why.sentence(lang))
        };
        let why = row.nearest.as_deref().and_then(|nearest| pair(&row.id, nearest));
        add(["漏登", "missing"], why, [words(Lang::Zh), words(Lang::En) + " "]);
    }
    explained
}
