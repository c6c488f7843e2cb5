//! What keeps a mode from being entered or left.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};
use crate::responsibility::fault::DutyFault;

/// One fault of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeFault {
    /// The place of the layer in the order of entering, from 0.
    pub layer: usize,
    /// The row of the layer, from 0, if one row is at fault.
    pub row: Option<usize>,
    /// The column.
    pub column: String,
    /// What is wrong.
    pub kind: ModeFaultKind,
}

/// What is wrong with a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModeFaultKind {
    /// The mode is empty, `*`, too long, padded, or has a control character.
    MalformedMode,
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code.
        code: String,
    },
    /// The layer ends before it holds for a second.
    EmptyInterval,
    /// The mode was entered for this scope before.
    AlreadyEntered {
        /// The layer that did.
        first: usize,
        /// The code of the scope.
        scope: String,
    },
    /// The mode was not entered for this scope.
    NotEntered {
        /// The code of the scope.
        scope: String,
    },
    /// The grid of the row is not in the scope of the layer.
    OutsideScope {
        /// Its code.
        code: String,
    },
    /// The row names another mode.
    OtherMode,
    /// The row and the layer have no second in common.
    OutsideInterval,
    /// The row cannot be read.
    Row(DutyFault),
}

use ModeFaultKind as K;

impl ModeFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.kind {
            K::MalformedMode => "malformed_mode",
            K::UnknownGrid { .. } => "unknown_grid",
            K::EmptyInterval => "empty_interval",
            K::AlreadyEntered { .. } => "already_entered",
            K::NotEntered { .. } => "not_entered",
            K::OutsideScope { .. } => "outside_scope",
            K::OtherMode => "other_mode",
            K::OutsideInterval => "outside_interval",
            K::Row(fault) => fault.code(),
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code()).in_column(&self.column);
        fault.row = self.row;
        match &self.kind {
            K::MalformedMode => fault.says("the mode is no name", "模式的名称不合格式").remedy(
                "a name has 1 to 128 bytes, no control characters, no white space at its ends, and is not *",
                "名称为 1 至 128 字节，不含控制字符，首尾无空白，且不是 *",
            ),
            K::UnknownGrid { code } => {
                let code = shortened(code);
                fault
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy(
                        "correct the code, or translate it to this edition of the tree",
                        "请改正编码，或换算到本版网格体系",
                    )
            }
            K::EmptyInterval => fault
                .says("the mode ends before it holds for a second", "模式的结束时间不晚于开始时间")
                .remedy("let it end after its start, or leave the end out", "结束须晚于开始，或不写结束时间"),
            K::AlreadyEntered { scope, .. } => {
                let scope = shortened(scope);
                fault
                    .on(&scope)
                    .says(
                        format!("the mode was entered for {scope} already"),
                        format!("{scope} 已进入该模式"),
                    )
                    .remedy("leave it first, or enter it for another scope", "请先退出，或换一个范围")
            }
            K::NotEntered { scope } => {
                let scope = shortened(scope);
                fault
                    .on(&scope)
                    .says(format!("the mode was not entered for {scope}"), format!("{scope} 未进入该模式"))
                    .remedy(
                        "name the scope for which it was entered: neither a grid above nor one beneath",
                        "请写进入时的范围，而非其上级或下级",
                    )
            }
            K::OutsideScope { code } => {
                let code = shortened(code);
                fault
                    .on(&code)
                    .says(
                        format!("the grid {code} is not in the scope of the mode"),
                        format!("网格 {code} 不在该模式的范围内"),
                    )
                    .remedy("remove the row, or widen the scope", "请删去该行，或扩大范围")
            }
            K::OtherMode => fault
                .says("the row names another mode than that which is entered", "该行写的是另一种模式")
                .remedy("leave the mode of the row out", "请不写该行的模式"),
            K::OutsideInterval => fault
                .says("the row holds at no second at which the mode does", "该行的时间与模式的时间没有交集")
                .remedy("correct the times, or remove the row", "请改正时间，或删去该行"),
            K::Row(inner) => {
                let mut inner = inner.to_fault();
                inner.row = self.row;
                inner
            }
        }
    }
}

/// Why a mode can't be entered or left: every fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModeError {
    faults: Vec<ModeFault>,
}

impl ModeError {
    /// An error, if there are faults.
    pub(super) fn of(faults: Vec<ModeFault>) -> Result<(), Self> {
        if faults.is_empty() { Ok(()) } else { Err(Self { faults }) }
    }

    pub(super) fn from_list(faults: Vec<ModeFault>) -> Self {
        Self { faults }
    }

    pub(super) fn not_entered(layer: usize, scope: &str) -> Self {
        let kind = K::NotEntered { scope: scope.to_owned() };
        Self { faults: vec![ModeFault { layer, row: None, column: "scope".to_owned(), kind }] }
    }

    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[ModeFault] {
        &self.faults
    }
}

impl fmt::Display for ModeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for ModeError {}

impl Problem for ModeError {
    fn code(&self) -> &'static str {
        "mode_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(ModeFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
