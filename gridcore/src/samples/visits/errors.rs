//! What goes wrong between a register and what a doorstep says.
//!
//! In a hundred: four households are not reached and two more people are out; three households and three single people
//! live elsewhere; four people are met who are on no register; two are written down twice. Of the rows 30 have no identity
//! number, 22 no phone, 15 no date of birth, 8 no address; the rest are told from `Row::of`.

use super::people::{Authority, Person, civil};
use super::words::{same_sound, traditional};
use super::{Register, Visited, door};
use crate::samples::rng::{Rng, mix};

/// What a row is made from, before it is put into words: the place of the person, and which copy it is.
struct Source {
    place: u32,
    stranger: bool,
    copy: u64,
}

pub(super) fn visit(register: &Register, seed: u64) -> Visited {
    let mut rng = Rng::new(seed, "visits");
    let strangers = strangers(register, seed, &mut rng);
    let mut sources = Vec::new();
    let mut meet = |place: usize, stranger: bool, rng: &mut Rng| {
        let copies = if rng.chance(2) { 2 } else { 1 };
        sources.extend((0..copies).map(|copy| Source { place: place as u32, stranger, copy }));
    };
    let mut reached = true;
    for place in 0..register.people.len() {
        if register.household(place).first as usize == place {
            reached = !rng.chance(4);
        }
        if reached && !rng.chance(2) {
            meet(place, false, &mut rng);
        }
    }
    for place in 0..strangers.len() {
        meet(place, true, &mut rng);
    }
    rng.shuffle(&mut sources);
    let mut visited = Visited {
        codes: register.leaves.iter().map(|leaf| leaf.code.clone()).collect(),
        ..Visited::default()
    };
    for source in sources {
        let place = source.place as usize;
        let key = u64::from(source.place) << 3 | source.copy << 1 | u64::from(source.stranger);
        let mut rng = Rng::new(seed ^ mix(key), "visit");
        let (person, leaf, address) = if source.stranger {
            let (person, leaf, address) = &strangers[place];
            (person.clone(), *leaf, address.clone())
        } else {
            let (leaf, address) = home(register, place, seed);
            (register.person(place), leaf, address)
        };
        visited.moved.push(!source.stranger && register.household(place).leaf != leaf);
        visited.truth.push((!source.stranger).then_some(source.place));
        visited.write(&Row::of(&person, &address, &mut rng), leaf, person.male);
    }
    visited
}

/// Households that no register has, in leaves that it has.
fn strangers(register: &Register, seed: u64, rng: &mut Rng) -> Vec<(Person, u32, String)> {
    let mut authority = Authority::elsewhere(seed);
    let (most, mut all) = (register.people.len() / 25, Vec::new());
    while all.len() < most {
        let (leaf, address) = somewhere(register, rng);
        let size = rng.between(1, 3) as usize;
        let people = authority.household(size).into_iter();
        all.extend(people.map(|person| (person, leaf, address.clone())));
    }
    all
}

/// Where somebody was met: at home, or where they have moved to, alone or with the household.
fn home(register: &Register, place: usize, seed: u64) -> (u32, String) {
    let household = register.people[place].household;
    let mut together = Rng::new(seed ^ mix(u64::from(household)), "household moves");
    let mut alone = Rng::new(seed ^ mix(place as u64), "person moves");
    if together.chance(3) {
        somewhere(register, &mut together)
    } else if alone.chance(3) {
        somewhere(register, &mut alone)
    } else {
        (register.household(place).leaf, register.addresses.get(household as usize).to_owned())
    }
}

fn somewhere(register: &Register, rng: &mut Rng) -> (u32, String) {
    let leaf = rng.below(register.leaves.len() as u64) as usize;
    (leaf as u32, format!("{}{}", register.leaves[leaf].road, door(rng)))
}

/// One row's texts; an empty one is missing.
#[derive(Default)]
struct Row {
    name: String,
    id: String,
    phone: String,
    birth: String,
    address: String,
}

impl Row {
    fn of(person: &Person, address: &str, rng: &mut Rng) -> Self {
        Self {
            name: name(&person.name, rng),
            id: if rng.chance(30) { String::new() } else { id(&person.id, rng) },
            phone: if rng.chance(22) { String::new() } else { phone(&person.phone, rng) },
            birth: if rng.chance(15) { String::new() } else { birth(person.birth, rng) },
            address: if rng.chance(8) { String::new() } else { written(address, rng) },
        }
    }
}

/// In a hundred: four with a character of the same sound, four in traditional ones, one shortened, one with spaces.
fn name(name: &str, rng: &mut Rng) -> String {
    let characters: Vec<char> = name.chars().collect();
    let place = rng.below(characters.len() as u64) as usize;
    match rng.below(100) {
        0..4 => {
            let change = |(at, &one): (usize, &char)| if at == place { same_sound(one, rng) } else { one };
            characters.iter().enumerate().map(change).collect()
        }
        4..8 => characters.into_iter().map(traditional).collect(),
        8 if characters.len() > 2 => {
            let kept = |&(at, _): &(usize, &char)| at != place.max(1);
            characters.iter().enumerate().filter(kept).map(|(_, &one)| one).collect()
        }
        9 => characters.into_iter().flat_map(|one| [one, ' ']).collect::<String>().trim_end().to_owned(),
        _ => name.to_owned(),
    }
}

/// In a hundred: two with a wrong digit, one with two digits swapped, one with a small x or blanks, one of fifteen digits.
fn id(id: &str, rng: &mut Rng) -> String {
    let place = rng.below(16) as usize;
    match rng.below(100) {
        0..2 => another_digit(id, place, rng),
        2 => swapped(id, place),
        3 => format!(" {} ", id.to_lowercase()),
        4 if id.get(6..8) == Some("19") => format!("{}{}", &id[..6], &id[8..17]),
        _ => id.to_owned(),
    }
}

/// In a hundred: seven new ones, two with a wrong digit, three with the country's code or hyphens.
fn phone(phone: &str, rng: &mut Rng) -> String {
    match rng.below(100) {
        0..7 => format!("154{:08}", rng.below(100_000_000)),
        7..9 => {
            let place = rng.between(3, 10) as usize;
            another_digit(phone, place, rng)
        }
        9..11 => format!("+86 {phone}"),
        11 => format!("{}-{}-{}", &phone[..3], &phone[3..7], &phone[7..]),
        _ => phone.to_owned(),
    }
}

/// In four forms; in a hundred two have the day a digit off, one has day and month swapped where that is a date too.
fn birth(birth: i64, rng: &mut Rng) -> String {
    let (year, mut month, mut day) = civil(birth);
    match rng.below(100) {
        0..2 => day = if day % 10 == 9 { day - 1 } else { (day + 1).min(28) },
        2 if day <= 12 => (month, day) = (day, month),
        _ => {}
    }
    match rng.below(10) {
        0..5 => format!("{year:04}-{month:02}-{day:02}"),
        5..8 => format!("{year:04}{month:02}{day:02}"),
        8 => format!("{year}/{month}/{day}"),
        _ => format!("{year}年{month}月{day}日"),
    }
}

/// The ways in which people write one address.
fn written(address: &str, rng: &mut Rng) -> String {
    let short = |address: &str| address.replace('栋', "-").replace("单元", "-").replace('室', "");
    match rng.below(10) {
        0 | 1 => short(address),
        2 => address.replace('栋', "幢"),
        3 => address.replace('栋', "号楼").replace("单元", "门"),
        4 => address.strip_suffix('室').unwrap_or(address).to_owned(),
        _ => address.to_owned(),
    }
}

fn another_digit(number: &str, place: usize, rng: &mut Rng) -> String {
    let more = rng.between(1, 9) as u8;
    let change = |(at, digit): (usize, u8)| {
        char::from(if at == place && digit.is_ascii_digit() {
            b'0' + (digit - b'0' + more) % 10
        } else {
            digit
        })
    };
    number.bytes().enumerate().map(change).collect()
}

fn swapped(number: &str, place: usize) -> String {
    let mut digits: Vec<char> = number.chars().collect();
    digits.swap(place, place + 1);
    digits.into_iter().collect()
}

impl Visited {
    fn write(&mut self, row: &Row, leaf: u32, male: bool) {
        self.leaves.push(leaf);
        self.male.push(male);
        self.names.push(&row.name);
        self.ids.push(&row.id);
        self.phones.push(&row.phone);
        self.births.push(&row.birth);
        self.addresses.push(&row.address);
    }
}
