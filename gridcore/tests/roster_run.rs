//! Whole reconciliations, from tables to the answer.

use std::collections::BTreeMap;

use gridcore::Problem;
use gridcore::control::{Control, Stopped};
use gridcore::roster::{
    MatchRow, Model, ReconcileError, Reconciliation, RosterCell, RosterSide, RosterTable, RowState, Rules,
    Settle, Stamp, Update, deduplicate, reconcile,
};

const COLUMNS: [&str; 6] = ["rid", "姓名", "电话", "出生日期", "性别", "网格"];
type Row = [String; 6];

fn table(rows: &[Row]) -> RosterTable<'_> {
    COLUMNS.iter().enumerate().fold(RosterTable::new(rows.len()), |table, (place, &name)| {
        table.column(name, move |row: usize| match rows[row][place].as_str() {
            "" => RosterCell::Missing,
            text => RosterCell::Text(text),
        })
    })
}

fn answer(left: &[Row], right: &[Row], rules: &Rules) -> Reconciliation {
    reconcile(&table(left), &table(right), rules, None, &mut Control::free()).expect("the tables are sound")
}

/// Numbers below a bound, from a seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn shuffle<T>(&mut self, of: &mut [T]) {
        for at in (1..of.len()).rev() {
            of.swap(at, self.below(at as u64 + 1) as usize);
        }
    }
}

/// A register, and visits to it: one in ten missed, one in ten a stranger, one phone in three and one birth date in four
/// not asked for. Whoever stands in row `n` of the visits is called `v-n`, and `r-n` in the register.
fn lists(people: u64, seed: u64) -> (Vec<Row>, Vec<Row>) {
    let mut dice = Dice(seed);
    let (family, given) = (
        ['王', '李', '张', '刘', '陈', '杨', '黄', '赵'],
        "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂兰红",
    );
    let given: Vec<char> = given.chars().collect();
    let mut all: Vec<Row> = Vec::new();
    for person in 0..people + people / 10 {
        let letter = |dice: &mut Dice| given[dice.below(given.len() as u64) as usize];
        let name = [family[dice.below(8) as usize], letter(&mut dice), letter(&mut dice)].iter().collect();
        let phone = format!("138{:08}", dice.below(100_000_000));
        let born = format!("{}{:02}{:02}", 1940 + dice.below(80), 1 + dice.below(12), 1 + dice.below(28));
        let sex = if dice.below(2) == 0 { "男" } else { "女" };
        all.push([person.to_string(), name, phone, born, sex.into(), format!("4420000{:02}", person / 40)]);
    }
    let named = |prefix: &str, rows: &[Row]| -> Vec<Row> {
        rows.iter()
            .cloned()
            .map(|mut row| {
                row[0] = format!("{prefix}-{}", row[0]);
                row
            })
            .collect()
    };
    let register = named("r", &all[..people as usize]);
    let mut visits = named("v", &all);
    visits.retain(|_| dice.below(10) > 0);
    for row in &mut visits {
        if dice.below(3) == 0 {
            row[2].clear();
        }
        if dice.below(4) == 0 {
            row[3].clear();
        }
    }
    (register, visits)
}

/// The state of each row, by its id.
fn states(answer: &Reconciliation, side: RosterSide, rows: &[Row]) -> BTreeMap<String, RowState> {
    let states = answer.states(side);
    assert_eq!(states.len(), rows.len());
    rows.iter().map(|row| row[0].clone()).zip(states).collect()
}

#[test]
fn people_are_found_again_and_every_row_has_a_state() {
    let (register, visits) = lists(1_000, 1);
    let answer = answer(&register, &visits, &Rules::default());
    let right = answer.matched().filter(|pair| pair.left[2..] == pair.right[2..]).count();
    let there =
        visits.iter().filter(|row| row[0][2..].parse::<u64>().is_ok_and(|person| person < 1_000)).count();
    assert!(right + 5 > there && answer.matched().len() < right + 5, "{right} of {there}");
    for (side, rows) in [(RosterSide::Left, &register), (RosterSide::Right, &visits)] {
        let counted: usize =
            answer.counts().iter().filter(|count| count.side == side).map(|count| count.rows).sum();
        assert_eq!(counted, rows.len());
    }
}

/// A sound identity number (GB 11643) of somebody born on a day.
fn identity(born: &str, serial: u64) -> String {
    let body = format!("442000{born}{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

/// Law: in a list of any size, however short, two people with sound numbers of their own are never put together, though they
/// were born on one day and share a surname, a dwelling and a phone; and each is found again in another list.
#[test]
fn twins_of_a_short_list_stay_two_people() {
    let names = ['芳', '强', '敏', '军', '洋', '勇', '杰', '涛', '明', '超', '霞', '平'];
    for (families, seed) in [(1, 1), (2, 2), (4, 3), (6, 4), (12, 5), (40, 6), (100, 7)] {
        let mut dice = Dice(seed);
        let mut rows: Vec<[String; 7]> = Vec::new();
        for family in 0..families {
            let surname = ['王', '李', '张', '刘', '陈', '杨', '黄', '赵'][dice.below(8) as usize];
            let phone = format!("138{:08}", dice.below(100_000_000));
            let home = format!("人民路{}号{}栋1单元{}01室", 1 + family, 1 + dice.below(9), 1 + dice.below(9));
            let born = format!("{}{:02}{:02}", 1940 + dice.below(80), 1 + dice.below(12), 1 + dice.below(28));
            let first = dice.below(12) as usize;
            let serial = 10 + dice.below(900);
            // Twins, and in every second family a parent.
            for member in 0..2 + u64::from(family % 2 == 0) {
                let born = if member == 2 { format!("19200{}11", 1 + family % 9) } else { born.clone() };
                let serial = serial + member;
                let sex = if serial % 2 == 1 { "男" } else { "女" };
                let name = format!("{surname}{}", names[(first + 5 * member as usize) % 12]);
                let number = identity(&born, serial);
                rows.push([
                    rows.len().to_string(),
                    name,
                    number,
                    phone.clone(),
                    born,
                    sex.into(),
                    home.clone(),
                ]);
            }
        }
        let columns = ["rid", "姓名", "身份证号", "电话", "出生日期", "性别", "地址"];
        let table = columns.iter().enumerate().fold(RosterTable::new(rows.len()), |table, (place, &name)| {
            let rows = &rows;
            table.column(name, move |row: usize| RosterCell::Text(&rows[row][place]))
        });
        let (rules, control) = (Rules::default(), &mut Control::free());
        let alone = deduplicate(&table, &rules, None, control).expect("the table is sound");
        assert_eq!(alone.duplicates().count(), 0, "{families} families freed of doubles");
        let both = reconcile(&table, &table, &rules, None, control).expect("the tables are sound");
        assert_eq!(both.duplicates().count(), 0, "{families} families twice");
        assert_eq!(both.matched().filter(|pair| pair.left == pair.right).count(), rows.len());
    }
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let (mut register, mut visits) = lists(300, 2);
    let rules = Rules::default();
    let before = answer(&register, &visits, &rules);
    let before = [states(&before, RosterSide::Left, &register), states(&before, RosterSide::Right, &visits)];
    Dice(9).shuffle(&mut register);
    Dice(10).shuffle(&mut visits);
    let after = answer(&register, &visits, &rules);
    assert_eq!(before[0], states(&after, RosterSide::Left, &register));
    assert_eq!(before[1], states(&after, RosterSide::Right, &visits));
}

#[test]
fn a_model_that_was_learnt_leads_to_the_same_answer_when_it_is_given() {
    let (register, visits) = lists(300, 3);
    let learnt = answer(&register, &visits, &Rules::default());
    let given = Rules { model: Some(learnt.model().clone()), ..Rules::default() };
    let again = answer(&register, &visits, &given);
    // Only how many doubles each list has is not learnt anew.
    let first: BTreeMap<String, MatchRow> = learnt.matched().map(|pair| (pair.left.clone(), pair)).collect();
    let same = again.matched().filter(|pair| first.get(&pair.left) == Some(pair)).count();
    assert!(same + 3 > first.len(), "{same} of {}", first.len());
    // One with other levels is refused, by the place in the model.
    let mut other = learnt.model().clone();
    other.others.clear();
    other.comparisons[0].levels.truncate(1);
    let rules = Rules { model: Some(other), ..Rules::default() };
    let refused = reconcile(&table(&register), &table(&visits), &rules, None, &mut Control::free());
    let refused = refused.expect_err("the model has other levels");
    assert_eq!((refused.code(), refused.faults().len()), ("model_levels", 1));
}

#[test]
fn a_model_that_can_not_be_meant_is_refused_and_an_odd_one_noted() {
    let (register, visits) = lists(60, 3);
    let learnt = answer(&register, &visits, &Rules::default()).model().clone();
    let given = |change: &dyn Fn(&mut Model)| {
        let mut model = Model { others: Vec::new(), ..learnt.clone() };
        change(&mut model);
        let rules = Rules { model: Some(model), ..Rules::default() };
        reconcile(&table(&register), &table(&visits), &rules, None, &mut Control::free())
    };
    let refused = |change: &dyn Fn(&mut Model)| given(change).expect_err("no model").to_string();
    let unknown = refused(&|model| model.comparisons[0].name = "zzz".to_owned());
    assert!(unknown.contains("comparisons[0]"), "{unknown}");
    let twice = refused(&|model| model.comparisons.insert(1, model.comparisons[0].clone()));
    assert!(twice.contains("comparisons[1] is there twice"), "{twice}");
    let no_level = refused(&|model| model.comparisons[0].levels.iter_mut().for_each(|level| level.u = 0.0));
    assert!(no_level.contains("comparisons[0].u"), "{no_level}");
    for prior in [0.0, 1.0] {
        assert!(refused(&|model| model.prior = prior).contains("prior"));
    }
    let sum = |change: &dyn Fn(&mut Model)| -> usize {
        let answer = given(change).expect("a model");
        answer.notes().iter().filter(|note| note.code == "model_sum").count()
    };
    assert_eq!(sum(&|_| {}), 0);
    assert_eq!(sum(&|model| model.comparisons[0].levels.iter_mut().for_each(|level| level.m = 0.9)), 1);
    // A comparison that the model does not have says nothing.
    assert!(given(&|model| drop(model.comparisons.pop())).is_ok());
}

#[test]
fn work_ends_at_its_limit() {
    let (register, visits) = lists(300, 4);
    let stopped =
        reconcile(&table(&register), &table(&visits), &Rules::default(), None, &mut Control::limited(10));
    assert_eq!(stopped.expect_err("10 candidates are not enough"), ReconcileError::Stopped(Stopped::Limit));
}

#[test]
fn one_person_may_have_several_visits_or_stand_in_a_cluster() {
    let (register, visits) = lists(300, 5);
    let mut twice = visits.clone();
    twice.extend(visits.iter().cloned().map(|mut row| {
        row[0].push_str("-again");
        row
    }));
    let one = answer(&register, &visits, &Rules::default()).matched().len();
    let many = answer(&register, &twice, &Rules { settle: Settle::OneToMany, ..Rules::default() });
    assert!(many.matched().len() + 10 > 2 * one, "{} of {}", many.matched().len(), 2 * one);
    // Each visit and its double are of one cluster, even those that the register does not have.
    let clusters = answer(&[], &twice, &Rules { settle: Settle::Clusters, ..Rules::default() });
    let alone = deduplicate(&table(&twice), &Rules::default(), None, &mut Control::free()).expect("sound");
    for answer in [&clusters, &alone] {
        let doubles = answer.duplicates().count();
        assert!(doubles + 20 > visits.len() && doubles < visits.len() + 20, "{doubles} of {}", visits.len());
    }
}

#[test]
fn nothing_alike_and_all_alike() {
    let same: Vec<Row> = (0..600)
        .map(|row| {
            [format!("x-{row}"), "张三".into(), String::new(), String::new(), "男".into(), String::new()]
        })
        .collect();
    let empty: Vec<Row> = (0..50)
        .map(|row| {
            let mut row = [
                format!("y-{row}"),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
            ];
            row[1].push('李');
            row
        })
        .collect();
    for settle in [Settle::OneToOne, Settle::OneToMany, Settle::Clusters] {
        let rules = Rules { settle, ..Rules::default() };
        for (left, right) in
            [(&same[..], &same[..]), (&same[..], &empty[..]), (&empty[..1], &[][..]), (&[][..], &same[..])]
        {
            let answer = answer(left, right, &rules);
            assert_eq!(answer.states(RosterSide::Left).len(), left.len());
            assert_eq!(answer.states(RosterSide::Right).len(), right.len());
            assert!(answer.gap().is_none_or(f64::is_finite) && answer.model().check().is_ok());
        }
    }
}

#[test]
fn all_visits_of_a_person_count_when_the_model_is_learnt() {
    let (register, visits) = lists(100, 9);
    let again = |turn: usize| {
        let of_turn = move |mut row: Row| {
            row[0] = format!("{}-{turn}", row[0]);
            row
        };
        visits.iter().cloned().map(of_turn)
    };
    let all: Vec<Row> = (0..8).flat_map(again).collect();
    let many = answer(&register, &all, &Rules::visits());
    let same = many.model().prior * many.report().compared_pairs as f64;
    assert!(same > 3.0 * register.len() as f64, "{same} pairs of the same person");
}

#[test]
fn the_log_holds_no_hash_of_one_row_s_values() {
    let (register, visits) = lists(30, 2);
    let start = answer(&register, &visits, &Rules::default());
    let entry = |phone: &str| {
        let mut row = visits[0].clone();
        row[2] = phone.to_owned();
        let later = [row];
        let update = Update { right: Some(table(&later)), ..Update::default() };
        let next = start.update(&update, &Stamp::default(), &mut Control::free()).expect("a sound row");
        next.log()[1].clone()
    };
    let (one, other) = (entry("13800138000"), entry("13900139000"));
    assert_eq!(one.content, other.content);
    assert_ne!(one.fingerprint, other.fingerprint, "the whole run's fingerprint tells them apart");
}
