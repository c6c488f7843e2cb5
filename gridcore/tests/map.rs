//! Laws of the strength map and its treemap.
#![expect(clippy::cast_sign_loss, reason = "counts are made from whole numbers")]
#![expect(clippy::unwrap_used, reason = "a test may fail by panicking")]

use std::collections::BTreeMap;

use gridcore::map::{Breaks, CountRow, MapArea, MapCells, MapOptions, StrengthMap};
use gridcore::{GridIndex, GridRow, GridTree, Lang, Problem};
use proptest::prelude::*;

const ROLES: [&str; 3] = ["网格员", "head", "a&b"];

/// A tree by the parent of each grid, an earlier one.
fn tree(parents: &[prop::sample::Index]) -> GridTree {
    let mut rows = vec![GridRow::new("g0", "root")];
    for (i, parent) in parents.iter().enumerate() {
        let row = GridRow::new(format!("g{}", i + 1), format!("grid <{}>", i + 1))
            .under(format!("g{}", parent.index(i + 1)));
        rows.push(row.weight("households", (i % 7) as f64));
    }
    GridTree::from_rows(rows).unwrap()
}

prop_compose! {
    fn cities()(
        parents in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
        counts in prop::collection::vec((any::<prop::sample::Index>(), 0..3_usize, 0..30_u32), 0..60),
    ) -> (GridTree, Vec<CountRow>) {
        let tree = tree(&parents);
        let mut unique = BTreeMap::new();
        for (grid, role, count) in counts {
            unique.insert((grid.index(parents.len() + 1), role), count);
        }
        let row = |((grid, role), count): ((usize, usize), u32)| CountRow::new(format!("g{grid}"), ROLES[role], f64::from(count));
        (tree, unique.into_iter().map(row).collect())
    }
}

/// The oracle: every row looked at for every question.
fn counted(tree: &GridTree, rows: &[CountRow], grid: GridIndex, role: Option<&str>, below: bool) -> u64 {
    let here = |row: &&CountRow| {
        let place = tree.find(&row.code).unwrap();
        place == grid || (below && tree.is_ancestor(grid, place))
    };
    let of_role = |row: &&CountRow| role.is_none_or(|role| row.role == role);
    rows.iter().filter(here).filter(of_role).map(|row| row.count as u64).sum()
}

/// The values of an attribute, in order.
fn values<'s>(svg: &'s str, name: &str) -> Vec<&'s str> {
    let start = format!(" {name}=\"");
    svg.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// The oracle for well-formed XML: every tag is closed in turn, every text is escaped.
fn is_well_formed(text: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for part in text.split('<').skip(1) {
        let Some((tag, rest)) = part.split_once('>') else { return false };
        if rest.contains('>') || rest.split('&').skip(1).any(|rest| !rest.contains(';')) {
            return false;
        }
        let name = tag.split([' ', '/']).next().unwrap_or("");
        if let Some(closed) = tag.strip_prefix('/') {
            if open.pop() != Some(closed) {
                return false;
            }
        } else if !tag.ends_with('/') {
            open.push(name);
        }
    }
    open.is_empty()
}

proptest! {
    /// Own and total numbers are the oracle's, for each role and for all.
    #[test]
    fn counts_agree_with_the_oracle((tree, rows) in cities()) {
        let map = StrengthMap::new(&tree, rows.clone()).unwrap();
        for role in [None, Some("head"), Some("网格员"), Some("a&b"), Some("nobody")] {
            for grid in tree.indices() {
                prop_assert_eq!(map.own(grid, role), counted(&tree, &rows, grid, role, false));
                prop_assert_eq!(map.total(grid, role), counted(&tree, &rows, grid, role, true));
            }
        }
        let people: f64 = rows.iter().map(|row| row.count).sum();
        prop_assert_eq!(map.roster_size(), people as u64);
        prop_assert_eq!(tree.indices().map(|grid| map.own(grid, None)).sum::<u64>(), map.roster_size());
    }

    /// The order of rows has no meaning; columns are rows.
    #[test]
    fn order_does_not_matter((tree, rows) in cities(), turn in any::<prop::sample::Index>()) {
        let options = MapOptions::new();
        let wanted = StrengthMap::new(&tree, rows.clone()).unwrap().to_svg(&options).unwrap();
        let mut turned = rows.clone();
        turned.rotate_left(if rows.is_empty() { 0 } else { turn.index(rows.len()) });
        prop_assert_eq!(&StrengthMap::new(&tree, turned).unwrap().to_svg(&options).unwrap(), &wanted);
        let (codes, roles): (Vec<_>, Vec<_>) = rows.iter().map(|row| (row.code.clone(), row.role.clone())).unzip();
        let counts: Vec<f64> = rows.iter().map(|row| row.count).collect();
        let map = StrengthMap::from_columns(&tree, &codes, &roles, &counts).unwrap();
        prop_assert_eq!(&map.to_svg(&options).unwrap(), &wanted);
    }

    /// A treemap has each cell once, with its number; the cells fill the frame and their areas are their leaves.
    #[test]
    fn treemaps_hold_every_cell((tree, rows) in cities(), level in prop::option::of(0..4_u8), zh in any::<bool>()) {
        let map = StrengthMap::new(&tree, rows).unwrap();
        let wanted_level = level.filter(|&level| tree.indices().any(|grid| tree.level(grid) == level));
        let cells = wanted_level.map_or(MapCells::Leaves, MapCells::Level);
        let lang = if zh { Lang::Zh } else { Lang::En };
        let svg = map.to_svg(&MapOptions::new().cells(cells).lang(lang)).unwrap();
        prop_assert!(is_well_formed(&svg));
        let grids: Vec<GridIndex> = tree
            .indices()
            .filter(|&grid| match wanted_level {
                None => tree.is_leaf(grid),
                Some(level) => tree.level(grid) == level || tree.level(grid) < level && tree.is_leaf(grid),
            })
            .collect();
        let codes: Vec<String> = grids.iter().map(|&grid| tree.code(grid).to_string()).collect();
        prop_assert_eq!(values(&svg, "data-code"), codes);
        let numbers: Vec<String> = grids.iter().map(|&grid| map.total(grid, None).to_string()).collect();
        prop_assert_eq!(values(&svg, "data-value"), numbers);
        let shares: Vec<(f64, usize)> = svg
            .split("<rect")
            .filter(|part| part.contains("data-code"))
            .zip(&grids)
            .map(|(part, &grid)| {
                let side = |name| values(part, name)[0].parse::<f64>().unwrap();
                (side("width") * side("height"), tree.leaves(grid).count())
            })
            .collect();
        let (area, leaves): (f64, usize) = shares.iter().fold((0.0, 0), |sum, share| (sum.0 + share.0, sum.1 + share.1));
        for (share, count) in shares {
            let wanted = area * count as f64 / leaves as f64;
            prop_assert!((share - wanted).abs() < 0.02 * wanted + 1.0, "{} {}", share, wanted);
        }
    }

    /// With a least cell size no smaller number shows anywhere, and never is a single cell withheld beside others.
    #[test]
    fn small_numbers_are_withheld((tree, rows) in cities(), least in 2..12_u64) {
        let map = StrengthMap::new(&tree, rows).unwrap();
        let svg = map.to_svg(&MapOptions::new().min_cell(least)).unwrap();
        let shown: Vec<u64> = values(&svg, "data-value").into_iter().map(|value| value.parse().unwrap()).collect();
        prop_assert!(shown.iter().all(|&number| number == 0 || number >= least));
        let leaves = tree.leaves(tree.root()).count();
        let withheld = svg.matches(": withheld</title>").count();
        prop_assert_eq!(shown.len() + withheld, leaves);
        prop_assert!(withheld != 1 || shown.iter().all(|&number| number == 0));
        for number in 1..least {
            let told = format!(": {number} people");
            prop_assert!(!svg.contains(&told));
        }
    }
}

fn small() -> (GridTree, StrengthMap) {
    let tree = GridTree::from_rows([
        GridRow::new("1", "市 & 区").weight("households", 9.0),
        GridRow::new("11", "\"北\"").under("1").weight("households", 3.0),
        GridRow::new("12", "<南>").under("1"),
    ])
    .unwrap();
    let map = StrengthMap::new(&tree, [CountRow::new("11", "网格员", 3.0), CountRow::new("1", "head", 1.0)])
        .unwrap();
    (tree, map)
}

#[test]
fn every_bad_row_is_reported() {
    let (tree, _) = small();
    let rows = [
        CountRow::new("11", "worker", 1.0),
        CountRow::new("13", " ", f64::NAN),
        CountRow::new("11", "worker", 2.0),
        CountRow::new("12", "worker", -1.0),
        CountRow::new("12", "worker", 1.5),
        CountRow::new("12", "worker", 1e10),
    ];
    let faults = StrengthMap::new(&tree, rows).unwrap_err().faults();
    let found: Vec<_> = faults.iter().map(|fault| (fault.row.unwrap(), fault.code.as_str())).collect();
    let wanted = [
        (1, "unknown_grid"),
        (1, "empty_role"),
        (1, "bad_count"),
        (2, "duplicate_count"),
        (3, "bad_count"),
        (4, "bad_count"),
        (5, "bad_count"),
    ];
    assert_eq!(found, wanted);
    assert_eq!(faults[3].related, [0]);
    assert_eq!(faults[5].text(Lang::Zh), "第 4 行（从 0 起）：人数不是 0 至 10⁹ 的整数；人数须为整数");
    let uneven = StrengthMap::from_columns(&tree, &["1"], &["head", "head"], &[1.0]).unwrap_err();
    assert_eq!(uneven.faults()[0].code, "column_length");
}

#[test]
fn every_bad_wish_is_reported() {
    let (_, map) = small();
    let options = MapOptions::new()
        .role("nobody")
        .cells(MapCells::Level(7))
        .area(MapArea::Weight("weight".to_owned()))
        .size(f64::NAN, 800.0)
        .classes(1);
    let faults = map.to_svg(&options).unwrap_err().faults();
    let codes: Vec<_> = faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(codes, ["unknown_role", "unknown_level", "unknown_weight", "bad_size", "bad_classes"]);
}

#[test]
fn words_and_wishes_show_in_the_picture() {
    let (_, map) = small();
    let zh = map.to_svg(&MapOptions::new().lang(Lang::Zh).breaks(Breaks::Equal)).unwrap();
    assert!(zh.contains("lang=\"zh-CN\"") && zh.contains("<title>网格人员力量分布图</title>"));
    assert!(zh.contains("<title>市 &amp; 区 › &quot;北&quot;：3 人</title>"));
    assert!(zh.contains("共 4 人：图中各格 3 人，上级网格 1 人。 等间距分级。"));
    let en = map.to_svg(&MapOptions::new().title("A <b>").role("head").size(300.0, 200.0)).unwrap();
    assert!(
        en.contains("A &lt;b&gt;") && en.contains("width=\"300\" height=\"200\" viewBox=\"0 0 300 200\"")
    );
    assert!(en.contains("1 people in all: 0 in the cells shown, 1 at grids above them."));
    // The grid without households cannot be drawn by them.
    let weighed = map.to_svg(&MapOptions::new().area(MapArea::Weight("households".to_owned()))).unwrap();
    assert_eq!(values(&weighed, "data-code"), ["11"]);
    assert!(weighed.contains("Cells left out: 1."));
}
