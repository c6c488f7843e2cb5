//! What can be wrong with a list of declared counts.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};

/// One fault of a list of declared counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredFault {
    /// The row, from 0.
    pub row: usize,
    /// What is wrong.
    pub kind: DeclaredFaultKind,
}

/// What is wrong with a declared count.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeclaredFaultKind {
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code, as the row has it.
        code: String,
    },
    /// The schema has no such level.
    UnknownLevel {
        /// The level.
        level: u8,
        /// The deepest there is.
        deepest: u8,
    },
    /// The level lies above a grid of the row, so that nothing beneath it can be counted.
    LevelAboveGrid {
        /// The code of the grid.
        code: String,
        /// The level that is to be counted.
        level: u8,
        /// The grid's own.
        own: u8,
    },
    /// A grid of the row is one of an earlier count of the same level, or lies beneath or above one.
    Overlap {
        /// The row of the other; the same row if both stand in it.
        first: usize,
        /// The code of the grid.
        code: String,
        /// The code of the other.
        other: String,
    },
    /// An earlier row declares a total for the same level.
    SecondTotal {
        /// That row.
        first: usize,
    },
}

use DeclaredFaultKind as K;

impl DeclaredFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::UnknownGrid { .. } => "unknown_grid",
            K::UnknownLevel { .. } => "unknown_level",
            K::LevelAboveGrid { .. } => "level_above_grid",
            K::Overlap { .. } => "overlap",
            K::SecondTotal { .. } => "second_total",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code()).at(self.row);
        match &self.kind {
            K::UnknownGrid { code } => {
                let code = shortened(code);
                fault
                    .in_column("grids")
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy(
                        "correct the code, or translate it to this edition of the tree",
                        "请改正编码，或换算到本版网格体系",
                    )
            }
            K::UnknownLevel { level, deepest } => fault
                .in_column("level")
                .found(level, format!("0 to {deepest}"))
                .says(format!("level {level} is none of the schema's"), format!("层级 {level} 不在方案之内"))
                .remedy(format!("use a level from 0 to {deepest}"), format!("请用 0 至 {deepest}")),
            K::LevelAboveGrid { code, level, own } => fault
                .in_column("level")
                .on(code)
                .found(level, format!("{own} or deeper"))
                .says(
                    format!("level {level} lies above {code}, which is on level {own}"),
                    format!("第 {level} 级在 {code}（第 {own} 级）之上"),
                )
                .remedy("count a deeper level, or name a higher grid", "请统计更深的层级，或改用上级网格"),
            K::Overlap { first, code, other } => {
                fault.related = vec![*first];
                fault
                    .in_column("grids")
                    .on(code)
                    .says(
                        format!("{code} and {other} of row {first} share grids, which would count twice"),
                        format!("{code} 与第 {first} 行的 {other} 有重叠，会重复计数"),
                    )
                    .remedy("name each part of the territory once for a level", "每级的每块地域只列一次")
            }
            K::SecondTotal { first } => {
                fault.related = vec![*first];
                fault
                    .in_column("grids")
                    .says(
                        format!("row {first} declares the total of this level already"),
                        format!("第 {first} 行已写明该级的总数"),
                    )
                    .remedy(
                        "keep one, or name the grids that the other speaks of",
                        "请保留其一，或写明所指的网格",
                    )
            }
        }
    }
}

/// Why declared counts could not be compared: every fault, by row.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// # let tree = GridTree::from_rows([
/// #     GridRow::new("1", "city"),
/// #     GridRow::new("11", "north").under("1"),
/// #     GridRow::new("12", "south").under("1"),
/// # ])?;
/// use gridcore::tree::DeclaredRow;
/// let error = tree.declared([DeclaredRow::total(1, 2), DeclaredRow::total(1, 3)]).expect_err("one is too many");
/// assert_eq!((error.list()[0].row, error.list()[0].code()), (1, "second_total"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredError {
    pub(super) faults: Vec<DeclaredFault>,
}

impl DeclaredError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[DeclaredFault] {
        &self.faults
    }
}

impl fmt::Display for DeclaredError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for DeclaredError {}

impl Problem for DeclaredError {
    fn code(&self) -> &'static str {
        "declared_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(DeclaredFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
