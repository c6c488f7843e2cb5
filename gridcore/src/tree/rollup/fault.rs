//! What can be wrong with columns to roll up.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report};
use crate::id::GridCode;

/// One fault of a roll-up.
#[derive(Clone, Debug, PartialEq)]
pub struct RollupFault {
    /// The row, from 0; none where a whole column is at fault.
    pub row: Option<usize>,
    /// The measure; none where the grids of the rows are at fault.
    pub measure: Option<String>,
    /// The grid, where one is at fault.
    pub grid: Option<GridCode>,
    /// What is wrong.
    pub kind: RollupFaultKind,
}

/// What is wrong with a row, a column or a total.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RollupFaultKind {
    /// The row's grid is none of this tree's: the position comes from another.
    OutsideTree {
        /// The position.
        position: usize,
    },
    /// The measure has no name.
    EmptyName,
    /// An earlier measure has the same name.
    DuplicateName,
    /// The values, or the weights, are as many as there are rows not.
    ColumnLength {
        /// Whether it is the weights.
        weights: bool,
        /// The rows it has.
        found: usize,
        /// The rows there are.
        wanted: usize,
    },
    /// A value, or a weight, is infinite, or not a number where that does not stand for a missing one.
    NotFinite {
        /// Whether it is the weight.
        weight: bool,
    },
    /// A weight is below 0.
    NegativeWeight,
    /// A value is there and its weight is missing.
    MissingWeight,
    /// Weights were given to something that is no mean.
    UnwantedWeights,
    /// The total of this grid, the lowest on its path, is too large for its kind of number.
    Overflow,
    /// The tree has no weight of that name.
    UnknownWeight {
        /// The names it has.
        known: Vec<String>,
    },
}

use RollupFaultKind as K;

impl RollupFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::OutsideTree { .. } => "outside_tree",
            K::EmptyName => "empty_name",
            K::DuplicateName => "duplicate_name",
            K::ColumnLength { .. } => "column_length",
            K::NotFinite { .. } => "not_finite",
            K::NegativeWeight => "negative_weight",
            K::MissingWeight => "missing_weight",
            K::UnwantedWeights => "unwanted_weights",
            K::Overflow => "overflow",
            K::UnknownWeight { .. } => "unknown_weight",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code());
        fault.row = self.row;
        let measure = self.measure.as_deref().map(crate::error::shortened).unwrap_or_default();
        if self.measure.is_some() {
            fault = fault.in_column(&measure);
        }
        if let Some(grid) = &self.grid {
            fault = fault.on(grid);
        }
        match &self.kind {
            K::OutsideTree { position } => fault
                .found(format!("position {position}"), "a position of this tree")
                .says(
                    format!("the grid at position {position} is none of this tree's"),
                    format!("位置 {position} 不在本网格体系中"),
                )
                .remedy(
                    "look the positions up in the tree that is rolled up",
                    "请在要汇总的网格体系中查找位置",
                ),
            K::EmptyName => fault
                .found("nothing", "a name")
                .says("a measure has no name", "有一项指标没有名称")
                .remedy("name each measure", "请给每项指标命名"),
            K::DuplicateName => fault
                .says(format!("two measures are called {measure:?}"), format!("有两项指标同名：{measure:?}"))
                .remedy("name each measure once", "每项指标的名称只用一次"),
            K::ColumnLength { weights, found, wanted } => {
                let (en, zh) = if *weights { ("weights", "权重") } else { ("values", "数值") };
                fault
                    .found(format!("{found} rows"), format!("{wanted} rows"))
                    .says(
                        format!("{measure:?} has {found} {en} for {wanted} rows"),
                        format!("指标 {measure:?} 有 {found} 个{zh}，而行数为 {wanted}"),
                    )
                    .remedy("give one for each row", "请与行数一致")
            }
            K::NotFinite { weight } => {
                let (en, zh) = if *weight { ("weight", "权重") } else { ("value", "数值") };
                fault
                    .found("infinite or not a number", "a finite number, or nothing")
                    .says(
                        format!("a {en} of {measure:?} is infinite or not a number"),
                        format!("指标 {measure:?} 的{zh}为无穷或非数"),
                    )
                    .remedy(
                        "correct it, or pass it as missing; say so if not-a-number stands for missing",
                        "请改正，或按缺失传入；如以非数表示缺失，请注明",
                    )
            }
            K::NegativeWeight => fault
                .found("a weight below 0", "0 or more")
                .says(format!("a weight of {measure:?} is negative"), format!("指标 {measure:?} 的权重为负"))
                .remedy("correct it", "请改正"),
            K::MissingWeight => fault
                .found("a value without a weight", "a weight for each value")
                .says(
                    format!("a value of {measure:?} has no weight"),
                    format!("指标 {measure:?} 的一个数值没有权重"),
                )
                .remedy("give it a weight, or leave the value out too", "请补上权重，或将数值一并留空"),
            K::UnwantedWeights => fault
                .found("weights", "no weights")
                .says(
                    format!("{measure:?} is no mean and has weights"),
                    format!("指标 {measure:?} 不是平均值，却带有权重"),
                )
                .remedy("ask for a mean, or leave the weights out", "请改求平均值，或去掉权重"),
            K::Overflow => fault
                .found("a total too large", "a total that its kind of number can hold")
                .says(
                    format!("the total of {measure:?} is too large to hold"),
                    format!("指标 {measure:?} 的合计过大，无法表示"),
                )
                .remedy("use a larger unit, or floating-point numbers", "请改用更大的单位，或改用浮点数"),
            K::UnknownWeight { known } => {
                let known = known.join(", ");
                fault
                    .found(&measure, &known)
                    .says(
                        format!("the grids have no weight {measure:?}"),
                        format!("网格没有名为 {measure:?} 的权重"),
                    )
                    .remedy(format!("use one of: {known}"), format!("请用其中之一：{known}"))
            }
        }
    }
}

/// Why columns could not be rolled up: every fault, those of whole columns first, then by measure and row.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// # let tree = GridTree::from_rows([
/// #     GridRow::new("1", "city"),
/// #     GridRow::new("11", "north").under("1"),
/// #     GridRow::new("12", "south").under("1"),
/// # ])?;
/// use gridcore::Problem;
/// use gridcore::tree::Measure;
/// let error = tree.rollup(&[tree.root()], &[Measure::sum("hours", &[f64::NAN])]).expect_err("no number");
/// assert_eq!((error.code(), error.list()[0].row, error.list()[0].code()), ("rollup_error", Some(0), "not_finite"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RollupError {
    pub(super) faults: Vec<RollupFault>,
}

impl RollupError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[RollupFault] {
        &self.faults
    }
}

impl fmt::Display for RollupError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for RollupError {}

impl Problem for RollupError {
    fn code(&self) -> &'static str {
        "rollup_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(RollupFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        // A report shows ten: there is no need to write out a million.
        let mut first: Vec<Fault> = self.faults.iter().take(11).map(RollupFault::to_fault).collect();
        let more = self.faults.len().saturating_sub(first.len());
        first.resize(first.len() + more, Fault::default());
        report(&first, lang)
    }
}
