//! Questions about places in the tree, each with one grid, a column of codes, or a column of positions.

use gridcore::tree::{Ragged, TooManyValues};
use gridcore::{GridIndex, GridTree};
use serde_json::Value;

use super::Op;
use crate::input::{json, wrong};
use crate::{Answer, Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("tree.len", |input| json(input.tree()?.len())),
    ("tree.counts", |input| {
        let tree = input.tree()?;
        json(tree.counts_under(input.grid(&tree, "grid")?))
    }),
    ("tree.layout", |input| {
        let tree = input.tree()?;
        let grid = input.grid(&tree, "grid")?;
        let counts: Vec<u64> = tree.counts_under(grid).into_iter().map(|count| count as u64).collect();
        json(gridcore::Layout::new(&counts[usize::from(tree.level(grid))..])?.to_string())
    }),
    ("tree.contains", |input| json(input.tree()?.find(&input.get::<String>("code")?).is_some())),
    ("tree.index", |input| {
        let found = input.tree()?.index(input.get::<Vec<String>>("codes")?)?;
        json(found.iter().map(|grid| grid.get()).collect::<Vec<_>>())
    }),
    ("tree.codes", |input| {
        let tree = input.tree()?;
        let asked = Asked::Positions(positions(&tree, &input.get::<Vec<i64>>("positions")?)?);
        Asked::Codes(asked.grids().to_vec()).one_each(&tree, Some)
    }),
    ("tree.parent", |input| {
        let tree = input.tree()?;
        let asked = Asked::read(input, &tree, "grid")?;
        if let Some(grids) = asked.whole() {
            asked.answers(&tree, &tree.parents(&grids))
        } else {
            asked.one_each(&tree, |grid| tree.parent(grid))
        }
    }),
    ("tree.ancestor_at", |input| {
        let tree = input.tree()?;
        let asked = Asked::read(input, &tree, "grid")?;
        let level = input.get("level")?;
        if let Some(grids) = asked.whole() {
            asked.answers(&tree, &tree.ancestors_at(&grids, level))
        } else {
            asked.one_each(&tree, |grid| tree.ancestor_at(grid, level))
        }
    }),
    ("tree.depth", |input| {
        let tree = input.tree()?;
        let asked = Asked::read(input, &tree, "grid")?;
        asked.plain(&tree.depths(&asked.wholly()?), |grid| tree.depth(grid))
    }),
    ("tree.lca", |input| {
        let (tree, a, b) = pair(input, "a", "b")?;
        let found: Vec<_> = tree.lcas(&a.wholly()?, &b.wholly()?).into_iter().map(Some).collect();
        a.answers(&tree, &found)
    }),
    ("tree.distance", |input| {
        let (tree, a, b) = pair(input, "a", "b")?;
        let (ones, others) = (a.wholly()?, b.wholly()?);
        a.plain(&tree.distances(&ones, &others), |grid| tree.distance(grid, others[0]))
    }),
    ("tree.is_ancestor", |input| {
        let (tree, above, below) = pair(input, "above", "below")?;
        let (ones, others) = (above.wholly()?, below.wholly()?);
        above.plain(&tree.are_ancestors(&ones, &others), |grid| tree.is_ancestor(grid, others[0]))
    }),
    ("tree.children", |input| {
        lists(input, GridTree::children_of, |tree, grid| tree.children(grid).collect())
    }),
    ("tree.path", |input| lists(input, GridTree::paths_of, GridTree::path)),
    ("tree.leaves", |input| lists(input, GridTree::leaves_of, |tree, grid| tree.leaves(grid).collect())),
    ("tree.siblings", |input| {
        lists(input, GridTree::siblings_of, |tree, grid| tree.siblings(grid).collect())
    }),
    ("tree.descendants", |input| match input.get::<Option<u8>>("level")? {
        None => lists(input, GridTree::descendants_of, |tree, grid| tree.descendants(grid).collect()),
        Some(level) => lists(
            input,
            |tree, grids| tree.descendants_at_of(grids, level),
            |tree, grid| tree.descendants_at(grid, level).collect(),
        ),
    }),
    ("tree.children_page", |input| {
        let tree = input.tree()?;
        let grid = input.grid(&tree, "grid")?;
        json(tree.children_page(grid, input.get("offset")?, input.get("limit")?))
    }),
];

/// What a vector asks about, and so the form of the answer.
enum Asked {
    One([Option<GridIndex>; 1]),
    Codes(Vec<Option<GridIndex>>),
    Positions(Vec<Option<GridIndex>>),
}

impl Asked {
    fn read(input: &Input<'_>, tree: &GridTree, name: &str) -> Result<Self, Stop> {
        match input.value(name) {
            Some(Value::String(code)) => Ok(Self::One([Some(tree.index([code])?[0])])),
            Some(Value::Array(values)) if values.first().is_some_and(Value::is_number) => {
                Ok(Self::Positions(positions(tree, &input.get::<Vec<i64>>(name)?)?))
            }
            _ => {
                Ok(Self::Codes(tree.index(input.get::<Vec<String>>(name)?)?.into_iter().map(Some).collect()))
            }
        }
    }

    fn grids(&self) -> &[Option<GridIndex>] {
        match self {
            Self::One(grid) => grid,
            Self::Codes(grids) | Self::Positions(grids) => grids,
        }
    }

    /// The grids, if none of them is none.
    fn whole(&self) -> Option<Vec<GridIndex>> {
        self.grids().iter().copied().collect()
    }

    fn wholly(&self) -> Result<Vec<GridIndex>, Stop> {
        self.whole().ok_or_else(|| wrong("none is no grid here"))
    }

    fn show(&self, tree: &GridTree, grid: Option<GridIndex>) -> Answer {
        match (self, grid) {
            (Self::Positions(_), Some(grid)) => json(grid.get()),
            (Self::Positions(_), None) => json(-1),
            (_, grid) => json(grid.map(|grid| tree.code(grid))),
        }
    }

    /// Answers that are grids.
    fn answers(&self, tree: &GridTree, found: &[Option<GridIndex>]) -> Answer {
        if let (Self::One(_), [only]) = (self, found) {
            return self.show(tree, *only);
        }
        found.iter().map(|&grid| self.show(tree, grid)).collect::<Result<_, _>>().map(Value::Array)
    }

    fn one_each(&self, tree: &GridTree, ask: impl Fn(GridIndex) -> Option<GridIndex>) -> Answer {
        let found: Vec<_> = self.grids().iter().map(|grid| ask((*grid)?)).collect();
        self.answers(tree, &found)
    }

    /// Answers that are no grids: the bulk answer, which has to agree with the single one.
    fn plain<T: serde::Serialize + PartialEq>(&self, bulk: &[T], single: impl Fn(GridIndex) -> T) -> Answer {
        match (self, bulk) {
            (Self::One([Some(grid)]), [only]) => {
                if single(*grid) != *only {
                    return Err(wrong("the single and the bulk answer differ"));
                }
                json(only)
            }
            _ => json(bulk),
        }
    }
}

fn positions(tree: &GridTree, positions: &[i64]) -> Result<Vec<Option<GridIndex>>, Stop> {
    let grid = |&position: &i64| match usize::try_from(position) {
        Ok(position) => tree.at(position).map(Some).ok_or_else(|| wrong("no such position")),
        Err(_) => Ok(None),
    };
    positions.iter().map(grid).collect()
}

fn pair(input: &Input<'_>, a: &str, b: &str) -> Result<(GridTree, Asked, Asked), Stop> {
    let tree = input.tree()?;
    let (a, b) = (Asked::read(input, &tree, a)?, Asked::read(input, &tree, b)?);
    Ok((tree, a, b))
}

/// Answers that are lists of grids; for one grid the single call has to agree with the bulk call.
fn lists(
    input: &Input<'_>,
    bulk: impl Fn(&GridTree, &[GridIndex]) -> Result<Ragged, TooManyValues>,
    single: impl Fn(&GridTree, GridIndex) -> Vec<GridIndex>,
) -> Answer {
    let tree = input.tree()?;
    let asked = Asked::read(input, &tree, "grid")?;
    let grids = asked.wholly()?;
    let found = bulk(&tree, &grids)?;
    if grids.iter().zip(found.iter()).any(|(&grid, row)| single(&tree, grid) != row) {
        return Err(wrong("the single and the bulk answer differ"));
    }
    let list = |row: &[GridIndex]| {
        row.iter().map(|&grid| asked.show(&tree, Some(grid))).collect::<Result<_, _>>().map(Value::Array)
    };
    match asked {
        Asked::One(_) => list(found.row(0)),
        _ => found.iter().map(list).collect::<Result<_, _>>().map(Value::Array),
    }
}
