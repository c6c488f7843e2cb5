//! What a column's header says.

use crate::roster::FieldKind as F;
use crate::roster::normal::letter::{Letters, half_width};

/// Headers, folded as [`fold`] does, and what they are about.
const HEADERS: [(F, &str); 11] = [
    (
        F::Record,
        "rid recid recordid recordno record rowid rowno rownumber uid uuid visitid visitno 序号 记录号 记录编号 记录序号 记录id 编号 行号 人员编号 居民编号 \
         登记编号 登记序号 走访编号 走访序号 走访记录编号 访问编号 检测编号 唯一标识 流水号",
    ),
    (
        F::Id,
        "idno idnumber idcard idcardno idcardnumber identity identityno identitynumber nationalid nationalidnumber citizenid socsecid ssn \
         socialsecuritynumber passport passportno passportnumber sfz sfzh sfzhm zjhm 身份证 身份证号 身份证号码 公民身份号码 公民身份证号码 居民身份证号 居民身份证号码 身份号码 \
         证件号 证件号码 证件编号 身份证件号码 护照号 护照号码",
    ),
    (
        F::Name,
        "name fullname personname residentname xm xingming 姓名 名字 姓名全称 居民姓名 人员姓名 被访者 受访人 受访者姓名 租客姓名 承租人 承租人姓名 受检者 受检者姓名",
    ),
    (F::Given, "given givenname firstname forename 名"),
    (F::Family, "family familyname surname lastname 姓 姓氏"),
    (
        F::Phone,
        "phone phoneno phonenumber tel telephone telno mobile mobileno mobilephone mobilenumber cell cellphone contact contactnumber lxdh sjh sjhm \
         电话 电话号码 手机 手机号 手机号码 联系电话 联系方式 联系手机 移动电话 固定电话 座机",
    ),
    (
        F::Birth,
        "birth birthdate birthday dateofbirth dob birthdt csrq 出生 出生日期 出生年月日 出生年月 生日 出生时间",
    ),
    (F::Sex, "sex gender xb 性别"),
    (
        F::Address,
        "addr address homeaddress residence fulladdress dz zz 地址 住址 家庭住址 家庭地址 现住址 现住地址 居住地址 居住地 户籍地址 详细地址 住所 房屋地址 常住地址 门牌",
    ),
    (F::Grid, "grid gridcode gridid gridno wg wgbm 网格 网格编码 网格编号 网格代码 所属网格 网格号 四级网格"),
    (
        F::Household,
        "hh hhid hhno household householdid householdno householdnumber familyid hh_id hh_no hukou 户号 户编号 家庭编号 户籍编号 户口号 户口编号 户id 家庭户号",
    ),
];

/// A header without case, width, marks and what stands in brackets: `ID_No.（必填）` becomes `idno`.
pub(super) fn fold(header: &str) -> String {
    let letters = Letters::get();
    let mut folded = String::new();
    let mut depth = 0_u32;
    for letter in header.chars().map(half_width) {
        match letter {
            '(' | '[' | '【' | '〔' => depth += 1,
            ')' | ']' | '】' | '〕' => depth = depth.saturating_sub(1),
            _ if depth > 0 || !letter.is_alphanumeric() => {}
            _ => {
                let plain = letters.of(letter).plain;
                if plain == 0 {
                    folded.extend(letter.to_lowercase());
                } else {
                    folded.extend(char::from_u32(u32::from(plain)));
                }
            }
        }
    }
    folded
}

/// What a folded header says, if it says anything.
pub(super) fn kind(folded: &str) -> Option<F> {
    HEADERS
        .iter()
        .find(|(_, names)| names.split_whitespace().any(|name| name == folded))
        .map(|(kind, _)| *kind)
}

/// Whether a folded header may mean the number of the row as well as the number of the person: its values tell.
pub(super) fn is_ambiguous(folded: &str) -> bool {
    matches!(folded, "id" | "no" | "number" | "num" | "code" | "key" | "personid" | "号码" | "证号" | "id号")
}

/// Whether an unknown folded header ends as those of numbers do that a list gives its rows: 走访表编号, 申请流水号.
pub(super) fn is_numbering(folded: &str) -> bool {
    ["编号", "序号", "流水号", "单号"].iter().any(|end| folded.ends_with(end))
}

/// Whether a folded header names somebody beside the person of the row: a head's number in the rows of the children would
/// make a family one person.
pub(super) fn is_of_another(folded: &str) -> bool {
    const OTHERS: [&str; 16] = [
        "户主",
        "联系人",
        "监护人",
        "配偶",
        "父亲",
        "母亲",
        "房东",
        "网格员",
        "经办人",
        "登记人",
        "填表人",
        "责任人",
        "guardian",
        "emergency",
        "spouse",
        "landlord",
    ];
    kind(folded).is_none() && OTHERS.iter().any(|other| folded.contains(other))
}

#[cfg(test)]
mod tests {
    use super::{F, fold, is_of_another, kind};

    #[test]
    fn headers_are_told_in_either_language() {
        for (header, expected) in [
            ("rid", F::Record),
            ("rec_id", F::Record),
            ("idno", F::Id),
            ("soc_sec_id", F::Id),
            ("身份证号码（必填）", F::Id),
            ("公民身份號碼", F::Id),
            ("Given Name", F::Given),
            ("surname", F::Family),
            ("姓　名", F::Name),
            ("date_of_birth", F::Birth),
            ("联系电话", F::Phone),
            ("性别", F::Sex),
            ("addr", F::Address),
            ("网格编码", F::Grid),
            ("hh", F::Household),
        ] {
            assert_eq!(kind(&fold(header)), Some(expected), "{header}");
        }
        assert_eq!(
            ["suburb", "postcode", "truth_id", "address_1"].map(|header| kind(&fold(header))),
            [None; 4]
        );
        for header in ["户主身份证号", "户主姓名", "联系人", "监护人电话"] {
            assert!(kind(&fold(header)).is_none() && is_of_another(&fold(header)), "{header}");
        }
    }
}
