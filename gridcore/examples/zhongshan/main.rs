//! The main job: Zhongshan's register becomes a checked tree, the tree a city of four levels, the city a map; everybody in
//! it answers for something, help is sent where it is short, and every resident is accounted for.
//!
//! ```text
//! cargo run --release -p gridcore --example zhongshan --features geo,samples -- [--city-rosters] [PAGE]
//! ```
//!
//! Prints what it finds and writes a page that needs nothing but a browser, `zhongshan.html` unless another name is given.
//! With `--city-rosters` all residents of the city are reconciled after those of one community, which takes minutes.
#![expect(clippy::print_stdout, reason = "an example talks to whoever runs it")]

mod duty;
mod page;
mod roster;
mod send;
mod table;

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use gridcore::geo::{AdjacencyOptions, Footprints, Point, Reference};
use gridcore::map::MapOptions;
use gridcore::samples::{self, Sample};
use gridcore::tree::{SpanBreach, SpanProfile};
use gridcore::{
    Apportion, ApportionMethod, Claim, ClaimVerdict, CodeScheme, DeclaredRow, GridIndex, GridTree, Lang,
    Layout, Problem as _, scaled_weights,
};
use table::{Table, decimals, grouped};

/// 火炬开发区, in the register 中山港街道.
const TORCH: &str = "442000003";
/// 翠亨新区, in the register 南朗街道.
const CUIHENG: &str = "442000008";

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    println!("gridcore · 中山市 Zhongshan as a tree of grids");
    register()?;
    let city = samples::zhongshan();
    levels(&city)?;
    spans(city.tree())?;
    declared(&samples::register(2023)?)?;
    claims(&city)?;
    capacity(city.tree());
    quotas(city.tree())?;
    broken_copy()?;
    questions(city.tree());
    let footprints = city.footprints();
    ground(&city, &footprints)?;
    let duties = duty::duties(&city)?;
    let sent = send::send(&city)?;
    duty::war(&city, &duties, &sent.pairs)?;
    let (flags, paths): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let reconciled = roster::rosters(&city, flags.iter().any(|flag| flag == "--city-rosters"))?;

    let path = paths.into_iter().next().unwrap_or_else(|| "zhongshan.html".to_owned());
    let page = page::render(&city, &footprints, &sent, &reconciled)?;
    std::fs::write(&path, &page)?;
    heading("The page", "网页");
    println!("  {path}: {:.2} MB, needs no network", page.len() as f64 / 1e6);
    println!("  all of this took {:.2} s", start.elapsed().as_secs_f64());
    Ok(())
}

fn heading(en: &str, zh: &str) {
    println!("\n{en}  {zh}");
}

/// A grid's name and code.
fn called(tree: &GridTree, grid: GridIndex) -> String {
    format!("{} {}", tree.name(grid), spaced(&tree.code(grid).to_string()))
}

/// A code of the sample with a dash between its segments: 442000118-07-013-02.
fn spaced(code: &str) -> String {
    let ends = [9, 11, 14, 16];
    let mut text = code.get(..9).unwrap_or(code).to_owned();
    for pair in ends.windows(2) {
        if let Some(part) = code.get(pair[0]..pair[1]) {
            text = format!("{text}-{part}");
        }
    }
    text
}

/// The towns and villages as the statistics bureau publishes them, edition by edition.
fn register() -> Result<(), Box<dyn Error>> {
    heading("The register", "统计用区划代码");
    let mut table = Table::new(["edition", "towns", "villages", "new codes", "gone", "renamed"]);
    let mut before: Option<BTreeMap<String, String>> = None;
    for year in samples::EDITIONS {
        let tree = samples::register(year)?;
        let names: BTreeMap<String, String> =
            tree.indices().map(|grid| (tree.code(grid).to_string(), tree.name(grid).to_owned())).collect();
        let changes = before.as_ref().map(|before| {
            let new = names.keys().filter(|code| !before.contains_key(*code)).count();
            let gone = before.keys().filter(|code| !names.contains_key(*code)).count();
            let renamed =
                names.iter().filter(|(code, name)| before.get(*code).is_some_and(|old| old != *name));
            [new, gone, renamed.count()]
        });
        let cell = |place: usize| changes.map_or("–".to_owned(), |changes| changes[place].to_string());
        let counts = tree.counts();
        table.row([
            year.to_string(),
            counts[1].to_string(),
            counts[2].to_string(),
            cell(0),
            cell(1),
            cell(2),
        ]);
        before = Some(names);
    }
    table.print();
    println!("  Codes change under grids that stay: a code is not an identity.");
    Ok(())
}

/// The city of four levels: what stands on each, and what lies in it.
fn levels(city: &Sample) -> Result<(), Box<dyn Error>> {
    let tree = city.tree();
    heading("The sample city", "示例城市（村级以下为虚构）");
    let (people, households) = (tree.total("people")?, tree.total("households")?);
    let staff = city.strength();
    let mut table =
        Table::new(["level", "grids", "people each", "households each", "post by default"]).left(&[4]);
    for (level, count) in tree.counts().into_iter().enumerate().skip(1) {
        let Some(one) = tree.schema().level(level as u8) else { continue };
        let post = one.post.as_ref().map_or(String::new(), |post| post.zh.clone());
        let each = |total: f64| decimals(Some(total / count as f64), 1);
        table.row([one.label.zh.clone(), grouped(count), each(people[0]), each(households[0]), post]);
    }
    table.print();
    println!(
        "  {} people, {} family households, {} on the staff; nine fronts lie over Torch and count as no grid.",
        grouped(people[0]),
        grouped(households[0]),
        grouped(staff.roster_size()),
    );
    Ok(())
}

/// How many grids each head leads, and what it would take to lead seven at most.
fn spans(tree: &GridTree) -> Result<(), Box<dyn Error>> {
    heading("Spans of control", "管理幅度（ICS：3–7）");
    let spans = tree.spans(&SpanProfile::ics());
    let plan = tree.supervisors(7)?;
    let mut extra = [0_usize; 256];
    for grid in plan.grids() {
        extra[usize::from(tree.level(grid.grid()))] += grid.extra();
    }
    let mut table = Table::new([
        "led from",
        "heads",
        "mean",
        "min",
        "median",
        "max",
        "below 3",
        "above 7",
        "extra for ≤ 7",
    ]);
    for level in spans.levels().iter().filter(|level| level.heads > 0) {
        table.row([
            level.label.as_ref().map_or(String::new(), |label| label.zh.clone()),
            grouped(level.heads as u64),
            decimals(level.mean, 3),
            level.min.unwrap_or_default().to_string(),
            decimals(level.median, 1),
            level.max.unwrap_or_default().to_string(),
            level.too_narrow.to_string(),
            level.too_wide.to_string(),
            extra[usize::from(level.level)].to_string(),
        ]);
    }
    table.print();
    let mut widest: Vec<_> =
        spans.offenders().iter().filter(|offender| offender.breach == SpanBreach::TooWide).collect();
    widest.sort_by_key(|offender| std::cmp::Reverse(offender.span));
    let listed: Vec<String> = widest
        .iter()
        .take(3)
        .map(|offender| format!("{} {}", tree.name(offender.grid), offender.span))
        .collect();
    println!("  {} heads outside 3–7; the widest: {}", grouped(spans.offenders().len()), listed.join("，"));
    if let Some(root) = plan.grids().iter().find(|grid| grid.grid() == tree.root()) {
        println!("  {}: {}", tree.name(tree.root()), root.certificate().text(Lang::En));
    }
    Ok(())
}

/// What the report says of level 2, held against the villages of the register.
fn declared(register: &GridTree) -> Result<(), Box<dyn Error>> {
    heading("Declared against registered", "申报与登记对照（二级网格与村居）");
    let rows =
        [DeclaredRow::part([TORCH], 2, 18), DeclaredRow::part([CUIHENG], 2, 26), DeclaredRow::total(2, 287)];
    let mut table = Table::new(["", "declared", "villages", "difference", "verdict"]).left(&[4]);
    for line in register.declared(rows)?.lines() {
        table.row([
            match line.grids.first().map(ToString::to_string).as_deref() {
                Some(TORCH) => "火炬开发区 Torch".to_owned(),
                Some(CUIHENG) => "翠亨新区 Cuiheng".to_owned(),
                _ => format!("{} {}", line.label.zh, line.label.en),
            },
            line.declared_text(),
            line.registered.to_string(),
            format!("{:+}", line.difference),
            line.verdict.text(Lang::En).to_owned(),
        ]);
    }
    table.print();
    println!("  The totals agree and no part does: a level-2 grid is not a village.");
    Ok(())
}

/// The layout notation and the rounded numbers of the report, held against the tree.
fn claims(city: &Sample) -> Result<(), Box<dyn Error>> {
    heading("Words against counts", "文字与数字核对");
    let tree = city.tree();
    let under = |code: &str| -> Vec<u64> {
        let counts = tree.find(code).map(|grid| tree.counts_under(grid)).unwrap_or_default();
        counts.into_iter().map(|count| count as u64).skip_while(|&count| count == 0).collect()
    };
    let mut table = Table::new(["in the report", "counted", "verdict"]).left(&[2]);
    for (whose, layout, counts) in [
        ("翠亨新区", "1+26+307+1307", under(CUIHENG)),
        ("火炬开发区", "1+18+99+1153", under(TORCH)),
        ("全市", "1+23+287+3300+10117", under("442000")),
    ] {
        let declared: Layout = layout.parse()?;
        let wrong = declared.check(&counts);
        let verdict = wrong.first().map_or_else(|| "agrees".to_owned(), |wrong| wrong.text(Lang::En));
        table.row([format!("{whose} {declared}"), grouped(counts.iter().sum::<u64>()), verdict]);
    }
    for (claim, count) in
        [("1万多个四级网格", 10_117), ("超万个网格", 10_117), ("80多个单位", 83), ("1万多人次", 11_300)]
    {
        let read: Claim = claim.parse()?;
        let check = read.check(count);
        let verdict = if check.verdict == ClaimVerdict::Within { "agrees" } else { "does not agree" };
        let range = check.high.map_or_else(
            || format!("{} or more", grouped(check.low)),
            |high| format!("{} to {}", grouped(check.low), grouped(high)),
        );
        table.row([claim.to_owned(), grouped(count), format!("{verdict}: {range}")]);
    }
    table.print();
    Ok(())
}

/// Whether the codes have room for what they must number.
fn capacity(tree: &GridTree) {
    heading("Room in the code schemes", "编码容量");
    let inner = tree.indices().skip(1).filter(|&grid| !tree.is_leaf(grid));
    let children: Vec<_> = inner.map(|grid| (tree.code(grid), tree.span(grid) as u64)).collect();
    let own = samples::code_scheme().capacity_check(&children);
    println!(
        "  the sample's own scheme (9-2-3-2 digits): {}",
        if own.is_enough() { "enough" } else { "too small" }
    );
    let overflow = CodeScheme::cjt_349().spread_check(1153, 7);
    let verdict = overflow.map_or_else(|| "enough".to_owned(), |overflow| overflow.text(Lang::En));
    println!("  CJ/T 349, Torch's 1153 leaves over 7 communities:\n    {verdict}");
}

/// The leaves that each town would have if they were shared out by households.
fn quotas(tree: &GridTree) -> Result<(), Box<dyn Error>> {
    heading("A fair number of leaves", "按户数分配四级网格");
    let households = tree.total("households")?;
    let towns: Vec<GridIndex> = tree.children(tree.root()).collect();
    let weights = towns.iter().map(|town| households[town.get()]).collect::<Vec<f64>>();
    let weights = scaled_weights(&weights, 0)?;
    let fair = Apportion::new(10_117, ApportionMethod::SainteLague).minimum(1).among(&weights)?;
    let mut rows: Vec<(i64, usize)> = Vec::new();
    for (place, &town) in towns.iter().enumerate() {
        rows.push((i64::try_from(tree.leaves(town).count())? - fair.seats[place].cast_signed(), place));
    }
    rows.sort_by_key(|&(difference, place)| (std::cmp::Reverse(difference.abs()), place));
    let mut table = Table::new(["town", "households", "leaves", "by Sainte-Laguë", "difference"]);
    for (difference, place) in rows.into_iter().take(5) {
        table.row([
            tree.name(towns[place]).to_owned(),
            grouped(weights[place]),
            tree.leaves(towns[place]).count().to_string(),
            fair.seats[place].to_string(),
            format!("{difference:+}"),
        ]);
    }
    table.print();
    Ok(())
}

/// A copy of the register with a dozen faults put in: all of them come back at once.
fn broken_copy() -> Result<(), Box<dyn Error>> {
    heading("A broken copy of the register", "有意改坏的区划表：一次报出全部错误");
    let mut rows = samples::register_rows(2023)?;
    let place = |code: &str| rows.iter().position(|row| row.code == code.into()).ok_or("not in the register");
    let (dongqu, gang, xindi) = (place("442000002")?, place(TORCH)?, place("442000101201")?);
    rows[3].code = "44200000101O".into(); // the letter O for a zero
    rows[5].kind = "hamlet".into();
    rows[7].name = "".into();
    rows[9].name = rows[8].name.clone();
    rows[11].parent = "442000999".into();
    rows[13].weights.insert("households".to_owned(), f64::NAN);
    let copy = rows[15].clone();
    rows.push(copy);
    rows[dongqu].parent = TORCH.into(); // each of the two under the other
    rows[gang].parent = "442000002".into();
    rows[xindi].parent = "442000103".into();

    let builder = samples::register_builder();
    let Err(error) = builder.from_rows(rows.clone()) else { return Err("the faults were overlooked".into()) };
    for fault in error.faults() {
        println!("  {:<16} {}", fault.code, fault.text(Lang::En));
    }
    let rest = builder.from_rows_lossy(rows);
    if let Some(tree) = rest.tree {
        let led = rest.rejected.iter().filter(|row| row.row != row.cause).count();
        println!(
            "  What holds together: {:?}; {} rows left out, {led} of them for the sake of a row above.",
            tree.counts(),
            rest.rejected.len()
        );
    }
    Ok(())
}

/// Questions that a member of the staff may ask.
fn questions(tree: &GridTree) {
    heading("Questions", "查询");
    let Some(leaf) = tree.find("4420001180701302") else { return };
    let path: Vec<&str> = tree.path(leaf).into_iter().map(|grid| tree.name(grid)).collect();
    println!("  {} lies in {}", spaced("4420001180701302"), path.join(" › "));
    if let Some(other) = tree.find("4420001181100101") {
        let (meet, steps) = (tree.lca(leaf, other), tree.distance(leaf, other));
        println!(
            "  {} and {} meet in {}, {steps} steps apart",
            spaced("4420001180701302"),
            spaced("4420001181100101"),
            tree.name(meet)
        );
    }
    for text in ["马安", "maan", "cuiheng", "44200010101"] {
        let hits: Vec<String> = tree.search(text).iter().take(3).map(|hit| called(tree, hit.grid)).collect();
        println!("  search {text}: {}", hits.join("，"));
    }
}

/// The ground: does it tile, who is whose neighbour, what lies where; and the strength map over it.
fn ground(city: &Sample, footprints: &Footprints) -> Result<(), Box<dyn Error>> {
    heading("The ground", "地块（边界均为虚构）");
    let tree = city.tree();
    let tiling = footprints.check_tiling(1.0);
    println!(
        "  {} parents checked: children tile them, {} faults",
        grouped(tiling.checked()),
        tiling.faults().len()
    );
    let towns = footprints.adjacency(1, &AdjacencyOptions::new());
    if let Some(shiqi) = tree.find("442000001") {
        let beside: Vec<&str> = towns.neighbours(shiqi).into_iter().map(|town| tree.name(town)).collect();
        println!("  beside {}: {}", tree.name(shiqi), beside.join("、"));
    }
    let place = Point::new(Reference::Wgs84, 113.38, 22.52)?;
    if let Some(leaf) = footprints.locator(Some(4)).locate(&place)? {
        println!("  113.38° E 22.52° N lies in {}", called(tree, leaf));
    }
    let strength = city.strength();
    let features = strength.to_geojson(footprints, &MapOptions::new())?;
    let count = features.matches(r#""type":"Feature""#).count();
    let sum: u64 = tree.leaves(tree.root()).map(|leaf| strength.own(leaf, None)).sum();
    println!(
        "  strength map 网格人员力量分布图: {} features, {} people in them, roster {}",
        grouped(count),
        grouped(sum),
        grouped(strength.roster_size()),
    );
    Ok(())
}
