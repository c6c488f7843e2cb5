//! Addresses (住址): what matters is the road's or compound's name, the house number, the building, the unit and the room,
//! however they are written: `人民路12号3栋2单元501室`, `人民大道12号3-2-501`, `人民路12号三号楼2门501`.

use super::hash::mix;
use super::letter::{Letters, half_width};

/// An address in three parts, each 0 where it does not say.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Address {
    /// 24 bits: the core of the road's or compound's name and the house number.
    pub(crate) place: u32,
    /// 20 bits: the building.
    pub(crate) building: u32,
    /// 20 bits: the unit (6 bits), then the room (14 bits).
    pub(crate) room: u32,
}

crate::roster::veil::veiled!(Address);

impl Address {
    /// The three parts in one word.
    pub(crate) const fn pack(self) -> u64 {
        (self.place as u64) << 40 | (self.building as u64) << 20 | self.room as u64
    }
}

/// The most characters that are read; whatever follows is too long to be an address.
const MOST: usize = 96;
/// The most numbers in an address.
const MOST_NUMBERS: usize = 12;

/// What a number in an address counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Counts {
    /// 号: a house, or a building after a lane.
    House,
    Building,
    Unit,
    Floor,
    Room,
    Lane,
    /// A dash follows, and then another number.
    Dash,
    Bare,
}

#[derive(Clone, Copy)]
struct Number {
    value: u64,
    counts: Counts,
}

/// Reads an address; all parts are 0 if nothing in it can be told.
pub(crate) fn read(text: &str) -> Address {
    let letters = Letters::get();
    let mut all = [' '; MOST];
    let mut count = 0;
    for (place, letter) in all.iter_mut().zip(text.chars()) {
        let plain = letters.of(letter).plain;
        *place = match half_width(letter) {
            _ if plain != 0 => char::from_u32(u32::from(plain)).unwrap_or(letter),
            '\u{2010}'..='\u{2015}' | '~' => '-',
            half if half.is_ascii() => half.to_ascii_lowercase(),
            half if half.is_whitespace() => ' ',
            half => half,
        };
        count += 1;
    }
    let all = &all[..count];
    let mut numbers = [Number { value: 0, counts: Counts::Bare }; MOST_NUMBERS];
    let (found, name) = split(all, &mut numbers);
    settle(&numbers[..found], core(&all[..name]))
}

/// Finds the numbers; returns how many, and where the name before the first of them ends.
fn split(all: &[char], numbers: &mut [Number; MOST_NUMBERS]) -> (usize, usize) {
    let (mut found, mut name, mut at) = (0, all.len(), 0);
    while at < all.len() && found < MOST_NUMBERS {
        let Some((value, end)) = number(all, at, found > 0) else {
            at += 1;
            continue;
        };
        let Some((counts, next)) = counted(&all[end..], found, &numbers[..found]) else {
            // Part of a name: `105国道`.
            at = end;
            continue;
        };
        if found == 0 {
            name = at;
        }
        numbers[found] = Number { value, counts };
        found += 1;
        at = end + next;
    }
    (found, name)
}

/// A number that begins here: digits, perhaps with a letter, a letter before a building, or Chinese numerals before a
/// counter; its value, and where it ends.
fn number(all: &[char], at: usize, later: bool) -> Option<(u64, usize)> {
    let is_digit = |place: usize| all.get(place).is_some_and(char::is_ascii_digit);
    let is_letter = |place: usize| all.get(place).is_some_and(char::is_ascii_lowercase);
    let mut end = at;
    let mut value = 0_u64;
    while is_digit(end) {
        value = value.wrapping_mul(10).wrapping_add(u64::from(all[end] as u32 & 15));
        end += 1;
    }
    if end > at {
        if is_letter(end) && !is_letter(end + 1) {
            return Some((mix(value, all[end] as u64) | 1 << 40, end + 1));
        }
        return Some((value, end));
    }
    if is_letter(at) && !is_letter(at + 1) && (at == 0 || !is_letter(at - 1)) {
        let mut next = at + 1;
        let mut value = 1 << 40 | all[at] as u64;
        while is_digit(next) {
            value = mix(value, all[next] as u64) | 1 << 40;
            next += 1;
        }
        let counter = all.get(next).copied().unwrap_or(' ');
        return (matches!(counter, '栋' | '幢' | '座' | '号' | '-' | '单' | '室' | '房')
            || (next > at + 1 && later))
            .then_some((value, next));
    }
    let mut end = at;
    while all.get(end).is_some_and(|&letter| numeral(letter).is_some()) {
        end += 1;
    }
    let counter = all.get(end).copied().unwrap_or(' ');
    let counts = match counter {
        '号' | '栋' | '幢' | '座' | '层' | '室' | '弄' => true,
        '单' => all.get(end + 1) == Some(&'元'),
        '楼' | '门' | '房' | '户' => later,
        _ => false,
    };
    if end == at || !counts {
        return None;
    }
    Some((spoken(&all[at..end]), end))
}

const fn numeral(letter: char) -> Option<u64> {
    Some(match letter {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        _ => return None,
    })
}

/// 十二 is 12, 一百零三 is 103, 五〇一 is 501.
fn spoken(letters: &[char]) -> u64 {
    let by_place = letters.iter().all(|&letter| numeral(letter).is_some_and(|value| value < 10));
    let (mut total, mut last) = (0_u64, 0_u64);
    for value in letters.iter().filter_map(|&letter| numeral(letter)) {
        if by_place {
            total = total.wrapping_mul(10).wrapping_add(value);
        } else if value >= 10 {
            total = total.wrapping_add(last.max(1).wrapping_mul(value));
            last = 0;
        } else {
            last = value;
        }
    }
    total.wrapping_add(last)
}

/// What the number before `rest` counts, and how many characters say so; nothing if it is part of a name.
fn counted(rest: &[char], found: usize, before: &[Number]) -> Option<(Counts, usize)> {
    let spaces = rest.iter().take_while(|letter| **letter == ' ').count();
    let rest = &rest[spaces..];
    let second = rest.get(1).copied().unwrap_or(' ');
    let (counts, letters) = match rest.first().copied().unwrap_or(' ') {
        '号' | '#' if second == '楼' => (Counts::Building, 2),
        '号' if second == '房' || second == '室' => (Counts::Room, 2),
        '号' => (Counts::House, 1),
        // A group or team of a village stands where a building does in town.
        '栋' | '幢' | '座' | '#' | '组' | '队' | '社' => (Counts::Building, 1),
        '单' if second == '元' => (Counts::Unit, 2),
        '门' | '梯' => (Counts::Unit, 1),
        '层' => (Counts::Floor, 1),
        // A building where none is told yet and digits do not follow at once: `3楼2单元`; else a floor.
        '楼' => {
            let told = before.iter().any(|number| number.counts == Counts::Building);
            let unit = rest.iter().skip(2).take(3).any(|letter| matches!(letter, '单' | '门'));
            (if told || !unit { Counts::Floor } else { Counts::Building }, 1)
        }
        '室' | '房' | '户' => (Counts::Room, 1),
        '弄' | '巷' => (Counts::Lane, 1),
        '-' => (Counts::Dash, 1),
        '路' | '街' | '道' | '国' | '省' | '县' | '环' | '村' | '期' | '区' | '中' | '小' if found == 0 =>
        {
            return None;
        }
        _ => (Counts::Bare, 0),
    };
    // A dash that leads to nothing is no dash.
    if counts == Counts::Dash && !rest.iter().skip(1).take(2).any(char::is_ascii_alphanumeric) {
        return Some((Counts::Bare, spaces));
    }
    Some((counts, spaces + letters))
}

/// Puts the numbers in their places.
fn settle(numbers: &[Number], name: u64) -> Address {
    let (mut house, mut building, mut unit, mut room, mut floor) = (None, None, None, None, None);
    let mut lane = false;
    let mut at = 0;
    while at < numbers.len() {
        let mut end = at;
        while numbers[end].counts == Counts::Dash && end + 1 < numbers.len() {
            end += 1;
        }
        let group = &numbers[at..=end];
        let last = group[group.len() - 1];
        let joined =
            group.iter().skip(1).fold(group[0].value, |value, number| mix(value, number.value) | 1 << 40);
        match (last.counts, group.len()) {
            (Counts::Lane, _) => {
                house = house.or(Some(joined));
                lane = true;
            }
            (Counts::House, _) if lane && building.is_none() => building = Some(joined),
            (Counts::House, _) if house.is_none() && building.is_none() => house = Some(joined),
            (Counts::House, _) if building.is_none() => building = Some(joined),
            (Counts::Building, _) => building = Some(joined),
            (Counts::Floor, _) => floor = Some(joined),
            (Counts::Unit, 1) => unit = Some(joined),
            (Counts::Unit, _) => {
                building = building.or(Some(group[0].value));
                unit = Some(last.value);
            }
            (Counts::Room | Counts::House, 1) => room = Some(joined),
            (Counts::Bare | Counts::Dash, 1) => {
                if building.is_some() || unit.is_some() || floor.is_some() || house.is_some() {
                    room = room.or(Some(joined));
                } else {
                    house = Some(joined);
                }
            }
            (_, 2) => {
                room = Some(last.value);
                if building.is_some() {
                    unit = unit.or(Some(group[0].value));
                } else {
                    building = Some(group[0].value);
                }
            }
            (_, count) => {
                room = Some(last.value);
                unit = Some(group[count - 2].value);
                building = building.or(Some(group[count - 3].value));
                if count > 3 {
                    house = house.or(Some(group[0].value));
                }
            }
        }
        at = end + 1;
    }
    let room = room.or(floor.map(|floor| floor.wrapping_mul(100)));
    let place = if name == 0 && house.is_none() {
        0
    } else {
        part(mix(name, house.map_or(0, |house| house.wrapping_add(1))), 24)
    };
    Address {
        place,
        building: building.map_or(0, |value| part(value, 20)),
        room: unit.map_or(0, |value| part(value, 6)) << 14 | room.map_or(0, |value| part(value, 14)),
    }
}

/// A value in so many bits, never 0.
const fn part(value: u64, bits: u32) -> u32 {
    let most = (1_u64 << bits) - 1;
    if value < most { value as u32 + 1 } else { (mix(value, 5) % most) as u32 + 1 }
}

/// Whether a character only parts words.
const fn is_mark(letter: char) -> bool {
    match letter {
        letter if letter.is_ascii() => !letter.is_ascii_alphanumeric(),
        letter => {
            matches!(letter, '\u{80}'..='\u{BF}' | '\u{2000}'..='\u{206F}' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
        }
    }
}

/// What roads are, the longer words first.
const KINDS: [&[char]; 13] = [
    &['大', '道'],
    &['大', '街'],
    &['公', '路'],
    &['马', '路'],
    &['胡', '同'],
    &['小', '区'],
    &['社', '区'],
    &['路'],
    &['街'],
    &['道'],
    &['巷'],
    &['弄'],
    &['里'],
];
/// What compounds are called behind their own name, which belongs to it.
const COMPOUNDS: [[char; 2]; 12] = [
    ['花', '园'],
    ['家', '园'],
    ['花', '苑'],
    ['名', '苑'],
    ['公', '寓'],
    ['大', '厦'],
    ['广', '场'],
    ['新', '村'],
    ['新', '城'],
    ['山', '庄'],
    ['宿', '舍'],
    ['大', '院'],
];

/// A name without what kind of road or compound it is, unless it is nothing else.
fn without_kind(name: &[char]) -> &[char] {
    let kind = KINDS.iter().find(|kind| name.len() > kind.len() && name.ends_with(kind));
    kind.map_or(name, |kind| &name[..name.len() - kind.len()])
}

/// Whether what stands behind a place above tells roads and compounds apart: two Chinese characters or more beside the
/// kind, a direction and a number, or a word in another script.
fn is_own(name: &[char]) -> bool {
    let mut name = name;
    while let Some((_, rest)) = name.split_first().filter(|(letter, _)| is_mark(**letter)) {
        name = rest;
    }
    let mut own = without_kind(name);
    let is_road = own.len() < name.len() && !name.ends_with(&['区']);
    if !is_road && COMPOUNDS.iter().any(|compound| own.ends_with(compound)) {
        own = &own[..own.len() - 2];
    }
    while let Some((last, rest)) = own.split_last() {
        if !matches!(last, '东' | '南' | '西' | '北' | '中' | '大') && numeral(*last).is_none() {
            break;
        }
        own = rest;
    }
    own.len() >= 2
}

/// The hash of what is the road's or compound's own name, without the places above it and the kind of road; 0 if nothing.
fn core(name: &[char]) -> u64 {
    const ABOVE: [char; 9] = ['省', '市', '区', '县', '旗', '镇', '乡', '村', '州'];
    let mut name = name;
    while let Some((last, rest)) = name.split_last() {
        if !is_mark(*last) && !matches!(last, '第' | '附') {
            break;
        }
        name = rest;
    }
    // What stands after the last place above it, if that is a name of its own: in 苏州东路 and 城市花园 it is none.
    let mut start = 0;
    for (at, letter) in name.iter().enumerate() {
        let street = *letter == '道' && at > 0 && name[at - 1] == '街';
        let committee = *letter == '会' && at > 0 && name[at - 1] == '委';
        let above = ABOVE.contains(letter) || street || committee || is_mark(*letter);
        if above && at > 0 && at >= start && name.len() >= at + 3 && is_own(&name[at + 1..]) {
            start = at + 1;
        } else if is_mark(*letter) && at == start {
            start += 1;
        }
    }
    name = &name[start.min(name.len())..];
    name = without_kind(name);
    if name.is_empty() {
        return 0;
    }
    name.iter().filter(|letter| !is_mark(**letter)).fold(3, |hash: u64, letter| {
        (hash ^ *letter as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29)
    }) | 1
}

#[cfg(test)]
mod tests {
    use super::{Address, read};

    #[test]
    fn writings_of_one_address_are_one() {
        for group in [
            [
                "人民路12号3栋2单元501室",
                "人民路12号3-2-501",
                "人民大道12号3幢2单元501",
                "人民路12号3号楼2门501室",
                "人民路１２号三栋二单元５０１室",
                "人民路12号 3座 2单元 501房",
                "中山市石岐街道人民路12号3栋2单元501室",
                "广东省中山市石岐区人民路12号3#2-501",
                "人民路12号3栋二单元五〇一室",
                "人民路十二号3栋2单元501",
                "人民路12-3-2-501",
            ],
            [
                "阳光花园3栋501",
                "阳光花园3栋501室",
                "阳光花园小区3-501",
                "阳光花园三号楼501",
                "石岐街道阳光花园3幢501房",
                "阳光花园，3栋，501",
                "陽光花園3棟501室",
                "阳光花园 3 栋 501 室",
                "东区街道 阳光花园3座501",
                "阳光花园3—501",
                "阳光花园3#楼501",
            ],
        ] {
            for other in group {
                assert_eq!(read(other), read(group[0]), "{other}");
                assert_ne!(read(other).place, 0, "{other}");
            }
        }
        let bare = read("3-2-501");
        assert_eq!(Address { place: read("人民路12号").place, ..bare }, read("人民路12号3栋2单元501室"));
    }

    #[test]
    fn other_addresses_are_others() {
        let all = [
            "人民路12号3栋2单元501室",
            "人民路13号3栋2单元501室",
            "人民路12号4栋2单元501室",
            "人民路12号3栋1单元501室",
            "人民路12号3栋2单元502室",
            "中山路12号3栋2单元501室",
            "人民东路12号3栋2单元501室",
            "人民路12号A栋501",
            "人民路12号B栋501",
        ];
        for (at, one) in all.iter().enumerate() {
            for other in &all[..at] {
                assert_ne!(read(one), read(other), "{one} {other}");
            }
        }
        // Of these no name would be left without the place before it.
        for group in [
            &["苏州东路1号", "郑州东路1号", "东路1号"][..],
            &["广州大道1号", "杭州大道1号", "东区大道1号", "西区大道1号"],
            &["新村北路1号", "旧村北路1号", "北路1号"],
            &["城市花园1栋", "都市花园1栋", "东区花园1栋", "花园1栋"],
        ] {
            for (at, one) in group.iter().enumerate() {
                for other in &group[..at] {
                    assert_ne!(read(one).place, read(other).place, "{one} {other}");
                }
            }
        }
        for (one, other) in [("广州市苏州东路1号", "苏州东路1号"), ("东区 城市花园1栋", "城市花园1栋")]
        {
            assert_eq!(read(one), read(other), "{one} {other}");
        }
        assert_eq!(read("1234弄5号602室").building, read("5栋").building);
        assert_eq!(read("").pack(), 0);
    }
}
