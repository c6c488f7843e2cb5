//! The odd rosters: what registers, clerks and volunteers do to people.
//!
//! Written without a look at the matcher, from what offices tell: families who move together and strangers who live where
//! they lived, one phone for a whole family, twins, near namesakes in one building, family and given name swapped, married
//! names, a character that one system cannot write (平) and so drops, names with a dot (·), dates with digits transposed or
//! day and month swapped, lunar birthdays, birthdays of which the year alone is known, the number of the head of the
//! household in the row of a child.

use super::draw::Draw;
use super::people::{Door, Registrar, another_digit, swapped, without};
use super::words::{ROADS, given, nth, same_sound, surname, variant};
use super::{Rosters, Row};

#[derive(Clone)]
struct Person {
    family: String,
    given: String,
    id: String,
    phone: String,
    /// Year, month, day.
    birth: (usize, usize, usize),
    male: bool,
}

struct Household {
    people: Vec<Person>,
    grid: usize,
    door: Door,
}

/// The first parts of given names with a dot, and the names of the fathers after it.
const DOTTED: [[&str; 6]; 2] = [
    ["阿依古丽", "古丽娜尔", "买买提", "艾力", "帕提曼", "吐尔逊"],
    ["买买提", "阿不都拉", "艾山", "吾斯曼", "克里木", "热合曼"],
];
/// Characters that one system cannot write.
const LOST: [char; 3] = ['平', '钰', '鑫'];
/// Households of a building.
const BUILDING: usize = 40;

/// Draws a register of about so many rows and its list.
#[must_use]
pub fn odd(rows: usize, seed: u64) -> Rosters {
    let mut draw = Draw::new(seed ^ 0x0DD5_EED5);
    let (mut registrar, mut households, mut people) = (Registrar::default(), Vec::new(), 0);
    let buildings = (rows / 2 / BUILDING).max(1);
    while people < rows {
        let household = Household::draw(buildings, &mut registrar, &mut draw);
        people += household.people.len();
        households.push(household);
    }
    namesakes(&mut households, &mut registrar, &mut draw);
    let mut rosters = Rosters::default();
    let mut person = 0;
    for household in &households {
        let moved = draw.chance(60).then(|| somewhere(buildings, &mut draw));
        let gone = draw.chance(40);
        for one in &household.people {
            rosters.add_left(person, one.clean(household));
            if !gone && !draw.chance(55) {
                for _ in 0..if draw.chance(30) { 2 } else { 1 } {
                    let alone = draw.chance(30).then(|| somewhere(buildings, &mut draw));
                    let place = moved.or(alone).unwrap_or((household.grid, household.door));
                    rosters.add_right(person, one.met(household, place, &mut draw));
                }
            }
            person += 1;
        }
        // Others live where a family lived, and some are nowhere on the register.
        if draw.chance(if moved.is_some() || gone { 500 } else { 45 }) {
            let mut others = Household::draw(buildings, &mut registrar, &mut draw);
            (others.grid, others.door) = (household.grid, household.door);
            for one in &others.people {
                rosters.add_right(person, one.met(&others, (others.grid, others.door), &mut draw));
                person += 1;
            }
        }
    }
    draw.shuffle(&mut rosters.left);
    draw.shuffle(&mut rosters.right);
    rosters
}

impl Rosters {
    fn add_left(&mut self, person: u32, cells: [String; 7]) {
        self.left.push(Row { record: format!("R{:07}", self.left.len()), person, cells });
    }

    fn add_right(&mut self, person: u32, cells: [String; 7]) {
        self.right.push(Row { record: format!("V{:07}", self.right.len()), person, cells });
    }
}

/// A building of the community, which has a grid for every two of them, and a door in it.
fn somewhere(buildings: usize, draw: &mut Draw) -> (usize, Door) {
    let building = draw.below(buildings);
    let door = Door {
        road: building / 40 * 7 % ROADS.len(),
        house: 8 + building / 10,
        building: 1 + building % 10,
        unit: 1 + draw.below(2),
        room: (1 + draw.below(20)) * 100 + 1 + draw.below(4),
    };
    (building / 2, door)
}

impl Household {
    fn draw(buildings: usize, registrar: &mut Registrar, draw: &mut Draw) -> Self {
        let (grid, door) = somewhere(buildings, draw);
        let family = surname(draw);
        let phone = phone(draw);
        let mut people: Vec<Person> = Vec::new();
        let size = 1 + draw.below(3) + draw.below(2);
        for member in 0..size {
            let child = member >= 2;
            let twin = child && draw.chance(60);
            let birth = match people.last() {
                Some(before) if twin => before.birth,
                _ if child => (2001 + draw.below(21), 1 + draw.below(12), 1 + draw.below(28)),
                _ => (1935 + draw.below(66), 1 + draw.below(12), 1 + draw.below(28)),
            };
            let male = if member == 1 { !people[0].male } else { draw.chance(510) };
            let mut one = Person {
                family: if member == 1 { surname(draw) } else { family.clone() },
                given: first_name(draw),
                id: registrar.number(&format!("{}{:02}{:02}", birth.0, birth.1, birth.2), male, draw),
                phone: if draw.chance(350) || child { phone.clone() } else { self::phone(draw) },
                birth,
                male,
            };
            if let Some(before) = people.last().filter(|_| twin) {
                one.given = format!("{}{}", nth(&before.given, 0), given(draw));
            }
            if draw.chance(10) {
                DOTTED[0][draw.below(6)].clone_into(&mut one.family);
                one.given = format!("·{}", DOTTED[1][draw.below(6)]);
            }
            people.push(one);
        }
        Self { people, grid, door }
    }
}

/// Some have a neighbour of nearly the same name, sex and age in the same building.
fn namesakes(households: &mut [Household], registrar: &mut Registrar, draw: &mut Draw) {
    let mut building: std::collections::BTreeMap<(usize, usize, usize), usize> =
        std::collections::BTreeMap::new();
    for place in 0..households.len() {
        let Door { house, building: number, .. } = households[place].door;
        let neighbour = building.insert((households[place].grid, house, number), place);
        let Some(neighbour) = neighbour.filter(|_| draw.chance(60)) else { continue };
        let model = households[neighbour].people[0].clone();
        let head = &mut households[place].people[0];
        head.family = model.family;
        head.given = if draw.chance(400) {
            model.given
        } else {
            model.given.chars().map(|one| same_sound(one, draw)).collect()
        };
        head.male = model.male;
        head.birth = (model.birth.0 + draw.below(3), 1 + draw.below(12), 1 + draw.below(28));
        let birth = format!("{}{:02}{:02}", head.birth.0, head.birth.1, head.birth.2);
        head.id = registrar.number(&birth, head.male, draw);
    }
}

fn first_name(draw: &mut Draw) -> String {
    let length = if draw.chance(850) { 2 } else { 1 };
    (0..length).map(|_| given(draw)).collect()
}

fn phone(draw: &mut Draw) -> String {
    format!("1{}{:08}", [35, 37, 51, 59, 83, 88, 92, 99][draw.below(8)], draw.below(100_000_000))
}

fn code(grid: usize) -> String {
    format!("44{:03}{:03}", grid / 100, grid % 100)
}

fn date((year, month, day): (usize, usize, usize)) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

impl Person {
    fn clean(&self, home: &Household) -> [String; 7] {
        let sex = if self.male { "男" } else { "女" };
        let name = format!("{}{}", self.family, self.given);
        let address = home.door.write(0);
        [
            name,
            self.id.clone(),
            self.phone.clone(),
            date(self.birth),
            sex.to_owned(),
            code(home.grid),
            address,
        ]
    }

    fn met(&self, home: &Household, (grid, door): (usize, Door), draw: &mut Draw) -> [String; 7] {
        let sex = if draw.chance(12) { !self.male } else { self.male };
        let sex = if draw.chance(60) {
            ""
        } else if sex {
            "男"
        } else {
            "女"
        };
        let grid = if draw.chance(50) { String::new() } else { code(grid) };
        let address = address(door, draw);
        [
            self.name(home, draw),
            self.number(home, draw),
            self.phone(home, draw),
            self.day(draw),
            sex.to_owned(),
            grid,
            address,
        ]
    }

    fn name(&self, home: &Household, draw: &mut Draw) -> String {
        let mut name = format!("{}{}", self.family, self.given);
        let married = home.people.first().filter(|head| head.male && !self.male && self.birth.0 < 1996);
        match draw.below(1000) {
            0..30 => name = format!("{}{}", self.given, self.family),
            30..70 => {
                if let Some(head) = married {
                    // 李美玲, married to a 陈, is written 陈李美玲 or 陈美玲.
                    let kept = if draw.chance(500) { &*self.family } else { "" };
                    name = format!("{}{kept}{}", head.family, self.given);
                }
            }
            70..95 => name = without(&name, 1 + draw.below(2)),
            95..145 => name = name.chars().map(|one| same_sound(one, draw)).collect(),
            145..205 => name = name.chars().map(variant).collect(),
            205..220 => name = swapped(&name, 1),
            _ => {}
        }
        if draw.chance(500) {
            name.retain(|one| !LOST.contains(&one));
        }
        match draw.below(4) {
            0 => name.replace('·', "•"),
            1 => name.replace('·', "．"),
            2 => name.replace('·', ""),
            _ => name,
        }
    }

    fn number(&self, home: &Household, draw: &mut Draw) -> String {
        match draw.below(1000) {
            0..540 => String::new(),
            540..560 => home.people[0].id.clone(),
            560..575 => swapped(&self.id, draw.below(16)),
            575..600 => {
                let place = draw.below(17);
                another_digit(&self.id, place, draw)
            }
            600..610 => self.id.replace('X', "0"),
            610..640 => self.id.to_lowercase(),
            _ => self.id.clone(),
        }
    }

    fn phone(&self, home: &Household, draw: &mut Draw) -> String {
        match draw.below(1000) {
            0..260 => String::new(),
            260..420 => home.people[0].phone.clone(),
            420..540 => phone(draw),
            540..560 => swapped(&self.phone, 3 + draw.below(7)),
            560..590 => format!("{} {} {}", &self.phone[..3], &self.phone[3..7], &self.phone[7..]),
            _ => self.phone.clone(),
        }
    }

    fn day(&self, draw: &mut Draw) -> String {
        let (year, month, day) = self.birth;
        match draw.below(1000) {
            0..180 => String::new(),
            180..205 if day <= 12 => date((year, day, month)),
            205..235 => {
                // Digits of the year or of the day.
                let text = date(self.birth);
                swapped(&text, if draw.chance(500) { 2 } else { 8 })
            }
            235..260 => date((year, 1, 1)),
            260..285 => date((year + draw.below(3) - 1, month, day)),
            // A lunar date is four to seven weeks behind.
            285..310 => {
                date(if month > 1 { (year, month - 1, (day + 17) % 28 + 1) } else { (year - 1, 12, day) })
            }
            _ => date(self.birth),
        }
    }
}

fn address(mut door: Door, draw: &mut Draw) -> String {
    match draw.below(1000) {
        0..150 => return String::new(),
        150..180 => door.room = door.room / 100 * 100 + 5 - door.room % 100,
        180..200 => door.unit = 3 - door.unit,
        _ => {}
    }
    door.write(if draw.chance(600) { 1 + draw.below(3) } else { 0 })
}
