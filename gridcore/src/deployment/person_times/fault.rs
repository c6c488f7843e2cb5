//! What can be wrong with an attendance list.

use std::fmt;

use crate::error::{Fault, Lang, Problem, shortened};
use crate::id::MalformedCode;

/// One fault of an attendance list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonTimesFault {
    /// The row, from 0; nothing if an option is at fault.
    pub row: Option<usize>,
    /// What is wrong.
    pub kind: PersonTimesFaultKind,
}

/// What is wrong with a row of an attendance list or with an option.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PersonTimesFaultKind {
    /// The person is no token.
    MalformedPerson {
        /// Why not.
        reason: MalformedCode,
    },
    /// The unit has no proper name.
    MalformedUnit {
        /// Why not.
        reason: MalformedCode,
    },
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code, as the row has it.
        code: String,
    },
    /// The row counts nobody.
    Nobody,
    /// The row names one person and counts several.
    NamedMany,
    /// The person-times add up to more than 64 bits hold.
    Overflow,
    /// The row brings one day more than the list runs.
    TooManyDays {
        /// How many days it runs.
        days: u64,
    },
    /// The row has no day, and nobody said over how many days the list runs.
    UnknownDay,
    /// An option that counts from one is zero.
    ZeroOption {
        /// Its name.
        option: &'static str,
    },
}

use PersonTimesFaultKind as K;

impl PersonTimesFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::MalformedPerson { .. } => "malformed_person",
            K::MalformedUnit { .. } => "malformed_unit",
            K::UnknownGrid { .. } => "unknown_grid",
            K::Nobody => "nobody",
            K::NamedMany => "named_many",
            K::Overflow => "overflow",
            K::TooManyDays { .. } => "too_many_days",
            K::UnknownDay => "unknown_day",
            K::ZeroOption { .. } => "zero_option",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault { row: self.row, ..Fault::new(self.code()) };
        match &self.kind {
            K::MalformedPerson { reason } => fault
                .in_column("person")
                .found(reason, "a token")
                .says("the person is no token", "人员标识无效")
                .remedy(
                    "a token has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "标识为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
            K::MalformedUnit { reason } => fault
                .in_column("unit")
                .found(reason, "a name")
                .says("the unit has no proper name", "单位标识无效")
                .remedy(
                    "a name has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "标识为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
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
            K::Nobody => fault
                .in_column("person_times")
                .found(0, "1 or more")
                .says("the row counts nobody", "该行人次为零")
                .remedy("leave the row out, or count at least one", "请删去该行，或至少计一人次"),
            K::NamedMany => fault
                .in_column("person_times")
                .says("the row names one person and counts several", "该行写明一人，却计多个人次")
                .remedy("write a row for each day, or leave the person out", "请每日一行，或不写人员"),
            K::Overflow => fault
                .in_column("person_times")
                .says("the person-times add up to more than 64 bits hold", "人次合计超出 64 位")
                .remedy("check the figure", "请核对数字"),
            K::TooManyDays { days } => fault
                .in_column("day")
                .found("another day", days)
                .says(
                    format!("the row brings one day more than the {days} of the list"),
                    format!("该行的日期超出清单的 {days} 天"),
                )
                .remedy("correct the day, or say more days", "请改正日期，或增加天数"),
            K::UnknownDay => fault
                .in_column("day")
                .found("nothing", "a day")
                .says(
                    "the row has no day, and the list does not say over how many days it runs",
                    "该行没有日期，清单也没有写明天数",
                )
                .remedy("give the row a day, or the list its number of days", "请写明日期，或写明清单的天数"),
            K::ZeroOption { option } => fault
                .in_column(option)
                .found(0, "1 or more")
                .says(format!("{option} is zero"), format!("{option} 为零"))
                .remedy("give at least 1", "请至少给 1"),
        }
    }
}

/// Why an attendance list can't be counted: every fault, by row.
///
/// ```
/// use gridcore::deployment::{AttendanceRow, PersonTimes, PersonTimesOptions};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
/// let rows = [AttendanceRow::counted(0).day(1), AttendanceRow::of("p-1").grid("9")];
/// let error = PersonTimes::count(&tree, rows, &PersonTimesOptions::default()).expect_err("three faults");
/// let codes: Vec<_> = error.list().iter().map(|fault| (fault.row, fault.code())).collect();
/// assert_eq!(codes, [(Some(0), "nobody"), (Some(1), "unknown_grid"), (Some(1), "unknown_day")]);
/// # Ok::<(), gridcore::BuildError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonTimesError {
    pub(super) faults: Vec<PersonTimesFault>,
}

impl PersonTimesError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[PersonTimesFault] {
        &self.faults
    }
}

impl fmt::Display for PersonTimesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for PersonTimesError {}

impl Problem for PersonTimesError {
    fn code(&self) -> &'static str {
        "person_times_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(PersonTimesFault::to_fault).collect()
    }
}
