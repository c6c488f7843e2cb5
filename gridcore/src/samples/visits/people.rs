//! Households and the people in them: families of two or three generations, with numbers and phones, all invented.

use super::words::{SURNAMES, given, skewed};
use crate::samples::rng::{Rng, mix};

/// The day of the report, 2022-04-06, in days since 1970-01-01: nobody is born later.
const TODAY: i64 = 19_088;
/// Days of a year, near enough.
const YEAR: u64 = 365;
/// Nobody is older, in days.
const OLDEST: usize = 40_000;
/// Districts of identity numbers, none of them in use, so that no number is anybody's; half the register is from the first.
const DISTRICTS: [&str; 8] = ["442091", "449901", "459902", "439903", "519904", "429905", "369906", "509907"];
/// Those of people who are on no register.
const ELSEWHERE: [&str; 8] = ["449991", "459991", "439991", "519991", "429991", "369991", "509991", "529991"];
/// So many numbers a district has for a day and a sex.
const NUMBERS: u16 = 500;

/// A person as the authorities would have them.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) id: String,
    pub(super) phone: String,
    /// Days since 1970-01-01.
    pub(super) birth: i64,
    pub(super) male: bool,
}

/// Draws people so that no two have the same identity number.
pub(super) struct Authority {
    rng: Rng,
    districts: [&'static str; 8],
    /// How many numbers are given for a district, a day and a sex.
    given: Vec<u16>,
    start: u64,
}

impl Authority {
    /// The one that keeps the register.
    pub(super) fn registry(seed: u64) -> Self {
        Self::new(seed, "residents", DISTRICTS)
    }

    /// The one of people who are on no register.
    pub(super) fn elsewhere(seed: u64) -> Self {
        Self::new(seed, "strangers", ELSEWHERE)
    }

    fn new(seed: u64, purpose: &str, districts: [&'static str; 8]) -> Self {
        let given = vec![0; districts.len() * OLDEST * 2];
        Self { rng: Rng::new(seed, purpose), districts, given, start: mix(seed) }
    }

    /// A household of so many people, the first one its head.
    pub(super) fn household(&mut self, size: usize) -> Vec<Person> {
        let mut ages = vec![self.rng.between(22 * YEAR, 78 * YEAR)];
        let mut people = vec![self.person(None, None, ages[0])];
        let partner = size > 1 && (size > 2 || self.rng.chance(70));
        if partner {
            let age = (ages[0] + self.rng.below(8 * YEAR)).saturating_sub(4 * YEAR).max(20 * YEAR);
            let male = !people[0].male;
            people.push(self.person(None, Some(male), age));
            ages.push(age);
        }
        let surname = people.iter().find(|one| one.male).map(|one| family(&one.name).to_owned());
        let shared = self.rng.chance(25).then(|| given(&mut self.rng));
        let mut youngest_parent = ages.iter().copied().min().unwrap_or_default();
        // The one born before: the day, and the first character of the given name.
        let mut brother: Option<(i64, char)> = None;
        while people.len() < size {
            let before = brother.take();
            let child = youngest_parent > 21 * YEAR && (people.len() < 4 || self.rng.chance(40));
            if child {
                let twin = before.filter(|_| self.rng.chance(3));
                let born = self.rng.between(20 * YEAR, youngest_parent.min(36 * YEAR));
                let age = twin.map_or(youngest_parent - born, |(birth, _)| (TODAY - birth).unsigned_abs());
                let mut person = self.person(surname.as_deref(), None, age);
                // Some brothers and sisters share a character, twins always do.
                if let Some(first) = twin.map(|(_, first)| first).or(shared) {
                    person.name = format!("{}{first}{}", family(&person.name), given(&mut self.rng));
                }
                let first = person.name[family(&person.name).len()..].chars().next();
                brother = first.map(|first| (person.birth, first));
                people.push(person);
            } else {
                let parent = ages[0] + self.rng.between(21 * YEAR, 32 * YEAR);
                let age = if parent < 98 * YEAR { parent } else { self.rng.between(20 * YEAR, 60 * YEAR) };
                let name = if self.rng.chance(50) { surname.as_deref() } else { None };
                people.push(self.person(name, None, age));
                youngest_parent = youngest_parent.min(age);
            }
        }
        self.share_phones(&mut people);
        people
    }

    /// Children and some of the old have the phone of the head.
    fn share_phones(&mut self, people: &mut [Person]) {
        let head = people[0].phone.clone();
        for person in people.iter_mut().skip(1) {
            let age = (TODAY - person.birth).unsigned_abs() / YEAR;
            let shares = if age < 14 {
                80
            } else if age > 72 {
                45
            } else {
                3
            };
            if self.rng.chance(shares) {
                person.phone.clone_from(&head);
            }
        }
    }

    fn person(&mut self, surname: Option<&str>, male: Option<bool>, age: u64) -> Person {
        let rng = &mut self.rng;
        let male = male.unwrap_or_else(|| rng.chance(51));
        let birth = TODAY - age.cast_signed();
        let mut name =
            surname.map_or_else(|| SURNAMES[skewed(rng, SURNAMES.len())].to_owned(), str::to_owned);
        name.push(given(rng));
        if rng.chance(80) {
            name.push(given(rng));
        }
        // The prefix 154 is no operator's.
        let phone = format!("154{:08}", rng.below(100_000_000));
        let id = self.number(birth, male);
        Person { name, id, phone, birth, male }
    }

    /// An identity number (GB 11643) that nobody else has.
    fn number(&mut self, birth: i64, male: bool) -> String {
        let mut district = if self.rng.chance(55) { 0 } else { self.rng.below(8) as usize };
        let day = (TODAY - birth).unsigned_abs() as usize % OLDEST;
        let place = |district: usize| (district * OLDEST + day) * 2 + usize::from(male);
        while self.given[place(district)] >= NUMBERS && district + 1 < self.districts.len() {
            district += 1;
        }
        let given = &mut self.given[place(district)];
        let first = mix(self.start ^ place(district) as u64) % u64::from(NUMBERS);
        let turn = (first + u64::from(*given)) % u64::from(NUMBERS);
        *given = given.saturating_add(1);
        let (year, month, day) = civil(birth);
        let order = 2 * turn + u64::from(male);
        let mut number = format!("{}{year:04}{month:02}{day:02}{order:03}", self.districts[district]);
        number.push(check_digit(&number));
        number
    }
}

/// The check digit of the first seventeen (GB 11643, which has it from ISO 7064 MOD 11-2).
pub(super) fn check_digit(front: &str) -> char {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = front.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    char::from(b"10X98765432"[sum as usize % 11])
}

/// The surname of an invented name.
pub(super) fn family(name: &str) -> &str {
    let known = |length: &usize| name.get(..*length).is_some_and(|front| SURNAMES.contains(&front));
    [6, 3].iter().find(|length| known(length)).map_or(name, |&length| &name[..length])
}

/// Year, month and day. Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
pub(super) fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}
