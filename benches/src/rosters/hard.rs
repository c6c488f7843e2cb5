//! The hard rosters: what a list of doorsteps looks like beside a register.
//!
//! In a thousand rows of the list 450 have no identity number, 350 no phone, 250 no date of birth; 60 have a character of
//! the same sound, 40 traditional ones; 100 are met in another place. 60 people in a thousand are not on the list, as many
//! on it alone; 20 stand on it twice, 10 twice in the register.

use super::draw::Draw;
use super::people::{Door, Registrar, another_digit, swapped, without};
use super::words::{ROADS, given, look_alike, same_sound, skewed, surname, variant};
use super::{Rosters, Row};

#[derive(Clone)]
struct Person {
    name: String,
    id: String,
    phone: String,
    birth: String,
    sex: &'static str,
    grid: usize,
    door: Door,
}

/// Draws a register of about so many rows and its list.
#[must_use]
pub fn hard(rows: usize, seed: u64) -> Rosters {
    let mut draw = Draw::new(seed);
    let (people, grids) = population(rows + rows * 6 / 100, &mut draw);
    let mut left = Vec::new();
    for (number, person) in people.iter().take(rows).enumerate() {
        left.push(row(format!("a{number}"), number, person.clean()));
    }
    for copy in 0..rows / 100 {
        let number = draw.below(rows);
        left.push(row(format!("ad{copy}"), number, people[number].corrupt(grids, 10, &mut draw)));
    }
    let met: Vec<usize> = (0..people.len()).filter(|&number| number >= rows || !draw.chance(60)).collect();
    let mut right = Vec::new();
    for (place, &number) in met.iter().enumerate() {
        right.push(row(format!("b{place}"), number, people[number].corrupt(grids, 10, &mut draw)));
    }
    for copy in 0..met.len() / 50 {
        let number = met[draw.below(met.len())];
        right.push(row(format!("bd{copy}"), number, people[number].corrupt(grids, 15, &mut draw)));
    }
    draw.shuffle(&mut left);
    draw.shuffle(&mut right);
    Rosters { left, right }
}

fn row(record: String, person: usize, cells: [String; 7]) -> Row {
    Row { record, person: person as u32, cells }
}

/// People in households in grids of some 300 households each; and the number of grids.
fn population(people: usize, draw: &mut Draw) -> (Vec<Person>, usize) {
    // 1 + Poisson(1.62), in thousandths.
    const SIZES: [usize; 8] = [198, 518, 778, 918, 975, 993, 998, 1000];
    let grids = (people * 10 / 26 / 300).max(1);
    let places: Vec<(usize, usize)> =
        (0..grids).map(|_| (draw.below(ROADS.len()), 1 + draw.below(399))).collect();
    let (mut all, mut registrar): (Vec<Person>, Registrar) = (Vec::new(), Registrar::default());
    while all.len() < people {
        let lot = draw.below(1000);
        let size = 1 + SIZES.iter().position(|&most| lot < most).unwrap_or(0);
        let (grid, family, phone) = (draw.below(grids), surname(draw), draw.below(100_000_000));
        let (road, house) = places[grid];
        let door = Door {
            road,
            house,
            building: 1 + draw.below(24),
            unit: 1 + draw.below(4),
            room: (1 + draw.below(18)) * 100 + 1 + draw.below(4),
        };
        for member in 0..size.min(people - all.len()) {
            let twin = member > 0 && draw.chance(4);
            let before = if twin { all.last().cloned() } else { None };
            let birth = before.as_ref().map_or_else(|| birth(draw), |other| other.birth.clone());
            let own = if draw.chance(500) { family.clone() } else { surname(draw) };
            let name = match &before {
                // Twins are one character apart.
                Some(other) if other.name.chars().count() > 2 => {
                    let mut name = other.name.clone();
                    name.pop();
                    name.push(given(draw));
                    name
                }
                _ => {
                    let second = draw.chance(780).then(|| given(draw));
                    [own.chars().collect(), vec![given(draw)], second.into_iter().collect()]
                        .concat()
                        .iter()
                        .collect()
                }
            };
            let male = draw.chance(500);
            let id = registrar.number(&birth, male, draw);
            let own = draw.below(100_000_000);
            let prefix = ["138", "139", "136", "150", "158", "186", "177", "189"][draw.below(8)];
            let phone = if draw.chance(200) { format!("138{phone:08}") } else { format!("{prefix}{own:08}") };
            all.push(Person { name, id, phone, birth, sex: if male { "男" } else { "女" }, grid, door });
        }
    }
    (all, grids)
}

/// `YYYYMMDD`; ages lie between 0 and 94, most near 38.
fn birth(draw: &mut Draw) -> String {
    let age = if draw.chance(400) {
        draw.below(38).max(draw.below(38))
    } else {
        38 + draw.below(57).min(draw.below(57))
    };
    format!("{}{:02}{:02}", 2025 - age, 1 + draw.below(12), 1 + draw.below(28))
}

fn code(grid: usize) -> String {
    let [first, second, third, last] =
        [grid / 720, grid / 60 % 12, grid / 6 % 10, grid % 6].map(|part| part + 10);
    format!("{first:02}{second:02}{third:02}{last:02}")
}

impl Person {
    fn clean(&self) -> [String; 7] {
        let cells = [&self.name, &self.id, &self.phone, &self.birth].map(Clone::clone);
        let [name, id, phone, birth] = cells;
        [name, id, phone, birth, self.sex.to_owned(), code(self.grid), self.door.write(0)]
    }

    /// What a doorstep makes of it; `heavy` is in tenths.
    fn corrupt(&self, grids: usize, heavy: usize, draw: &mut Draw) -> [String; 7] {
        let often = |rate: usize, draw: &mut Draw| draw.chance(rate * heavy / 10);
        let [mut name, mut id, mut phone, mut birth, sex, mut grid, _] = self.clean();
        if often(60, draw) {
            let place = draw.below(name.chars().count());
            let change = |(at, one)| if at == place { same_sound(one, draw) } else { one };
            name = name.chars().enumerate().map(change).collect();
        }
        if often(40, draw) {
            name = name.chars().map(variant).collect();
        }
        if often(20, draw) && name.chars().count() > 2 {
            let place = 1 + draw.below(name.chars().count() - 1);
            name = without(&name, place);
        }
        if often(10, draw) {
            name = name.chars().map(look_alike).collect();
        }
        if often(450, draw) {
            id.clear();
        } else if often(30, draw) {
            let place = draw.below(17);
            id = another_digit(&id, place, draw);
        } else if often(10, draw) {
            id = swapped(&id, draw.below(16));
        } else if often(5, draw) && &id[6..8] == "19" {
            id = format!("{}{}", &id[..6], &id[8..17]);
        }
        if often(350, draw) {
            phone.clear();
        } else if often(120, draw) {
            phone = format!("1{}{:09}", 3 + draw.below(7), draw.below(1_000_000_000));
        } else if often(30, draw) {
            let place = 3 + draw.below(8);
            phone = another_digit(&phone, place, draw);
        }
        if often(250, draw) {
            birth.clear();
        } else if often(20, draw) && &birth[6..] <= "12" {
            birth = format!("{}{}{}", &birth[..4], &birth[6..], &birth[4..6]);
        } else if often(30, draw) {
            let place = 3 + draw.below(5);
            birth = another_digit(&birth, place, draw);
        }
        let mut door = self.door;
        if often(100, draw) {
            grid = code(draw.below(grids));
            let room = (1 + draw.below(18)) * 100 + 1 + draw.below(4);
            let (building, unit) = (1 + draw.below(24), 1 + draw.below(4));
            door = Door { road: skewed(draw, ROADS.len()), house: 1 + draw.below(399), building, unit, room };
        }
        let style = if often(500, draw) { 1 + draw.below(3) } else { 0 };
        let address = if often(100, draw) { String::new() } else { door.write(style) };
        [name, id, phone, birth, sex, grid, address]
    }
}
