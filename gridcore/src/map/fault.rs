//! What can be wrong with counts, and with the wishes for a map.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report};

/// One fault found while people were counted.
#[derive(Clone, Debug, PartialEq)]
pub struct StrengthFault {
    /// The row, from 0; none where a whole column is at fault.
    pub row: Option<usize>,
    /// The code of the grid in that row.
    pub grid: Option<String>,
    /// What is wrong.
    pub kind: StrengthFaultKind,
}

/// What is wrong with a row or a column of counts.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum StrengthFaultKind {
    /// A column has another number of rows than `code`.
    ColumnLength {
        /// The column.
        column: &'static str,
        /// Its rows.
        found: usize,
        /// The rows of `code`.
        wanted: usize,
    },
    /// The tree has no grid of this code.
    UnknownGrid,
    /// The role is empty.
    EmptyRole,
    /// The count is no whole number from 0 to 10⁹.
    BadCount {
        /// What it is.
        found: &'static str,
    },
    /// Another row has the same grid and role.
    Duplicate {
        /// The first row with them.
        first: usize,
    },
}

use StrengthFaultKind as K;

impl StrengthFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::ColumnLength { .. } => "column_length",
            K::UnknownGrid => "unknown_grid",
            K::EmptyRole => "empty_role",
            K::BadCount { .. } => "bad_count",
            K::Duplicate { .. } => "duplicate_count",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code());
        fault.row = self.row;
        if let Some(grid) = &self.grid {
            fault = fault.on(grid);
        }
        match self.kind {
            K::ColumnLength { column, found, wanted } => fault
                .in_column(column)
                .found(format!("{found} rows"), format!("{wanted} rows"))
                .says(
                    format!("the column {column:?} has {found} rows and \"code\" has {wanted}"),
                    format!("列 {column:?} 有 {found} 行，而 \"code\" 有 {wanted} 行"),
                )
                .remedy("give all columns the same number of rows", "各列行数须一致"),
            K::UnknownGrid => fault
                .in_column("code")
                .says("the tree has no grid of this code", "网格体系中没有此编码")
                .remedy("correct the code, or add the grid to the tree", "请更正编码，或先将网格加入体系"),
            K::EmptyRole => fault
                .in_column("role")
                .found("nothing", "a role")
                .says("the role is empty", "岗位为空")
                .remedy("name the role", "请填写岗位"),
            K::BadCount { found } => fault
                .in_column("count")
                .found(found, "a whole number from 0 to 10⁹")
                .says(format!("the count is {found}"), "人数不是 0 至 10⁹ 的整数")
                .remedy("count whole people", "人数须为整数"),
            K::Duplicate { first } => {
                let mut fault = fault
                    .says(
                        format!("row {first} counts the same role at the same grid"),
                        format!("与第 {first} 行（从 0 起）的网格和岗位重复"),
                    )
                    .remedy("add the two up, or remove one", "请合并或删去其一");
                fault.related = vec![first];
                fault
            }
        }
    }
}

/// Why rows make no strength map: every fault, by row.
#[derive(Clone, Debug, PartialEq)]
pub struct StrengthError {
    pub(super) faults: Vec<StrengthFault>,
}

impl StrengthError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[StrengthFault] {
        &self.faults
    }
}

impl fmt::Display for StrengthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report(&self.faults(), Lang::En))
    }
}

impl std::error::Error for StrengthError {}

impl Problem for StrengthError {
    fn code(&self) -> &'static str {
        "strength_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(StrengthFault::to_fault).collect()
    }
}

/// What is wrong with one wish for a map.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum MapOptionFault {
    /// No row counts this role.
    UnknownRole,
    /// The tree has no grid of this level.
    UnknownLevel(u8),
    /// The grids have no weight of this name.
    UnknownWeight(String),
    /// The picture is not between 100 and 20,000 wide and high.
    Size,
    /// There are not between 2 and 9 classes.
    Classes(usize),
    /// The footprints belong to another tree.
    OtherTree,
}

impl MapOptionFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownRole => "unknown_role",
            Self::UnknownLevel(_) => "unknown_level",
            Self::UnknownWeight(_) => "unknown_weight",
            Self::Size => "bad_size",
            Self::Classes(_) => "bad_classes",
            Self::OtherTree => "other_tree",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault::new(self.code());
        match self {
            Self::UnknownRole => fault
                .in_column("role")
                .says("no row counts this role", "没有该岗位的人数")
                .remedy("ask for one of the roles, or for all", "请选用已有岗位，或全部岗位"),
            Self::UnknownLevel(level) => fault
                .found(level, "a level of the tree")
                .says(format!("the tree has no grid of level {level}"), format!("网格体系没有第 {level} 级"))
                .remedy("ask for a level that has grids", "请选用有网格的级别"),
            Self::UnknownWeight(name) => fault
                .in_column(name)
                .says(format!("the grids have no weight {name:?}"), format!("网格没有权重 {name:?}"))
                .remedy("name a weight of the tree", "请选用网格体系已有的权重"),
            Self::Size => fault
                .found("another size", "100 to 20000 wide and high")
                .says("the picture has a size that cannot be drawn", "图幅尺寸超出范围")
                .remedy("choose from 100 to 20000", "请取 100 至 20000"),
            Self::Classes(classes) => fault
                .found(classes, "2 to 9")
                .says(
                    format!("{classes} classes cannot be told apart by colour"),
                    format!("无法用颜色区分 {classes} 级"),
                )
                .remedy("choose from 2 to 9", "请取 2 至 9"),
            Self::OtherTree => fault
                .says("the footprints belong to another tree", "边界属于另一网格体系")
                .remedy("read the footprints for this tree", "请按本体系读入边界"),
        }
    }
}

/// Why a map cannot be drawn as wished: every fault.
#[derive(Clone, Debug, PartialEq)]
pub struct MapOptionsError {
    pub(crate) faults: Vec<MapOptionFault>,
}

impl MapOptionsError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[MapOptionFault] {
        &self.faults
    }
}

impl fmt::Display for MapOptionsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report(&self.faults(), Lang::En))
    }
}

impl std::error::Error for MapOptionsError {}

impl Problem for MapOptionsError {
    fn code(&self) -> &'static str {
        "map_options_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(MapOptionFault::to_fault).collect()
    }
}
