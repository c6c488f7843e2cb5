//! The page: one file with the city's data inside, drawn by its own script; it loads nothing.

use std::collections::BTreeMap;
use std::error::Error;

use gridcore::geo::Footprints;
use gridcore::roster::{GridCountRow, RosterSide};
use gridcore::samples::{self, Sample, StaffRole};
use gridcore::{ApportionError, GridIndex, GridTree, Layout, scaled_weights};
use pinyin::ToPinyin as _;
use serde_json::{Value, json};

use crate::roster::{Reconciled, STATES};
use crate::send::{Moment, Sent};

/// The page without its data.
const TEMPLATE: &str = include_str!("page.html");

/// Where the data goes in.
const SLOT: &str = "/*DATA*/null";

/// Writes the page.
pub(crate) fn render(
    city: &Sample,
    footprints: &Footprints,
    sent: &Sent,
    reconciled: &Reconciled,
) -> Result<String, Box<dyn Error>> {
    let mut data = data(city, footprints, sent)?;
    data["rosters"] = rosters(city.tree(), reconciled);
    let data = data.to_string();
    // Inside a script element `</` could end it.
    Ok(TEMPLATE.replace(SLOT, &data.replace("</", "<\\/")))
}

/// All that the page shows, by position in preorder: a grid's parent is the last one before it on a higher level.
fn data(city: &Sample, footprints: &Footprints, sent: &Sent) -> Result<Value, Box<dyn Error>> {
    let tree = city.tree();
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for grid in tree.indices() {
        names.insert(tree.name(grid), 0);
    }
    for (place, name) in names.values_mut().enumerate() {
        *name = place;
    }
    let levels: String = tree.indices().map(|grid| tree.level(grid).to_string()).collect();
    let name_of: Vec<usize> = tree.indices().map(|grid| names[tree.name(grid)]).collect();
    let kinds: Vec<&str> = tree.indices().map(|grid| tree.kind(grid).unwrap_or_default()).collect();
    let (points, shapes) = shapes(tree, footprints);
    let counts: Vec<u64> = tree.counts().into_iter().map(|count| count as u64).collect();
    Ok(json!({
        "seed": city.seed(),
        "layout": Layout::new(counts)?.to_string(),
        "schema": tree.schema(),
        "levels": levels,
        "names": names.keys().collect::<Vec<_>>(),
        "name": name_of,
        "code": endings(tree),
        "kind": kinds.iter().map(|kind| kind.chars().next().map_or('-', |first| first)).collect::<String>(),
        "weights": weights(tree)?,
        "roles": roles(),
        "staff": staff(city),
        "moments": moments(sent),
        "cover": cover(city)?,
        "fronts": fronts(city),
        "also": also(tree),
        "pinyin": readings(names.keys().copied().chain(["火炬开发区", "翠亨新区"])),
        "points": points,
        "shapes": shapes,
    }))
}

/// What came of the rosters: the states in all and by leaf, and the decisions that are explained.
fn rosters(tree: &GridTree, reconciled: &Reconciled) -> Value {
    let states = STATES.map(|(state, zh, en)| json!({ "id": state.id(), "label": { "zh": zh, "en": en } }));
    let rows = |side, state| {
        let row = reconciled.counts.iter().find(|row| (row.side, row.state) == (side, state));
        row.map(|row| row.rows)
    };
    let counts = RosterSide::ALL.map(|side| STATES.map(|(state, ..)| rows(side, state)));
    let leaf = |row: &GridCountRow| {
        let grid = row.grid.as_deref().and_then(|code| tree.find(code)).map(GridIndex::get);
        let left = [row.left_matched, row.missing, 0, row.left_duplicate, row.left_review];
        let right = [row.right_matched, 0, row.extra, row.right_duplicate, row.right_review];
        json!([grid, left, right])
    };
    let both = |[zh, en]: &[String; 2]| json!({ "zh": zh, "en": en });
    let explained = reconciled.explained.iter().map(|one| {
        let title = json!({ "zh": one.title[0], "en": one.title[1] });
        json!({ "title": title, "words": both(&one.words), "chart": both(&one.chart) })
    });
    json!({
        "states": states,
        "counts": counts,
        "leaves": reconciled.leaves.iter().filter(|row| row.grid.is_some()).map(leaf).collect::<Vec<_>>(),
        "explained": explained.collect::<Vec<_>>(),
    })
}

/// What each code adds to its parent's.
fn endings(tree: &GridTree) -> Vec<String> {
    let ending = |grid: GridIndex| {
        let code = tree.code(grid).to_string();
        let above = tree.parent(grid).map_or(0, |parent| tree.code(parent).to_string().len());
        code.get(above..).unwrap_or_default().to_owned()
    };
    tree.indices().map(ending).collect()
}

/// People and households of each leaf, in order.
fn weights(tree: &GridTree) -> Result<Value, ApportionError> {
    let of_leaves = |name: &str| {
        let values: Vec<f64> = tree.leaves(tree.root()).filter_map(|leaf| tree.weight(leaf, name)).collect();
        scaled_weights(&values, 0)
    };
    Ok(json!({ "people": of_leaves("people")?, "households": of_leaves("households")? }))
}

fn roles() -> Value {
    StaffRole::ALL.iter().map(|role| json!({ "id": role.id(), "label": role.label() })).collect()
}

/// How many people of each role each leaf has, in order.
fn staff(city: &Sample) -> Vec<Vec<u64>> {
    let (tree, strength) = (city.tree(), city.strength());
    let of_role =
        |role: &StaffRole| tree.leaves(tree.root()).map(|leaf| strength.own(leaf, Some(role.id()))).collect();
    StaffRole::ALL.iter().map(of_role).collect()
}

/// How many people stand in each leaf at each moment, in order.
fn moments(sent: &Sent) -> Value {
    let moment = |moment: &Moment| json!({ "id": moment.id, "label": { "zh": moment.zh, "en": moment.en }, "strength": moment.strength });
    sent.moments.iter().map(moment).collect()
}

/// The villages of each level-2 grid: name, code, people in the grid, people in all.
fn cover(city: &Sample) -> Result<Value, Box<dyn Error>> {
    let register = samples::register(2023)?;
    let mut covers: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for row in city.cover() {
        let grid = city.tree().find(&row.grid.to_string()).map_or(0, GridIndex::get);
        let village = row.village.to_string();
        let name = register.find(&village).map(|village| register.name(village));
        covers.entry(grid.to_string()).or_default().push(json!([
            name,
            village,
            row.people,
            row.village_people
        ]));
    }
    Ok(json!(covers))
}

fn fronts(city: &Sample) -> Value {
    let front = |front: &gridcore::tree::Front| {
        let members: Vec<usize> = front.members().iter().map(|grid| grid.get()).collect();
        json!({ "label": front.label(), "members": members })
    };
    city.fronts().all().iter().map(front).collect()
}

/// What two towns are called besides: the new districts that the report speaks of.
fn also(tree: &GridTree) -> BTreeMap<String, Value> {
    let names = [(crate::TORCH, "火炬开发区", "Torch"), (crate::CUIHENG, "翠亨新区", "Cuiheng")];
    let also = |(code, zh, en): (&str, &str, &str)| {
        Some((tree.find(code)?.get().to_string(), json!({ "zh": zh, "en": en })))
    };
    names.into_iter().filter_map(also).collect()
}

/// How each character of the names is read, without tones.
fn readings<'n>(names: impl Iterator<Item = &'n str>) -> BTreeMap<String, &'static str> {
    let characters = names.flat_map(str::chars);
    characters.filter_map(|one| Some((one.to_string(), one.to_pinyin()?.plain()))).collect()
}

/// Corners once each, and the outlines as places in them.
///
/// Corners are in hundred-thousandths of a degree, longitudes and latitudes by turns; both lists hold differences to the
/// entry before, which are shorter to write.
fn shapes(tree: &GridTree, footprints: &Footprints) -> (Vec<i64>, Vec<Vec<Vec<i64>>>) {
    let mut known: BTreeMap<(i64, i64), i64> = BTreeMap::new();
    let mut points = Vec::new();
    let (mut last, mut new) = ((0, 0), 0_i64);
    // Leaves first, so that neighbouring corners stand close together in the list.
    let leaves: Vec<GridIndex> = tree.leaves(tree.root()).collect();
    let mut shapes = vec![Vec::new(); tree.len()];
    for grid in leaves.into_iter().chain(tree.indices().filter(|&grid| !tree.is_leaf(grid))) {
        let Some(footprint) = footprints.get(grid) else { continue };
        for ring in footprint.polygons().flatten() {
            let mut before = 0;
            let mut places = Vec::new();
            for &[lon, lat] in ring.iter().take(ring.len().saturating_sub(1)) {
                let corner = ((lon * 1e5).round() as i64, (lat * 1e5).round() as i64);
                let place = *known.entry(corner).or_insert_with(|| {
                    points.extend([corner.0 - last.0, corner.1 - last.1]);
                    last = corner;
                    new += 1;
                    new - 1
                });
                places.push(place - before);
                before = place;
            }
            shapes[grid.get()].push(places);
        }
    }
    (points, shapes)
}
