//! Lists merged the long way: sets of rows, each key's values looked up in every set.

use std::collections::BTreeSet;

/// One row of any list: its cells in the columns, the keys first.
pub(crate) type Row = Vec<Option<String>>;

/// Which rows are the same person, by keys in the first columns, the surest first.
pub(crate) fn groups(rows: &[Row], keys: usize) -> Vec<BTreeSet<usize>> {
    let mut groups: Vec<BTreeSet<usize>> = (0..rows.len()).map(|row| BTreeSet::from([row])).collect();
    let says = |group: &BTreeSet<usize>, key: usize| -> BTreeSet<String> {
        group.iter().filter_map(|&row| rows[row][key].clone()).collect()
    };
    for key in 0..keys {
        let values: BTreeSet<String> = rows.iter().filter_map(|row| row[key].clone()).collect();
        for value in values {
            let (same, rest): (Vec<_>, Vec<_>) =
                groups.iter().cloned().partition(|group| says(group, key).contains(&value));
            let sound = (0..key).all(|surer| {
                let all: Vec<_> =
                    same.iter().map(|group| says(group, surer)).filter(|says| !says.is_empty()).collect();
                all.is_empty() || all[0].iter().any(|value| all.iter().all(|says| says.contains(value)))
            });
            if sound && same.len() > 1 {
                groups = rest;
                groups.push(same.into_iter().flatten().collect());
            }
        }
    }
    groups.sort();
    groups
}
