//! Which grids a caller asks about: one code, a column of codes, or positions; and the same form for answers.

use gridcore::tree::TextColumn;
use gridcore::{Fault, GridIndex, GridTree as Core};
use js_sys::{Array, Int32Array, Uint32Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{TEXT, Wanted, all_wrong, items, mistyped, wrong};
use crate::column::{Strings, no_room};
use crate::error::{faulty, refused, thrown};

const GRIDS: Wanted = ("a code, an array of codes, or positions", "编码、编码数组或位置");

/// Grids that a caller asks about, in the form in which they came.
pub(crate) enum Asked {
    One(GridIndex),
    Codes(Vec<Option<GridIndex>>),
    Positions(Vec<Option<GridIndex>>),
}

/// The grid of one code.
pub(crate) fn one(tree: &Core, name: &str, value: &JsValue) -> Result<GridIndex, JsValue> {
    let code = value.as_string().ok_or_else(|| wrong(name, value, ("a code as text", "文本形式的编码")))?;
    match tree.find(&code) {
        Some(grid) => Ok(grid),
        None => Err(unknown(tree, &[Some(&code)])),
    }
}

/// The error of codes that the tree has not, in the core's own words.
fn unknown(tree: &Core, codes: &[Option<&str>]) -> JsValue {
    let root = tree.code(tree.root()).to_string();
    match tree.index(codes.iter().map(|code| code.unwrap_or(&root))) {
        Err(error) => refused(error),
        Ok(_) => thrown("unknown_grid", "the tree has no such grid", "网格体系中没有该网格", &[]),
    }
}

/// Codes in, positions out; a missing code is no grid.
pub(crate) fn by_codes(tree: &Core, name: &str, codes: &Array) -> Result<Vec<Option<GridIndex>>, JsValue> {
    let mut texts = Strings::default();
    let mut grids: Vec<Option<GridIndex>> = Vec::new();
    let rows = codes.length() as usize;
    grids.try_reserve_exact(rows).map_err(|_| no_room(rows))?;
    let (mut faults, mut lost) = (Vec::new(), false);
    for (row, value) in items(codes).enumerate() {
        let code = value.as_string();
        if code.is_none() && !value.is_null() && !value.is_undefined() && faults.len() < 10_000 {
            faults.push(mistyped(name, Some(row), &value, TEXT));
        }
        let grid = code.as_deref().and_then(|code| tree.find(code));
        lost |= code.is_some() && grid.is_none();
        texts.push(code.as_deref());
        grids.push(grid);
    }
    if !faults.is_empty() {
        return Err(all_wrong(&faults));
    }
    if lost {
        let texts: Vec<Option<&str>> = (0..rows).map(|row| texts.text(row)).collect();
        return Err(unknown(tree, &texts));
    }
    Ok(grids)
}

/// Positions in; −1 (or 2³² − 1) is no grid.
pub(crate) fn by_positions(
    tree: &Core,
    name: &str,
    positions: Vec<i32>,
) -> Result<Vec<Option<GridIndex>>, JsValue> {
    let mut faults = Vec::new();
    let mut grids = Vec::with_capacity(positions.len());
    for (row, position) in positions.into_iter().enumerate() {
        let grid = usize::try_from(position).ok().and_then(|position| tree.at(position));
        if grid.is_none() && position != -1 && faults.len() < 10_000 {
            faults.push(outside(name, row, position, tree.len()));
        }
        grids.push(grid);
    }
    match &faults[..] {
        [] => Ok(grids),
        [only] => Err(faulty(only.clone())),
        [first, ..] => {
            let en = format!("{} positions are outside the tree; the first: {}", faults.len(), first.message);
            let zh = format!("{} 个位置超出网格体系；第一个：{}", faults.len(), first.message_zh);
            Err(thrown("unknown_position", &en, &zh, &faults))
        }
    }
}

fn outside(name: &str, row: usize, position: i32, size: usize) -> Fault {
    Fault {
        code: "unknown_position".to_owned(),
        row: Some(row),
        column: Some(name.to_owned()),
        found: Some(position.to_string()),
        wanted: Some(format!("from 0 to {}, or -1 for none", size - 1)),
        message: format!("the tree has no position {position}"),
        message_zh: format!("网格体系没有位置 {position}"),
        remedy: "take positions from index() of the same tree".to_owned(),
        remedy_zh: "请使用同一网格体系 index() 给出的位置".to_owned(),
        ..Fault::default()
    }
}

/// Grids none of which may be missing.
#[cfg(feature = "responsibility")]
pub(crate) fn all_there(name: &str, grids: Vec<Option<GridIndex>>) -> Result<Vec<GridIndex>, JsValue> {
    let missing = |(row, grid): (usize, &Option<GridIndex>)| {
        grid.is_none().then(|| mistyped(name, Some(row), &JsValue::NULL, TEXT))
    };
    let faults: Vec<Fault> = grids.iter().enumerate().filter_map(missing).take(10_000).collect();
    if faults.is_empty() { Ok(grids.into_iter().flatten().collect()) } else { Err(all_wrong(&faults)) }
}

/// What a caller asks about.
pub(crate) fn asked(tree: &Core, name: &str, value: &JsValue) -> Result<Asked, JsValue> {
    if value.is_string() {
        return Ok(Asked::One(one(tree, name, value)?));
    }
    if let Some(codes) = value.dyn_ref::<Array>() {
        return Ok(Asked::Codes(by_codes(tree, name, codes)?));
    }
    if let Some(positions) = value.dyn_ref::<Int32Array>() {
        return Ok(Asked::Positions(by_positions(tree, name, positions.to_vec())?));
    }
    if let Some(positions) = value.dyn_ref::<Uint32Array>() {
        let positions = positions.to_vec().into_iter().map(u32::cast_signed).collect();
        return Ok(Asked::Positions(by_positions(tree, name, positions)?));
    }
    Err(wrong(name, value, GRIDS))
}

pub(crate) fn text_of(tree: &Core, grid: Option<GridIndex>) -> JsValue {
    grid.map_or(JsValue::NULL, |grid| tree.code(grid).with_str(JsValue::from_str))
}

pub(crate) fn codes_of(tree: &Core, grids: impl IntoIterator<Item = Option<GridIndex>>) -> Array {
    grids.into_iter().map(|grid| text_of(tree, grid)).collect()
}

pub(crate) fn positions_of(grids: impl IntoIterator<Item = Option<GridIndex>>) -> Int32Array {
    let place = |grid: GridIndex| i32::try_from(grid.get()).unwrap_or(i32::MAX);
    let places: Vec<i32> = grids.into_iter().map(|grid| grid.map_or(-1, place)).collect();
    Int32Array::from(&places[..])
}
