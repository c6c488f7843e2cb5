//! What can be wrong with a table of fronts.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};

/// One fault of a table of fronts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontFault {
    /// The row, from 0.
    pub row: usize,
    /// The code of the front, as the row has it.
    pub front: String,
    /// What is wrong.
    pub kind: FrontFaultKind,
}

/// What is wrong with a row of a table of fronts.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrontFaultKind {
    /// The front has no code.
    EmptyFront,
    /// The code of the front is too long, padded, or has a control character.
    MalformedFront,
    /// No row gives the front a name in either language.
    EmptyName,
    /// An earlier row gives the front another name.
    ConflictingName {
        /// That row.
        first: usize,
    },
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code, as the row has it.
        code: String,
    },
    /// An earlier row makes the same grid a member of the front.
    DuplicateMember {
        /// That row.
        first: usize,
        /// The code of the grid.
        code: String,
    },
}

use FrontFaultKind as K;

impl FrontFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::EmptyFront => "empty_front",
            K::MalformedFront => "malformed_front",
            K::EmptyName => "empty_name",
            K::ConflictingName { .. } => "conflicting_name",
            K::UnknownGrid { .. } => "unknown_grid",
            K::DuplicateMember { .. } => "duplicate_member",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let front = shortened(&self.front);
        let mut fault = Fault::new(self.code()).at(self.row);
        match &self.kind {
            K::EmptyFront => fault
                .in_column("front")
                .found("nothing", "a code")
                .says("the row names no front", "该行没有写明战线")
                .remedy("give the front a code", "请写明战线的编码"),
            K::MalformedFront => fault
                .in_column("front")
                .found(&front, "a code")
                .says(format!("{front:?} is no code of a front"), format!("{front:?} 不是战线的编码"))
                .remedy(
                    "a code has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "编码为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
            K::EmptyName => fault
                .in_column("zh")
                .found("nothing", "a name")
                .says(format!("the front {front:?} has no name"), format!("战线 {front:?} 没有名称"))
                .remedy("name it, in Chinese or in English", "请给出中文或英文名称"),
            K::ConflictingName { first } => {
                fault.related = vec![*first];
                fault
                    .in_column("zh")
                    .says(
                        format!("row {first} gives the front {front:?} another name"),
                        format!("第 {first} 行给战线 {front:?} 的名称不同"),
                    )
                    .remedy(
                        "give it one name, or leave the name out after its first row",
                        "名称须一致，或只在第一行写名称",
                    )
            }
            K::UnknownGrid { code } => {
                let code = shortened(code);
                fault
                    .in_column("grid")
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy(
                        "correct the code, or translate it to this edition of the tree",
                        "请改正编码，或换算到本版网格体系",
                    )
            }
            K::DuplicateMember { first, code } => {
                let code = shortened(code);
                fault.related = vec![*first];
                fault
                    .in_column("grid")
                    .on(&code)
                    .says(
                        format!("row {first} makes {code} a member of the front {front:?} already"),
                        format!("第 {first} 行已把 {code} 列入战线 {front:?}"),
                    )
                    .remedy("remove one of the two", "请删去其一")
            }
        }
    }
}

/// Why a table makes no [`Fronts`](super::Fronts): every fault, by row.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// # let tree = GridTree::from_rows([
/// #     GridRow::new("1", "city"),
/// #     GridRow::new("11", "north").under("1"),
/// #     GridRow::new("12", "south").under("1"),
/// # ])?;
/// use gridcore::tree::{FrontRow, Fronts};
/// let error = Fronts::from_rows(&tree, [FrontRow::new("fire").grid("9")]).expect_err("two faults");
/// let codes: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
/// assert_eq!(codes, [(0, "empty_name"), (0, "unknown_grid")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontsError {
    pub(super) faults: Vec<FrontFault>,
}

impl FrontsError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[FrontFault] {
        &self.faults
    }
}

impl fmt::Display for FrontsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for FrontsError {}

impl Problem for FrontsError {
    fn code(&self) -> &'static str {
        "fronts_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(FrontFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
