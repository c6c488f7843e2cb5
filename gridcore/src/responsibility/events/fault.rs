//! What can be wrong with events and with the profile they run by.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report, shortened};

/// One fault of a table of events or of their profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventFault {
    /// The row, from 0; where the column begins with `profile.`, the place in that list.
    pub row: Option<usize>,
    /// The column.
    pub column: String,
    /// What is wrong.
    pub kind: EventFaultKind,
}

/// What is wrong with an event or a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventFaultKind {
    /// The event has no name, or one that is too long, padded, or has a control character.
    MalformedEvent,
    /// An earlier row has the same event.
    DuplicateEvent {
        /// That row.
        first: usize,
    },
    /// The tree has no such grid.
    UnknownGrid {
        /// Its code, as the row has it.
        code: String,
    },
    /// The domain is empty, too long, padded, or has a control character.
    MalformedDomain,
    /// The profile has no such stage.
    UnknownStage {
        /// Its name.
        stage: String,
    },
    /// The event has not reached the first stage, so nobody knows when it was received.
    NeverReceived {
        /// The first stage.
        stage: String,
    },
    /// A required stage was left out, and a later one reached.
    SkippedStage {
        /// The stage that is missing.
        stage: String,
    },
    /// The stage was reached before an earlier one.
    StageOrder {
        /// The stage that came too early.
        stage: String,
        /// The stage that should have come before it.
        earlier: String,
    },
    /// A stage was reached after the event had been dropped.
    AfterDrop {
        /// The stage.
        stage: String,
    },
    /// The time is further from 1970 than a calendar reaches.
    TimeOutOfRange,
    /// The profile has fewer than two stages.
    TooFewStages,
    /// The stage has no name, a malformed one, or that of another column of an event.
    MalformedStage,
    /// An earlier stage has the same name.
    DuplicateStage {
        /// Its place.
        first: usize,
    },
    /// The stage of filing may be left out.
    OptionalFiling {
        /// The stage.
        stage: String,
    },
    /// The deadline ends at the stage it starts from, or before.
    BackwardDeadline,
    /// The deadline allows no time, or more than a calendar has.
    SecondsOutOfRange,
    /// An earlier deadline is for the same stages, kind and priority.
    DuplicateDeadline {
        /// Its place.
        first: usize,
    },
    /// The delays of the escalation do not ascend from 0 on.
    EscalationOrder,
}

use EventFaultKind as K;

impl EventFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            K::MalformedEvent => "malformed_event",
            K::DuplicateEvent { .. } => "duplicate_event",
            K::UnknownGrid { .. } => "unknown_grid",
            K::MalformedDomain => "malformed_domain",
            K::UnknownStage { .. } => "unknown_stage",
            K::NeverReceived { .. } => "never_received",
            K::SkippedStage { .. } => "skipped_stage",
            K::StageOrder { .. } => "stage_order",
            K::AfterDrop { .. } => "after_drop",
            K::TimeOutOfRange => "time_out_of_range",
            K::TooFewStages => "too_few_stages",
            K::MalformedStage => "malformed_stage",
            K::DuplicateStage { .. } => "duplicate_stage",
            K::OptionalFiling { .. } => "optional_filing",
            K::BackwardDeadline => "backward_deadline",
            K::SecondsOutOfRange => "seconds_out_of_range",
            K::DuplicateDeadline { .. } => "duplicate_deadline",
            K::EscalationOrder => "escalation_order",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of fault")]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code()).in_column(&self.column);
        fault.row = self.row;
        match &self.kind {
            K::MalformedEvent => fault
                .says("the event has no name, or a malformed one", "事件没有编号，或编号不合格式")
                .remedy(
                    "a name has 1 to 128 bytes, no control characters, and no white space at its ends",
                    "编号为 1 至 128 字节，不含控制字符，首尾无空白",
                ),
            K::DuplicateEvent { first } => {
                fault.related = vec![*first];
                fault
                    .says(format!("row {first} has the same event"), format!("第 {first} 行是同一事件"))
                    .remedy("keep one row for each event", "每个事件只保留一行")
            }
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
            K::MalformedDomain => fault.says("the domain is no name", "领域的名称不合格式").remedy(
                "a name has 1 to 128 bytes, no control characters, and no white space at its ends",
                "名称为 1 至 128 字节，不含控制字符，首尾无空白",
            ),
            K::UnknownStage { stage } => {
                let stage = shortened(stage);
                fault
                    .found(&stage, "a stage of the profile")
                    .says(
                        format!("the profile has no stage {stage:?}"),
                        format!("处置规则中没有环节 {stage:?}"),
                    )
                    .remedy(
                        "correct the name, or add the stage to the profile",
                        "请改正名称，或在规则中加上该环节",
                    )
            }
            K::NeverReceived { stage } => {
                let stage = shortened(stage);
                fault
                    .found("nothing", "a time")
                    .says(
                        format!("the event has no time of the first stage {stage:?}"),
                        format!("事件缺少首个环节 {stage:?} 的时间"),
                    )
                    .remedy("give the time at which it was received", "请写明收到的时间")
            }
            K::SkippedStage { stage } => {
                let stage = shortened(stage);
                fault
                    .found("nothing", "a time")
                    .says(
                        format!("a later stage was reached, but not the required stage {stage:?}"),
                        format!("已到后面的环节，却缺少必经环节 {stage:?}"),
                    )
                    .remedy(
                        "give its time, or let the profile not require it",
                        "请写明其时间，或在规则中改为非必经",
                    )
            }
            K::StageOrder { stage, earlier } => {
                let (stage, earlier) = (shortened(stage), shortened(earlier));
                fault
                    .says(
                        format!("the stage {stage:?} was reached before {earlier:?}"),
                        format!("环节 {stage:?} 早于 {earlier:?}"),
                    )
                    .remedy("correct one of the two times", "请改正其中一个时间")
            }
            K::AfterDrop { stage } => {
                let stage = shortened(stage);
                fault
                    .says(
                        format!("the stage {stage:?} was reached after the event was dropped"),
                        format!("事件作废之后又到了环节 {stage:?}"),
                    )
                    .remedy(
                        "remove the later time, or the time of dropping",
                        "请删去其后的时间，或删去作废时间",
                    )
            }
            K::TimeOutOfRange => fault
                .says("the time is further from 1970 than calendars reach", "时间超出历法范围")
                .remedy("give UTC seconds, not milliseconds or nanoseconds", "请用 UTC 秒，而非毫秒或纳秒"),
            K::TooFewStages => fault
                .says("a profile needs two stages at least", "处置规则至少要有两个环节")
                .remedy("name the stage of receipt and that of closing", "请写明收件与结案的环节"),
            K::MalformedStage => fault
                .says(
                    "the stage has no name, a malformed one, or that of another column",
                    "环节没有名称、名称不合格式，或与其他列同名",
                )
                .remedy("give it another name", "请另取名称"),
            K::DuplicateStage { first } => {
                fault.related = vec![*first];
                fault
                    .says(format!("stage {first} has the same name"), format!("第 {first} 个环节同名"))
                    .remedy("give each stage a name of its own", "每个环节须有各自的名称")
            }
            K::OptionalFiling { stage } => {
                let stage = shortened(stage);
                fault
                    .says(
                        format!("the stage of filing {stage:?} may be left out, so that an event may be closed unfiled"),
                        format!("立案环节 {stage:?} 可以略过，事件可能未立案就结案"),
                    )
                    .remedy("make it required", "请设为必经")
            }
            K::BackwardDeadline => fault
                .says("the deadline does not end at a later stage", "时限的终点不在起点之后")
                .remedy("let it run from a stage to a later one", "请从前面的环节算到后面的环节"),
            K::SecondsOutOfRange => fault
                .says(
                    "the deadline allows no time, or more than calendars have",
                    "时限不是正数，或超出历法范围",
                )
                .remedy("give a whole number of seconds from 1 on", "请写不小于 1 的整秒数"),
            K::DuplicateDeadline { first } => {
                fault.related = vec![*first];
                fault
                    .says(
                        format!("deadline {first} is for the same stages, kind and priority"),
                        format!("第 {first} 条时限的环节、类别和等级相同"),
                    )
                    .remedy("remove one of the two", "请删去其一")
            }
            K::EscalationOrder => fault
                .says("the delays do not ascend from 0 on", "升级时限没有从 0 起递增")
                .remedy("sort them, each longer than the one before", "请排序，后一级须长于前一级"),
        }
    }
}

/// Why a table makes no [`Events`](super::Events): every fault, those of the profile first, then by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventsError {
    pub(super) faults: Vec<EventFault>,
}

impl EventsError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[EventFault] {
        &self.faults
    }
}

impl fmt::Display for EventsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for EventsError {}

impl Problem for EventsError {
    fn code(&self) -> &'static str {
        "events_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(EventFault::to_fault).collect()
    }

    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}
