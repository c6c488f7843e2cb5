//! A city of the size that the newspaper reports, and random trees; written to be read.
#![allow(dead_code, reason = "each test takes what it needs")]

use gridcore::{GridRow, GridTree};
use proptest::prelude::*;

/// What the report says of Torch (火炬), Cuiheng (翠亨), and so of the 21 other towns: grids on levels 2, 3 and 4.
pub(crate) const TORCH: [usize; 3] = [18, 99, 1153];
pub(crate) const CUIHENG: [usize; 3] = [26, 307, 1307];
pub(crate) const OTHERS: [usize; 3] = [287 - 18 - 26, 3300 - 99 - 307, 10117 - 1153 - 1307];

/// 1 city, 23 towns (T01 is Torch, T02 Cuiheng), 287, 3300 and 10117 grids beneath them.
pub(crate) fn city() -> GridTree {
    let mut rows = vec![GridRow::new("C", "city")];
    let towns: Vec<String> = (1..=23).map(|town| format!("T{town:02}")).collect();
    rows.extend(towns.iter().map(|town| GridRow::new(town.as_str(), town.as_str()).under("C")));
    for (towns, counts) in [(&towns[..1], TORCH), (&towns[1..2], CUIHENG), (&towns[2..], OTHERS)] {
        let mut above = towns.to_vec();
        for count in counts {
            // Child `i` of `count` stands under parent `i × parents ÷ count`: as even as can be.
            let below: Vec<(String, String)> = (0..count)
                .map(|child| {
                    let parent = &above[child * above.len() / count];
                    (format!("{parent}-{child:04}"), parent.clone())
                })
                .collect();
            rows.extend(
                below
                    .iter()
                    .map(|(code, parent)| GridRow::new(code.as_str(), code.as_str()).under(parent.as_str())),
            );
            above = below.into_iter().map(|(code, _)| code).collect();
        }
    }
    GridTree::from_rows(rows).expect("the rows are sound")
}

/// Builds the tree in which grid `i + 1` stands under grid `above[i]`, an earlier one; codes `g0`, `g1`, …
pub(crate) fn tree_of(above: &[usize]) -> GridTree {
    let rows = above.iter().enumerate().map(|(number, parent)| {
        let code = format!("g{}", number + 1);
        GridRow::new(code.as_str(), code.as_str()).under(format!("g{parent}"))
    });
    GridTree::from_rows(std::iter::once(GridRow::new("g0", "g0")).chain(rows)).expect("the rows are sound")
}

/// Any tree of up to 40 grids.
pub(crate) fn any_tree() -> impl Strategy<Value = GridTree> {
    proptest::collection::vec(any::<prop::sample::Index>(), 0..40).prop_map(|picks| {
        let above: Vec<usize> =
            picks.iter().enumerate().map(|(number, pick)| pick.index(number + 1)).collect();
        tree_of(&above)
    })
}
