//! Rosters without a slip: nobody is put together with anybody else, whatever columns there are and however short they are.

use gridcore::control::Control;
use gridcore::roster::{
    Reconciliation, RosterCell, RosterTable, Rules, Stamp, Update, deduplicate, reconcile,
};

const COLUMNS: [&str; 8] = ["rid", "姓名", "身份证号", "出生日期", "性别", "电话", "地址", "网格"];
type Person = [String; COLUMNS.len()];

/// The columns of a roster, by place.
const ROSTERS: [&[usize]; 7] =
    [&[1, 2, 3, 4, 5, 6, 7], &[1, 2, 3, 4], &[1, 2, 4], &[1, 2, 7], &[1, 2, 5], &[1, 2, 6], &[1, 3, 4, 6]];

/// A sound identity number (GB 11643) of somebody born on a day.
fn identity(born: &str, serial: u64) -> String {
    let body = format!("442000{born}{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", char::from(b"10X98765432"[sum as usize % 11]))
}

/// People who have nothing to do with each other; some surnames and given names are common.
fn people(count: usize, seed: u64) -> Vec<Person> {
    const SURNAMES: &str =
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林郑谢罗梁宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏";
    const GIVEN: &str =
        "英华玉秀明珍文芳兰国春红丽桂志梅海云建平金林小军荣凤生永清德辉莲玲香伟龙新燕光萍艳杰霞洪娟超";
    let mut state = seed;
    let mut below = move |bound: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % bound
    };
    let one = |letters: &str, below: &mut dyn FnMut(u64) -> u64| {
        let count = letters.chars().count() as u64;
        let place = below(count).min(below(count));
        letters.chars().nth(place as usize).unwrap_or('王')
    };
    let mut numbers = std::collections::HashSet::new();
    let mut people: Vec<Person> = Vec::new();
    while people.len() < count {
        let born = format!("{}{:02}{:02}", 1935 + below(85), 1 + below(12), 1 + below(28));
        let serial = below(1000);
        let number = identity(&born, serial);
        if !numbers.insert(number.clone()) {
            continue;
        }
        people.push([
            people.len().to_string(),
            format!("{}{}{}", one(SURNAMES, &mut below), one(GIVEN, &mut below), one(GIVEN, &mut below)),
            number,
            born,
            if serial % 2 == 1 { "男" } else { "女" }.into(),
            format!("13{:09}", below(1_000_000_000)),
            format!(
                "兴中路{}号{}栋{}单元{}0{}室",
                1 + below(60),
                1 + below(5),
                1 + below(3),
                1 + below(20),
                1 + below(4)
            ),
            format!("g{}", 1 + below(20)),
        ]);
    }
    people
}

fn table<'a>(people: &'a [Person], columns: &'a [usize]) -> RosterTable<'a> {
    let column = |table: RosterTable<'a>, &place: &usize| {
        table.column(COLUMNS[place], move |row: usize| RosterCell::Text(&people[row][place]))
    };
    columns.iter().fold(column(RosterTable::new(people.len()), &0), column)
}

fn run(left: &RosterTable<'_>, right: &RosterTable<'_>) -> Reconciliation {
    reconcile(left, right, &Rules::default(), None, &mut Control::free()).expect("the rosters are sound")
}

#[test]
fn independent_people_are_found_again_and_put_together_with_nobody() {
    for (count, seed) in [(40, 1), (300, 2), (2000, 3)] {
        let all = people(count * 3 / 2, seed);
        let (left, right) = (&all[..count], &all[count / 2..]);
        for columns in ROSTERS {
            let answer = run(&table(left, columns), &table(right, columns));
            let shown = || format!("{count} people by {columns:?}");
            assert!(answer.matched().all(|pair| pair.left == pair.right), "{}", shown());
            assert_eq!(answer.duplicates().count(), 0, "{}", shown());
            assert_eq!(answer.matched().len(), count - count / 2, "{}", shown());
        }
        let alone = deduplicate(&table(&all, ROSTERS[0]), &Rules::default(), None, &mut Control::free());
        assert_eq!(alone.expect("the roster is sound").duplicates().count(), 0);
    }
}

/// What was learnt from rosters that agree in everything still knows who is somebody else.
#[test]
fn a_housemate_who_comes_later_is_a_person_of_their_own() {
    for count in [4, 40] {
        let all = people(count * 3 / 2, 7);
        let (left, right) = (&all[..count], &all[count / 2..]);
        let first = run(&table(left, ROSTERS[0]), &table(right, ROSTERS[0]));
        let mut late = people(1, 99)[0].clone();
        late[0] = "late".into();
        (late[5], late[6], late[7]) = (all[0][5].clone(), all[0][6].clone(), all[0][7].clone());
        let late = [late];
        let update = Update { right: Some(table(&late, ROSTERS[0])), ..Update::default() };
        let answer =
            first.update(&update, &Stamp::default(), &mut Control::free()).expect("the row is sound");
        assert!(answer.matched().all(|pair| pair.right != "late"), "{count}");
        assert_eq!(answer.matched().len(), first.matched().len());
        assert!(first.model().comparisons.iter().flat_map(|one| &one.levels).all(|level| level.u > 0.0));
    }
}
