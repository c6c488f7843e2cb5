//! Laws of explanations: sums are the weights, words and pictures are whole, and masks hold.
#[path = "oracle/roster_town.rs"]
mod town;

use gridcore::Lang;
use gridcore::control::Control;
use gridcore::roster::{
    FieldKind, Masking, MissReason, Reconciliation, RosterSide, RowState, Rules, reconcile,
};
use proptest::prelude::*;
use town::{Columns, Row, any_town, table, tree};

fn reconciled(left: &[Row], right: &[Row]) -> Option<Reconciliation> {
    let columns = Columns { grid: true, address: true, household: true };
    let tables = (table(left, columns), table(right, columns));
    reconcile(&tables.0, &tables.1, &Rules::default(), Some(&tree()), &mut Control::free()).ok()
}

/// Whether every element that is opened in an SVG text is closed again, in order.
fn is_whole(svg: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    for tag in svg.split('<').skip(1) {
        let Some((tag, _)) = tag.split_once('>') else { return false };
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return false;
            }
        } else if !tag.ends_with('/') {
            open.extend(tag.split(' ').next());
        }
    }
    open.is_empty()
}

/// The values of a row that nobody is to read.
fn secrets(row: &Row) -> Vec<String> {
    let all = [&row.name, &row.id, &row.phone, &row.birth, &row.household];
    all.into_iter().filter(|value| value.chars().count() > 1).cloned().collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_steps_add_up_to_the_weight_and_show_nobody((left, right) in any_town()) {
        let Some(answer) = reconciled(&left, &right) else { return Ok(()) };
        let model = answer.model();
        for pair in answer.matched() {
            let why = answer.explain(&pair.left, &pair.right, Masking::Masked).expect("both are there");
            prop_assert_eq!(why.weight.to_bits(), pair.weight.to_bits(), "the weight is that of the pair");
            prop_assert!(why.linked && !why.decided);
        }
        for one in &left {
            for other in &right {
                let why = answer.explain(&one.record, &other.record, Masking::Masked).expect("both are there");
                let sum: f64 = why.steps.iter().map(gridcore::roster::Step::bits).sum();
                prop_assert!((why.prior + sum + why.company - why.weight).abs() < 1e-9);
                prop_assert!((why.probability - 1.0 / (1.0 + (-why.weight).exp2())).abs() < 1e-12);
                for (step, of) in why.steps.iter().zip(&model.comparisons) {
                    if let Some(level) = of.levels.iter().find(|level| level.level == step.level) {
                        prop_assert_eq!((step.m, step.u), (Some(level.m), Some(level.u)));
                        let bits = (level.m.max(1e-300) / level.u.max(1e-300)).log2();
                        prop_assert!((step.weight - bits).abs() < 1e-9);
                    } else {
                        prop_assert_eq!((step.m, step.weight, step.bits()), (None, 0.0, 0.0));
                    }
                }
                let mut shown = serde_json::to_string(&why).expect("rows are plain");
                for lang in [Lang::En, Lang::Zh] {
                    let picture = why.waterfall(lang);
                    prop_assert!(is_whole(&picture));
                    prop_assert_eq!(picture.matches("<rect fill").count(), 2 + why.steps.len() + usize::from(why.company != 0.0));
                    let sentence = why.sentence(lang);
                    prop_assert!(!sentence.contains("-0.0"), "nothing is no minus");
                    shown.push_str(&sentence);
                    shown.push_str(&picture);
                }
                prop_assert!(!shown.contains(":-0.0,"), "nothing is no minus");
                for secret in secrets(one).iter().chain(&secrets(other)) {
                    prop_assert!(!shown.contains(secret.as_str()), "a value is shown");
                }
            }
        }
        let conflicts = serde_json::to_string(&answer.conflicts().collect::<Vec<_>>()).expect("rows are plain");
        for secret in left.iter().chain(&right).flat_map(secrets) {
            prop_assert!(!conflicts.contains(&secret), "a value is shown");
        }
    }

    #[test]
    fn a_row_tells_why_it_stands_alone((left, right) in any_town()) {
        let Some(answer) = reconciled(&left, &right) else { return Ok(()) };
        for (side, rows) in [(RosterSide::Left, &left), (RosterSide::Right, &right)] {
            let states = answer.states(side);
            let alone: Vec<_> = answer.missing().chain(answer.extra()).collect();
            for (row, state) in rows.iter().zip(states) {
                let why = answer.explain_row(side, &row.record).expect("it is there");
                prop_assert_eq!(why.state, state);
                let stands_alone = matches!(state, RowState::Missing | RowState::Extra);
                prop_assert_eq!(why.reason.is_some(), stands_alone);
                prop_assert_eq!(why.with.is_none(), stands_alone);
                prop_assert!(why.candidates.windows(2).all(|two| two[0].weight >= two[1].weight));
                if stands_alone {
                    let listed = alone.iter().find(|listed| listed.id == row.record).expect("it is listed");
                    prop_assert_eq!(listed.nearest.as_ref(), why.candidates.first().map(|near| &near.id));
                    prop_assert_eq!(why.reason == Some(MissReason::NoCandidate), why.candidates.is_empty());
                }
                prop_assert!(why.sentence(Lang::Zh).starts_with(&row.record));
            }
        }
        prop_assert!(answer.explain_row(RosterSide::Left, "nobody").is_none());
        prop_assert!(answer.explain("nobody", "nobody", Masking::Shown).is_none());
    }

    /// Whatever is typed, a mask hides most of it: of the characters in a row that stay, none is longer than the form allows.
    #[test]
    fn masks_hide(kind in prop::sample::select(&FieldKind::ALL[..]), text in "\\PC{0,30}|[0-9]{1,20}X?|[一-龥·]{1,9}|[A-Za-z' -]{1,20}") {
        let masked = Masking::Masked.show(kind, &text);
        prop_assert_eq!(&Masking::Shown.show(kind, &text), &text);
        if kind == FieldKind::Grid {
            prop_assert_eq!(masked, text);
            return Ok(());
        }
        prop_assert!(masked.chars().count() <= text.chars().count() + 60, "a mask is short");
        let letters: Vec<char> = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let kept = masked.chars().filter(|letter| letter.is_alphanumeric()).count();
        let most = match kind {
            FieldKind::Id => 10,
            FieldKind::Phone => 7,
            FieldKind::Birth => 4,
            // One letter of each part of two or more, and the last of a name of three or four.
            FieldKind::Name => (letters.len() / 2).max(2),
            FieldKind::Given => (letters.len() / 2).max(1),
            _ => 2,
        };
        prop_assert!(kept <= most.max(1), "{} of {} stay", kept, letters.len());
        if letters.len() > 1 {
            let whole: String = letters.iter().collect();
            prop_assert!(!masked.contains(&whole), "nothing is hidden");
        }
    }
}

#[test]
fn masks_have_their_usual_forms() {
    let cases = [
        (FieldKind::Name, "张三", "张*"),
        (FieldKind::Name, "张小三", "张*三"),
        (FieldKind::Name, "欧阳建国", "欧**国"),
        (FieldKind::Name, "阿卜杜拉·买买提", "阿***·买**"),
        (FieldKind::Name, "John Smith", "J***·S***"),
        (FieldKind::Name, "李", "*"),
        (FieldKind::Given, "小三", "*三"),
        (FieldKind::Given, "三", "*"),
        (FieldKind::Family, "张", "张*"),
        (FieldKind::Family, "Smith", "S***"),
        (FieldKind::Id, "11010119900307123X", "110101********123X"),
        (FieldKind::Id, "E12345678", "E*******8"),
        (FieldKind::Phone, "13812345678", "138****5678"),
        (FieldKind::Phone, "88881234", "8******4"),
        (FieldKind::Birth, "1990-03-07", "1990-**-**"),
        (FieldKind::Sex, "male", "***"),
        (FieldKind::Address, "3-2-501", "***"),
        (FieldKind::Household, "H0012345", "*******5"),
        (FieldKind::Text, "电工", "**"),
        (FieldKind::Name, "", ""),
    ];
    for (kind, text, wanted) in cases {
        assert_eq!(Masking::Masked.show(kind, text), wanted, "{text}");
    }
}

#[test]
fn values_are_shown_only_where_somebody_asks() {
    let left: Vec<Row> = (0..30).map(|number| town::person(number, number / 3)).collect();
    let mut right = left.clone();
    for row in &mut right {
        row.record = row.record.replace('p', "v");
    }
    let answer = reconciled(&left, &right).expect("it can be read");
    let shown = answer.explain("p4", "v4", Masking::Shown).expect("both are there");
    let of = |kind| {
        let step = shown.steps.iter().find(|step| step.kind == kind).expect("it is compared");
        step.left_value.clone().expect("it is there")
    };
    assert_eq!(of(gridcore::roster::ComparisonKind::Id), left[4].id);
    assert_eq!(of(gridcore::roster::ComparisonKind::Name), left[4].name);
    assert_eq!(of(gridcore::roster::ComparisonKind::Birth), left[4].birth);
    let birth = shown.steps.iter().find(|step| step.kind == gridcore::roster::ComparisonKind::Birth);
    assert_eq!(birth.map(|step| step.level.as_str()), Some("in_id"), "the number says the birth already");
}
