//! Why an edit cannot be made: every reason as a value that explains itself.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report};
use crate::id::{GridCode, MalformedCode};
use crate::tree::fault::{BuildFault, BuildFaultKind};

/// One reason why a list of edits cannot be made.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct EditFault {
    /// The number of the edit in the list, from 0; none where the fault cannot be traced to one.
    pub edit: Option<usize>,
    /// The grid at fault: the one that the edit names first, or the one that breaks a rule of the tree.
    pub grid: Option<GridCode>,
    /// What is wrong.
    pub kind: EditFaultKind,
}

/// What is wrong with an edit, or with the tree that it leads to.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EditFaultKind {
    /// No grid has the code when the turn of the edit comes.
    UnknownGrid(GridCode),
    /// The grid would have been made, or given the code, by an edit that could not be made.
    AwaitsEdit {
        /// The code.
        grid: GridCode,
        /// The number of that edit.
        edit: usize,
    },
    /// The root can be given another name or code, but not be moved, split, merged or removed.
    RootStays,
    /// Another grid has the new code.
    CodeTaken(GridCode),
    /// Two grids would get the same code.
    CodeTwice(GridCode),
    /// A new code made from a new beginning is none.
    Malformed {
        /// The grid that would get it.
        grid: GridCode,
        /// Why it is none.
        reason: MalformedCode,
    },
    /// Codes beneath are to follow, and no scheme says that they begin with the code above.
    CodesDoNotNest,
    /// A grid would lie beneath itself: the parent that was named.
    InsideItself(GridCode),
    /// Fewer than two grids to merge, or parts to split into.
    TooFew {
        /// How many there are.
        found: usize,
    },
    /// The edit names a grid twice.
    GridTwice(GridCode),
    /// The grid is no child of the one that is split, or that is to be its grandparent.
    NotAChild(GridCode),
    /// Children of a grid that is split go to none of its parts.
    ChildrenLeft(Vec<GridCode>),
    /// Grids to be merged stand on several levels.
    LevelsDiffer {
        /// A grid on another level than the first.
        grid: GridCode,
        /// Its level.
        found: u16,
        /// The level of the first.
        wanted: u16,
    },
    /// Grids to be merged have different parents, and none is named for the new one.
    ParentNeeded,
    /// Grids to be merged have different kinds, and none is named for the new one.
    KindNeeded,
    /// The grid is no leaf.
    HasChildren {
        /// How many children it has.
        count: usize,
    },
    /// A share is not between 0 and 1.
    BadShare {
        /// The part.
        part: GridCode,
        /// Its share.
        share: f64,
    },
    /// Some parts have a share, and others none.
    SharesMissing {
        /// How many have one.
        found: usize,
        /// How many parts there are.
        wanted: usize,
    },
    /// Shares do not add up to 1.
    SharesNotOne {
        /// Their sum.
        sum: f64,
    },
    /// The grid has a weight, and neither shares nor values say where it goes.
    NoShare {
        /// The weight.
        weight: String,
    },
    /// Values of a weight do not add up to what the old grids have.
    WeightsNotConserved {
        /// The weight.
        weight: String,
        /// What the new values add up to.
        found: f64,
        /// What the old ones do; none where there is no such weight.
        wanted: Option<f64>,
    },
    /// A sibling in the new tree has the same name.
    DuplicateName {
        /// The code of that sibling.
        sibling: GridCode,
    },
    /// The new tree breaks another of its rules.
    Invalid(BuildFaultKind),
}

use EditFaultKind as K;

impl EditFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.kind {
            K::UnknownGrid(_) => "unknown_grid",
            K::AwaitsEdit { .. } => "awaits_edit",
            K::RootStays => "root_stays",
            K::CodeTaken(_) => "code_taken",
            K::CodeTwice(_) => "code_twice",
            K::Malformed { .. } => "malformed_code",
            K::CodesDoNotNest => "codes_do_not_nest",
            K::InsideItself(_) => "inside_itself",
            K::TooFew { .. } => "too_few",
            K::GridTwice(_) => "grid_twice",
            K::NotAChild(_) => "not_a_child",
            K::ChildrenLeft(_) => "children_left",
            K::LevelsDiffer { .. } => "levels_differ",
            K::ParentNeeded => "parent_needed",
            K::KindNeeded => "kind_needed",
            K::HasChildren { .. } => "has_children",
            K::BadShare { .. } => "bad_share",
            K::SharesMissing { .. } => "shares_missing",
            K::SharesNotOne { .. } => "shares_not_one",
            K::NoShare { .. } => "no_share",
            K::WeightsNotConserved { .. } => "weights_not_conserved",
            K::DuplicateName { .. } => "duplicate_name",
            K::Invalid(kind) => BuildFault { row: None, grid: None, kind: kind.clone() }.code(),
        }
    }

    /// The fault as a flat record with its texts; `row` is the number of the edit.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each fault, so that its texts stand together")]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code());
        fault.row = self.edit;
        if let Some(grid) = &self.grid {
            fault = fault.on(grid);
        }
        match &self.kind {
            K::UnknownGrid(code) => fault
                .found(code, "the code of a grid")
                .says(
                    format!("the tree has no grid {code} at this point"),
                    format!("此时网格体系中没有 {code}"),
                )
                .remedy(
                    "use the code that the grid has after the edits before this one",
                    "请使用前面各项变更之后该网格的编码",
                ),
            K::AwaitsEdit { grid, edit } => {
                fault.related = vec![*edit];
                fault
                    .found(grid, "the code of a grid")
                    .says(
                        format!("grid {grid} would come from edit {edit}, which cannot be made"),
                        format!("{grid} 本应由第 {edit} 项变更产生，而该项无法执行"),
                    )
                    .remedy(format!("put edit {edit} right"), format!("请先改正第 {edit} 项变更"))
            }
            K::RootStays => fault
                .says("the root can't be moved, split, merged or removed", "根不能划转、拆分、合并或撤销")
                .remedy(
                    "take a part out of the tree, or build one under another root",
                    "请取出子树，或另建一棵树",
                ),
            K::CodeTaken(code) => fault
                .found(code, "a code that is free")
                .says(format!("another grid has the code {code}"), format!("编码 {code} 已被占用"))
                .remedy(
                    "choose another code, or recode both grids in one edit",
                    "请另选编码，或在同一项变更中一并改码",
                ),
            K::CodeTwice(code) => fault
                .found(code, "a code for each grid")
                .says(
                    format!("two grids would get the code {code}"),
                    format!("两个网格将使用同一编码 {code}"),
                )
                .remedy("give each a code of its own", "请各用各的编码"),
            K::Malformed { grid, reason } => fault
                .found(reason, "a code")
                .says(
                    format!("the new code for {grid} would be none: {reason}"),
                    format!("{grid} 的新编码不合规则"),
                )
                .remedy("choose a shorter beginning", "请改用较短的上级编码"),
            K::CodesDoNotNest => fault
                .says(
                    "no code scheme says that codes beneath begin with this one",
                    "没有编码方案说明下级编码以此开头",
                )
                .remedy(
                    "recode each grid by itself, or build the tree with a scheme that nests",
                    "请逐个改码，或按嵌套的编码方案建树",
                ),
            K::InsideItself(parent) => fault
                .found(parent, "a parent outside")
                .says(format!("the new parent {parent} lies inside"), format!("新的上级 {parent} 在其内部"))
                .remedy(
                    "choose a parent outside, or move that one out first",
                    "请选择其外的上级，或先把它划出",
                ),
            K::TooFew { found } => fault
                .found(found, "at least 2")
                .says(
                    format!("a merge or a split takes at least two grids, not {found}"),
                    format!("合并或拆分至少涉及两个网格，这里是 {found} 个"),
                )
                .remedy("for one grid, rename and recode", "只有一个网格时，请用更名和改码"),
            K::GridTwice(code) => fault
                .found(code, "each grid once")
                .says(format!("the edit names grid {code} twice"), format!("{code} 在同一项变更中出现两次"))
                .remedy("name each grid once", "每个网格只写一次"),
            K::NotAChild(code) => fault
                .found(code, "a child of the grid")
                .says(format!("grid {code} is not its child"), format!("{code} 不是其下级"))
                .remedy("name children only, or move the grid first", "请只写直接下级，或先划转该网格"),
            K::ChildrenLeft(children) => {
                let first = children.first().map(ToString::to_string).unwrap_or_default();
                let count = children.len();
                fault
                    .found(format!("{count} children without a part"), "a part for each child")
                    .says(
                        format!("{count} children go to no part, {first} among them"),
                        format!("有 {count} 个下级没有归属，例如 {first}"),
                    )
                    .remedy("name each child at one part", "请为每个下级指明归属")
            }
            K::LevelsDiffer { grid, found, wanted } => fault
                .found(found, wanted)
                .says(
                    format!("grid {grid} stands on level {found}, the first on level {wanted}"),
                    format!("{grid} 在第 {found} 级，而首个网格在第 {wanted} 级"),
                )
                .remedy("merge grids of one level", "只能合并同级网格"),
            K::ParentNeeded => fault
                .says("the grids have different parents", "各网格的上级不同")
                .remedy("name the parent of the merged grid", "请指明合并后的上级"),
            K::KindNeeded => fault
                .says("the grids have different kinds", "各网格的类型不同")
                .remedy("name the kind of the merged grid", "请指明合并后的类型"),
            K::HasChildren { count } => fault
                .found(format!("{count} children"), "a leaf")
                .says(format!("the grid has {count} children"), format!("该网格有 {count} 个下级"))
                .remedy(
                    "say what becomes of them: removed too, or to the parent",
                    "请指明下级的去向：一并撤销，或归入上级",
                ),
            K::BadShare { part, share } => fault
                .found(share, "0 to 1")
                .says(format!("the share of {part} is {share}"), format!("{part} 的份额是 {share}"))
                .remedy("give a share from 0 to 1", "份额须在 0 与 1 之间"),
            K::SharesMissing { found, wanted } => fault
                .found(found, wanted)
                .says(
                    format!("{found} of {wanted} parts have a share"),
                    format!("{wanted} 个部分中只有 {found} 个写了份额"),
                )
                .remedy("give every part a share, or none", "要么都写份额，要么都不写"),
            K::SharesNotOne { sum } => fault
                .found(sum, 1)
                .says(format!("the shares add up to {sum}"), format!("份额之和是 {sum}"))
                .remedy("make them add up to 1", "份额之和须为 1"),
            K::NoShare { weight } => fault
                .in_column(weight)
                .found("neither shares nor values", "a share or a value for each part")
                .says(
                    format!("nothing says how the weight {weight:?} is shared out"),
                    format!("没有说明权重 {weight:?} 如何分配"),
                )
                .remedy(
                    "give every part a share, or a value of this weight",
                    "请写明各部分的份额或该权重的数值",
                ),
            K::WeightsNotConserved { weight, found, wanted } => {
                let wanted = wanted.map_or("nothing".to_owned(), |wanted| wanted.to_string());
                fault
                    .in_column(weight)
                    .found(found, &wanted)
                    .says(
                        format!("the values of the weight {weight:?} add up to {found}, not {wanted}"),
                        format!("权重 {weight:?} 之和是 {found}，应为 {wanted}"),
                    )
                    .remedy("make them add up to what the old grids have", "请使其与原网格之和相等")
            }
            K::DuplicateName { sibling } => fault
                .in_column("name")
                .says(
                    format!("the sibling {sibling} has the same name"),
                    format!("同级网格 {sibling} 名称相同"),
                )
                .remedy("rename one of the two in the same list", "请在同一批变更中为其一更名"),
            K::Invalid(kind) => {
                let kind = kind.clone();
                let said = BuildFault { row: None, grid: self.grid.clone(), kind }.to_fault();
                Fault { row: self.edit, ..said }
            }
        }
    }
}

/// Why a list of edits cannot be made: every reason, in the order of edits.
#[derive(Clone, Debug, PartialEq)]
pub struct EditError {
    pub(super) faults: Vec<EditFault>,
}

impl EditError {
    /// Every fault, in the order of edits.
    #[must_use]
    pub fn list(&self) -> &[EditFault] {
        &self.faults
    }
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for EditError {}

impl Problem for EditError {
    fn code(&self) -> &'static str {
        "edit_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(EditFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        // A report shows ten: there is no need to write out a million.
        let mut first: Vec<Fault> = self.faults.iter().take(11).map(EditFault::to_fault).collect();
        let more = self.faults.len().saturating_sub(first.len());
        first.resize(first.len() + more, Fault::default());
        report(&first, lang)
    }
}
