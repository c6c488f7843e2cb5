//! Why a change set cannot be applied.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};
use crate::id::GridCode;
use crate::responsibility::{DutyFault, ModeFault};
use crate::tree::EditFault;

/// One reason why a change set cannot be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeFault {
    /// The change, by its place in the list, from 0; none where it cannot be traced to one.
    pub change: Option<usize>,
    /// What is wrong.
    pub kind: ChangeFaultKind,
}

/// What keeps a change from being made.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ChangeFaultKind {
    /// The edit of the tree cannot be made.
    Edit(EditFault),
    /// A row of the duties that result cannot be read.
    Duty(DutyFault),
    /// A layer does not fit over the duties that result.
    Mode(ModeFault),
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code.
        code: String,
    },
    /// No row names the person.
    UnknownPerson,
    /// The list of people has the person already.
    PersonKnown,
    /// There is no list of people, so that a capacity has no place.
    NoPeople,
    /// A row that is to be somebody's names somebody else.
    OtherPerson,
    /// Somebody is to take over from themselves.
    SamePerson,
    /// There is no such assignment.
    RowMissing {
        /// The code of its grid.
        grid: String,
    },
    /// There is just this assignment already.
    RowThere {
        /// The code of its grid.
        grid: String,
    },
    /// The mode was not entered for this scope.
    NotEntered {
        /// The code of the scope.
        scope: String,
    },
    /// Two decisions are about the same grid.
    DecisionTwice {
        /// The grid.
        grid: GridCode,
    },
    /// A decision is about a grid that no merge and no split of the run makes.
    DecisionUnknown {
        /// The grid.
        grid: GridCode,
    },
    /// A decision names an heir that is none of the grids it was made of.
    DecisionHeir {
        /// The grid.
        grid: GridCode,
    },
    /// A decision names a person and a team, or nobody and no heir.
    DecisionParty {
        /// The grid.
        grid: GridCode,
    },
    /// Several are accountable for grids that are merged, and no decision says who stays.
    UndecidedMerge {
        /// The merged grid.
        grid: GridCode,
    },
    /// Nobody is named for a part of a grid that somebody was accountable for.
    UndecidedSplit {
        /// The part.
        grid: GridCode,
    },
    /// A grid is removed whose duties nobody has taken away before.
    UndecidedRemoval {
        /// The grid.
        grid: GridCode,
    },
    /// A mode would hold for more than before, since its scope was merged with other grids.
    UndecidedScope {
        /// The merged grid.
        grid: GridCode,
    },
    /// Two layers of one mode have come to one scope, and their intervals differ.
    LayersDiffer {
        /// The scope.
        grid: GridCode,
    },
}

use ChangeFaultKind as K;

impl ChangeFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.kind {
            K::Edit(fault) => fault.code(),
            K::Duty(fault) => fault.code(),
            K::Mode(fault) => fault.code(),
            K::UnknownGrid { .. } => "unknown_grid",
            K::UnknownPerson => "unknown_person",
            K::PersonKnown => "person_known",
            K::NoPeople => "no_people",
            K::OtherPerson => "other_person",
            K::SamePerson => "same_person",
            K::RowMissing { .. } => "row_missing",
            K::RowThere { .. } => "row_there",
            K::NotEntered { .. } => "not_entered",
            K::DecisionTwice { .. } => "decision_twice",
            K::DecisionUnknown { .. } => "decision_unknown",
            K::DecisionHeir { .. } => "decision_heir",
            K::DecisionParty { .. } => "decision_party",
            K::UndecidedMerge { .. } => "undecided_merge",
            K::UndecidedSplit { .. } => "undecided_split",
            K::UndecidedRemoval { .. } => "undecided_removal",
            K::UndecidedScope { .. } => "undecided_scope",
            K::LayersDiffer { .. } => "layers_differ",
        }
    }

    /// The fault as a flat record with its texts; its row is the place of the change in the list.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of fault")]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code());
        fault.row = self.change;
        match &self.kind {
            K::Edit(inner) => Fault { row: self.change, ..inner.to_fault() },
            K::Duty(inner) => Fault { row: self.change, ..inner.to_fault() },
            K::Mode(inner) => Fault { row: self.change, ..inner.to_fault() },
            K::UnknownGrid { code } => {
                let code = shortened(code);
                fault
                    .in_column("grid")
                    .on(&code)
                    .says(
                        format!("the tree has no grid {code:?} when this change has its turn"),
                        format!("执行到这一变更时，网格体系中没有 {code:?}"),
                    )
                    .remedy("name the code that holds by then", "请写届时有效的编码")
            }
            K::UnknownPerson => fault
                .in_column("person")
                .says("no table has the person who is to leave", "各表中都没有要离职的人员")
                .remedy("correct the token, or leave the change out", "请改正标识，或删去这一变更"),
            K::PersonKnown => fault
                .in_column("person")
                .says("the list of people has the person already", "人员表中已有此人")
                .remedy("assign duties to them instead", "请改为分配责任"),
            K::NoPeople => fault
                .in_column("capacity")
                .says(
                    "there is no list of people, so that a capacity has no place",
                    "没有人员表，工作量上限无处可记",
                )
                .remedy("load the list of people first, or leave the capacity out", "请先载入人员表，或不写上限"),
            K::OtherPerson => fault
                .in_column("person")
                .says("a row of the person who joins names another party", "入职人员的某行写的是别人")
                .remedy("leave the person of the row out", "请不写该行的人员"),
            K::SamePerson => fault
                .in_column("to")
                .says("the person is to take over from themselves", "接任者与离职者是同一人")
                .remedy("name another person, or nobody", "请写另一人，或不写"),
            K::RowMissing { grid } => {
                let grid = shortened(grid);
                fault
                    .on(&grid)
                    .says(
                        format!("no assignment of {grid} has just these cells"),
                        format!("{grid} 没有各列都相同的责任分配"),
                    )
                    .remedy("pass the row as the tables have it", "请照表中原样传入该行")
            }
            K::RowThere { grid } => {
                let grid = shortened(grid);
                fault
                    .on(&grid)
                    .says(
                        format!("{grid} has just this assignment already"),
                        format!("{grid} 已有同样的责任分配"),
                    )
                    .remedy("leave the change out", "请删去这一变更")
            }
            K::NotEntered { scope } => {
                let scope = shortened(scope);
                fault
                    .in_column("scope")
                    .on(&scope)
                    .says(format!("the mode is not on for {scope}"), format!("{scope} 未处于该模式"))
                    .remedy("name the scope for which it was entered", "请写进入时的范围")
            }
            K::DecisionTwice { grid } => fault
                .in_column("decisions")
                .on(grid)
                .says(format!("two decisions are about {grid}"), format!("对 {grid} 有两个决定"))
                .remedy("keep one of them", "只保留其一"),
            K::DecisionUnknown { grid } => fault
                .in_column("decisions")
                .on(grid)
                .says(
                    format!("no merge or split of these edits makes the grid {grid}"),
                    format!("这些变更中没有合并或拆分产生 {grid}"),
                )
                .remedy("name the code that the grid has after the edits", "请写变更之后的编码"),
            K::DecisionHeir { grid } => fault
                .in_column("decisions")
                .on(grid)
                .says(
                    format!("the heir is none of the grids that {grid} is made of"),
                    format!("所写的承继网格不是 {grid} 的前身"),
                )
                .remedy("name one of the grids that were merged or split", "请写被合并或拆分的网格之一"),
            K::DecisionParty { grid } => fault
                .in_column("decisions")
                .on(grid)
                .says(
                    format!("the decision about {grid} must name one of person and team, or an heir"),
                    format!("对 {grid} 的决定须写明人员、小组之一，或承继网格"),
                )
                .remedy("name a person or a team, not both", "人员与小组只写其一"),
            K::UndecidedMerge { grid } => fault
                .in_column("decisions")
                .on(grid)
                .says(
                    format!("several are accountable for what becomes {grid}, and nobody says who stays"),
                    format!("合并为 {grid} 的网格有多人负责，未定由谁留任"),
                )
                .remedy("name a person, a team or an heir for it", "请为其指定人员、小组或承继网格"),
            K::UndecidedSplit { grid } => fault
                .in_column("decisions")
                .on(grid)
                .says(
                    format!("{grid} is a part of a grid that somebody was accountable for, and nobody is named for it"),
                    format!("{grid} 由有人负责的网格拆出，尚未指定负责人"),
                )
                .remedy("name a person or a team for it", "请为其指定人员或小组"),
            K::UndecidedRemoval { grid } => fault
                .on(grid)
                .says(format!("{grid} is removed and still has duties"), format!("{grid} 将撤销，但仍有责任"))
                .remedy("withdraw or replace its duties earlier in the list", "请在此前撤回或改派其责任"),
            K::UndecidedScope { grid } => fault
                .on(grid)
                .says(
                    format!("a mode would hold for all of {grid}, and it held for a part only"),
                    format!("模式将扩及整个 {grid}，而原来只在其一部分"),
                )
                .remedy("leave the mode first, and enter it again after the merge", "请先退出模式，合并后再进入"),
            K::LayersDiffer { grid } => fault
                .on(grid)
                .says(
                    format!("two layers of one mode come to {grid}, and hold at different times"),
                    format!("同一模式的两层合到 {grid}，但时间不同"),
                )
                .remedy("leave one of them first", "请先退出其一"),
        }
    }
}

/// Why a change set cannot be applied: every reason. Nothing has happened.
///
/// ```
/// use gridcore::change::{self, Change, ChangeOptions};
/// use gridcore::responsibility::{AssignmentRow, Responsibility};
/// use gridcore::tree::Edit;
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let duty = Responsibility::resolve(&tree, [])?;
/// let changes = [
///     Change::from(Edit::remove("9".parse()?)),
///     Change::Depart { person: "p-1".parse()?, at: None, to: None },
/// ];
/// let error = change::apply(&duty, &changes, &ChangeOptions::default()).expect_err("both fail");
/// let found: Vec<_> = error.list().iter().map(|fault| (fault.change, fault.code())).collect();
/// assert_eq!(found, [(Some(0), "unknown_grid"), (Some(1), "unknown_person")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeError {
    faults: Vec<ChangeFault>,
}

impl ChangeError {
    pub(super) fn new(mut faults: Vec<ChangeFault>) -> Self {
        faults.sort_by_key(|fault| (fault.change.is_none(), fault.change));
        Self { faults }
    }

    /// Every reason, in the order of changes; those that cannot be traced to one stand last.
    ///
    /// Edits of the tree that follow on a run of edits which fails are not judged, nor are grids that are named after it.
    #[must_use]
    pub fn list(&self) -> &[ChangeFault] {
        &self.faults
    }
}

impl fmt::Display for ChangeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for ChangeError {}

impl Problem for ChangeError {
    fn code(&self) -> &'static str {
        "change_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(ChangeFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
