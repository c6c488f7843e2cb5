//! A finding in words. Grids and domains are named, people never are.

use std::fmt::Write as _;

use super::{AuditKind as K, AuditRow, CoverAbove, Severity};

/// The sentence in English and in Chinese.
pub(super) fn reason(row: &AuditRow) -> (String, String) {
    let grid = row.grid.as_ref().map(ToString::to_string).unwrap_or_default();
    let (scope, scope_zh) = scope(row);
    let post = row.post.as_ref().map(|post| format!("{:?}", post.as_str())).unwrap_or_default();
    let (amount, limit) = (number(row.amount), number(row.limit));
    let above = match row.above {
        Some(CoverAbove::Throughout) => (", a grid above answers", "，由上级网格兜底"),
        Some(CoverAbove::Partly) => (", a grid above answers some of the time", "，上级网格仅部分时间兜底"),
        Some(CoverAbove::Never) => (", and nobody above answers", "，上级也无人负责"),
        None => ("", ""),
    };
    match row.kind {
        K::Gap => (
            format!("nobody answers for {grid}{scope}, up to the root"),
            format!("{grid}{scope_zh}直至根网格无人负责"),
        ),
        K::NoDirectHolder => (
            format!("nobody is named directly for {grid}{scope}{}", above.0),
            format!("{grid}{scope_zh}未直接责任到人{}", above.1),
        ),
        K::AbsentWithoutDeputy => (
            format!("whoever is named for {grid}{scope} is absent without a deputy{}", above.0),
            format!("{grid}{scope_zh}责任人缺勤且无代理人{}", above.1),
        ),
        K::HeadMissing => (format!("{grid} has no head"), format!("{grid} 没有网格长")),
        K::HeadDoubled => {
            (format!("{grid} has more than one head at once"), format!("{grid} 同时有多名网格长"))
        }
        K::Overlap => (
            format!("more than one is accountable for {grid}{scope} at once"),
            format!("{grid}{scope_zh}同时有多人负责"),
        ),
        K::Duplicate => (
            format!("the same party is named twice for {grid}{scope} at once"),
            format!("{grid}{scope_zh}重复指定了同一责任人"),
        ),
        K::Expired => (
            format!("the assignment for {grid}{scope} ran out, and nobody followed"),
            format!("{grid}{scope_zh}的责任分配已到期且无人接替"),
        ),
        K::PostBreach => {
            let noted = row.severity == Severity::Noted;
            let (why, why_zh) =
                if noted { (", for a reason on record", "（已记录理由）") } else { ("", "") };
            (
                format!("the head of {grid} does not hold the post {post}{why}"),
                format!("{grid} 的网格长未担任岗位 {post}{why_zh}"),
            )
        }
        K::PostNotHeld => (
            format!("the assignment for {grid}{scope} names the post {post}, which its person does not hold"),
            format!("{grid}{scope_zh}的责任分配所写岗位 {post} 并非该人所任"),
        ),
        K::OverCapacity => (
            format!("somebody's shares{scope} add up to {amount}, more than {limit}"),
            format!("有人{scope_zh}的份额合计 {amount}，超过 {limit}"),
        ),
        K::Span => {
            let (side, side_zh) =
                if row.amount > row.limit { ("more", "多于") } else { ("fewer", "少于") };
            (
                format!("the head of {grid} has {amount} grids directly beneath, {side} than {limit}"),
                format!("{grid} 的网格长直接下辖 {amount} 个网格，{side_zh} {limit} 个"),
            )
        }
        K::NoLead => (
            format!("the team that answers for {grid}{scope} has no lead"),
            format!("{grid}{scope_zh}的责任小组没有组长"),
        ),
        K::UnknownGrid => (format!("the tree has no grid {grid:?}"), format!("网格体系中没有 {grid:?}")),
        K::UnknownPerson => (
            format!("the table {} names somebody whom the table people does not have", row.table.id()),
            format!("{} 表所写人员不在人员表中", row.table.id()),
        ),
        K::UnknownTeam => (
            format!("the team named for {grid}{scope} has no members in the table teams"),
            format!("{grid}{scope_zh}的小组不在小组表中"),
        ),
    }
}

/// The domain and the mode, where they are not all.
fn scope(row: &AuditRow) -> (String, String) {
    let (mut en, mut zh) = (String::new(), " ".to_owned());
    if row.domain.as_str() != "*" {
        en = format!(" in {}", row.domain);
        zh = format!(" {} ", row.domain);
    }
    match &row.mode {
        Some(mode) if mode.as_str() == "*" => {}
        Some(mode) => {
            let _ = write!(en, " (mode {mode})");
            let _ = write!(zh, "（{mode} 模式）");
        }
        None => {
            en += " (outside of any mode)";
            zh += "（平时）";
        }
    }
    (en, zh)
}

/// A number without needless decimals.
fn number(value: Option<f64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}
