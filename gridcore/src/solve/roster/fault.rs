//! Why there is no roster.

use std::fmt;

use super::proof::Shortage;
use super::{Roster, Violation};
use crate::control::Stopped;
use crate::error::{Fault, Lang, Problem};

/// What is wrong with the numbers of a roster problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RosterFault {
    /// A slot does not say a later slot for when its worker is free again.
    BadFree {
        /// The slot.
        slot: u32,
    },
    /// A seat lies in a slot that does not exist.
    UnknownSlot {
        /// The seat.
        seat: u32,
    },
    /// A candidate is a worker who does not exist.
    UnknownWorker {
        /// Its position.
        candidate: usize,
    },
    /// A candidate is for a seat that does not exist.
    UnknownSeat {
        /// Its position.
        candidate: usize,
    },
    /// A high load would be rewarded.
    NegativeLoadWeight,
}

impl RosterFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::BadFree { .. } => "bad_free",
            Self::UnknownSlot { .. } => "unknown_slot",
            Self::UnknownWorker { .. } => "unknown_worker",
            Self::UnknownSeat { .. } => "unknown_seat",
            Self::NegativeLoadWeight => "negative_load_weight",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let fault = Fault::new(self.code());
        match *self {
            Self::BadFree { slot } => fault
                .at(slot as usize)
                .in_column("free")
                .says("the slot is not followed by a later one", "该时段之后的可用时段无效")
                .remedy("give a later slot, or the number of slots", "请给出更晚的时段或时段总数"),
            Self::UnknownSlot { seat } => fault
                .at(seat as usize)
                .in_column("slot")
                .says("the seat lies in a slot that does not exist", "该岗位所在时段不存在")
                .remedy("number the slots from 0", "时段从 0 起编号"),
            Self::UnknownWorker { candidate } => fault
                .at(candidate)
                .in_column("worker")
                .says("the candidate is a worker who does not exist", "该候选人员不存在")
                .remedy("number the workers from 0", "人员从 0 起编号"),
            Self::UnknownSeat { candidate } => fault
                .at(candidate)
                .in_column("seat")
                .says("the candidate is for a seat that does not exist", "该候选所指岗位不存在")
                .remedy("number the seats from 0", "岗位从 0 起编号"),
            Self::NegativeLoadWeight => fault
                .in_column("load_weight")
                .says("the weight of the highest load is negative", "最高负荷的权重为负")
                .remedy("give 0 or more", "请给 0 或以上"),
        }
    }
}

/// Why there is no roster.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RosterError {
    /// Some seats together need more than the workers can give: there is no roster, and here is the count.
    Impossible(Shortage),
    /// There is no roster, proved by trying every way out; no single set of seats shows it.
    Exhausted,
    /// No roster was found, and none was excluded: the best attempt, with seats left empty.
    Undecided(Box<Roster>),
    /// The numbers make no problem: every fault.
    Malformed(Vec<RosterFault>),
    /// The costs are too large to be added up exactly.
    Overflow,
    /// The work was stopped before any roster was found.
    Stopped(Stopped),
}

impl From<Stopped> for RosterError {
    fn from(stopped: Stopped) -> Self {
        Self::Stopped(stopped)
    }
}

impl fmt::Display for RosterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for RosterError {}

impl Problem for RosterError {
    fn code(&self) -> &'static str {
        match self {
            Self::Impossible(_) => "impossible",
            Self::Exhausted => "exhausted",
            Self::Undecided(_) => "undecided",
            Self::Malformed(_) => "malformed",
            Self::Overflow => "overflow",
            Self::Stopped(Stopped::Limit) => "work_limit",
            Self::Stopped(Stopped::Asked) => "stopped",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::Malformed(faults) => return faults.iter().map(RosterFault::to_fault).collect(),
            Self::Impossible(Shortage { seats, need, supply, .. }) => fault
                .found(supply, need)
                .says(
                    format!("{} seats need {need} together, but the workers can give {supply}", seats.len()),
                    format!("{} 个岗位共需 {need}，人员最多能提供 {supply}", seats.len()),
                )
                .remedy("add workers who can take them, or need fewer", "请增加能上岗的人员，或减少需求"),
            Self::Exhausted => fault
                .says("no roster keeps all rules", "没有满足全部规则的排班")
                .remedy("shorten the rest, or add workers", "请缩短休息时间，或增加人员"),
            Self::Undecided(best) => fault
                .found(best.empty, 0)
                .says(
                    format!(
                        "no roster was found and none excluded; the best attempt leaves {} seats empty",
                        best.empty
                    ),
                    format!("未找到也未排除可行排班；最佳尝试空缺 {} 个", best.empty),
                )
                .remedy("allow more work, or add workers", "请提高计算量上限，或增加人员"),
            Self::Overflow => fault
                .says("the costs are too large to be added up exactly", "费用过大，无法精确求和")
                .remedy("use smaller costs", "请使用较小的费用"),
            Self::Stopped(stopped) => fault
                .says(
                    stopped.to_string(),
                    match stopped {
                        Stopped::Limit => "计算量达到上限",
                        Stopped::Asked => "计算被中止",
                    },
                )
                .remedy("raise the limit or ask for less", "请提高上限或缩小问题"),
        }]
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words().1)
    }
}

impl std::error::Error for Violation {}

impl Violation {
    /// The stable name, and what is wrong in English and Chinese.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::NoCandidate => (
                "no_candidate",
                "somebody takes a seat for which they are no candidate",
                "有人担任了并非其候选的岗位",
            ),
            Self::TooMany => ("too_many", "a worker takes more seats than they may", "有人班次超过上限"),
            Self::NoRest => {
                ("no_rest", "a worker takes two slots that exclude each other", "有人两班之间休息不足")
            }
            Self::Need => ("need", "a seat has not as many workers as it says", "有岗位人数与所载不符"),
            Self::Cost => ("cost", "the cost or the highest load is another", "费用或最高负荷与所载不符"),
            Self::Bound => ("bound", "the proof holds another bound", "证明所得下界与所载不符"),
            Self::Proof => ("proof", "the steps of the proof do not fit together", "证明步骤不能衔接"),
            Self::Shortage => {
                ("shortage", "the seats are not short by these numbers", "这些岗位的短缺数目不符")
            }
        }
    }
}

impl Problem for Violation {
    fn code(&self) -> &'static str {
        self.words().0
    }

    fn faults(&self) -> Vec<Fault> {
        let (code, en, zh) = self.words();
        vec![
            Fault::new(code)
                .says(en, zh)
                .remedy("make the roster anew from the same problem", "请用原题重新排班"),
        ]
    }
}
