//! What people have in both generators: an identity number of their own, digits that go wrong, a place to live.

use std::collections::HashSet;

use super::draw::Draw;
use super::words::ROADS;

/// A dwelling: road, house, building, unit, floor and room together.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Door {
    pub(super) road: usize,
    pub(super) house: usize,
    pub(super) building: usize,
    pub(super) unit: usize,
    pub(super) room: usize,
}

impl Door {
    /// One of four ways to write it.
    pub(super) fn write(&self, style: usize) -> String {
        let Self { road, house, building, unit, room } = *self;
        let road = ROADS[road % ROADS.len()];
        match style {
            0 => format!("{road}路{house}号{building}栋{unit}单元{room}室"),
            1 => format!("{road}路{house}号{building}-{unit}-{room}"),
            2 => format!("{road}大道{house}号{building}幢{unit}单元{room}"),
            _ => format!("{road}路{house}号{building}号楼{unit}门{room}室"),
        }
    }
}

/// Gives identity numbers (GB 11643), each once.
#[derive(Default)]
pub(super) struct Registrar(HashSet<String>);

impl Registrar {
    pub(super) fn number(&mut self, birth: &str, male: bool, draw: &mut Draw) -> String {
        loop {
            // Provinces that are, cities that are not.
            let province =
                ["11", "13", "21", "31", "32", "33", "34", "37", "41", "42", "43", "44", "45", "51", "61"];
            let (city, county) = (91 + draw.below(5), 1 + draw.below(4));
            let order = 2 * draw.below(500) + usize::from(male);
            let front = format!("{}{city}{county:02}{birth}{order:03}", province[draw.below(province.len())]);
            let number = format!("{front}{}", check(&front));
            if self.0.insert(number.clone()) {
                return number;
            }
        }
    }
}

fn check(front: &str) -> char {
    const WEIGHTS: [usize; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: usize =
        front.bytes().zip(WEIGHTS).map(|(digit, weight)| usize::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[sum % 11])
}

/// The same with another digit at a place.
pub(super) fn another_digit(number: &str, place: usize, draw: &mut Draw) -> String {
    let more = 1 + draw.below(9) as u8;
    let change = |(at, digit): (usize, char)| match digit.to_digit(10) {
        Some(value) if at == place => char::from(b'0' + (value as u8 + more) % 10),
        _ => digit,
    };
    number.chars().enumerate().map(change).collect()
}

/// The same with a character and the next one swapped.
pub(super) fn swapped(text: &str, place: usize) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    if place + 1 < characters.len() {
        characters.swap(place, place + 1);
    }
    characters.into_iter().collect()
}

/// The same without a character.
pub(super) fn without(text: &str, place: usize) -> String {
    text.chars().enumerate().filter(|&(at, _)| at != place).map(|(_, one)| one).collect()
}
