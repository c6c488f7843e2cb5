//! The sample's register of residents (人口登记册), and a list of visits (走访记录) that says nearly the same.
//!
//! The people are invented: their identity numbers are sound, but of districts that do not exist, and their phones have a
//! prefix that no operator has. What goes wrong between the register and the visits, and how often, stands in `errors`.

mod errors;
mod people;
mod texts;
mod words;

use std::fmt;
use std::sync::Arc;

use self::people::{Authority, Person};
use self::texts::Texts;
use super::Sample;
use super::rng::Rng;
use crate::id::GridIndex;
use crate::roster::{RosterCell, RosterTable};

/// A register of residents of the sample city (人口登记册): invented people in real leaves of its tree.
///
/// Cheap to clone. Never shows anybody in its debug form.
#[derive(Clone)]
pub struct Residents {
    inner: Arc<Register>,
}

struct Register {
    city: Sample,
    seed: u64,
    /// The leaves they live in, and their codes.
    leaves: Vec<Leaf>,
    households: Vec<Household>,
    /// By household.
    addresses: Texts,
    people: Vec<Compact>,
    names: Texts,
    ids: Texts,
    phones: Texts,
}

/// A leaf, and what its addresses begin with.
struct Leaf {
    code: String,
    road: String,
}

/// A household: where it lives, and the first of its people.
struct Household {
    leaf: u32,
    first: u32,
}

/// What of a person is no text.
struct Compact {
    household: u32,
    birth: i32,
    male: bool,
}

/// A list of visits to the residents of a register (走访记录), with all that goes wrong on doorsteps, and who was met.
///
/// Cheap to clone. Never shows anybody in its debug form.
#[derive(Clone)]
pub struct Visits {
    inner: Arc<Visited>,
}

#[derive(Default)]
struct Visited {
    codes: Vec<String>,
    truth: Vec<Option<u32>>,
    moved: Vec<bool>,
    leaves: Vec<u32>,
    male: Vec<bool>,
    names: Texts,
    ids: Texts,
    phones: Texts,
    births: Texts,
    addresses: Texts,
}

impl Sample {
    /// A register of `people` residents, at most as many as the city has, drawn from a seed.
    ///
    /// They fill leaf after leaf, from the level-2 grid on whose own number of people comes nearest: 20,000 are a large
    /// community, 4,431,100 the whole city.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// let register = city.residents(500, 1);
    /// assert_eq!(register.len(), 500);
    /// let table = register.table();
    /// let names: Vec<&str> = table.columns().iter().map(|column| column.name()).collect();
    /// assert_eq!(names, ["record", "name", "id_number", "phone", "birth_date", "sex", "address", "grid", "household"]);
    /// ```
    ///
    /// # Complexity
    /// Linear in the number of people, some 80 bytes for each.
    #[must_use]
    pub fn residents(&self, people: usize, seed: u64) -> Residents {
        let mut register = Register {
            city: self.clone(),
            seed,
            leaves: Vec::new(),
            households: Vec::new(),
            addresses: Texts::default(),
            people: Vec::new(),
            names: Texts::default(),
            ids: Texts::default(),
            phones: Texts::default(),
        };
        let (mut authority, mut rng) = (Authority::registry(seed), Rng::new(seed, "households"));
        for grid in leaves_from(self, people) {
            if register.people.len() == people {
                break;
            }
            register.settle(grid, people, &mut authority, &mut rng);
        }
        Residents { inner: Arc::new(register) }
    }
}

/// All leaves in the order of the tree, from the level-2 grid on that has nearest to so many people.
fn leaves_from(city: &Sample, people: usize) -> impl Iterator<Item = GridIndex> {
    let tree = city.tree();
    let leaves: Vec<GridIndex> = tree.leaves(tree.root()).collect();
    let under = |grid| -> u64 { tree.leaves(grid).map(|leaf| weight(city, leaf, "people")).sum() };
    let start = tree.descendants_at(tree.root(), 2).min_by_key(|&grid| under(grid).abs_diff(people as u64));
    let first =
        leaves.iter().position(|leaf| start.is_none_or(|start| leaf.get() > start.get())).unwrap_or(0);
    let count = leaves.len();
    leaves.into_iter().cycle().skip(first).take(count)
}

/// A weight of a leaf, which is a whole number.
fn weight(city: &Sample, leaf: GridIndex, name: &str) -> u64 {
    city.tree().weight(leaf, name).map_or(0, |weight| (weight as i64).unsigned_abs())
}

impl Register {
    /// Lets people move into a leaf, at most until the register has `most`.
    fn settle(&mut self, grid: GridIndex, most: usize, authority: &mut Authority, rng: &mut Rng) {
        let tree = self.city.tree();
        let people = (weight(&self.city, grid, "people") as usize).min(most - self.people.len());
        let households = (weight(&self.city, grid, "households") as usize).clamp(1, people.max(1));
        let above = |level| tree.ancestor_at(grid, level).map_or("", |grid| tree.name(grid));
        let road = words::ROADS[words::skewed(rng, words::ROADS.len())];
        let road = format!("{}{road}路{}号", above(1), rng.between(1, 399));
        self.leaves.push(Leaf { code: tree.code(grid).to_string(), road });
        let leaf = self.leaves.len() - 1;
        let mut sizes = vec![1; households];
        for _ in households..people {
            // Nine under one roof are enough, unless all are full.
            let places = [(); 8].map(|()| rng.below(households as u64) as usize);
            let place = places.into_iter().find(|&place| sizes[place] < 9).unwrap_or(places[0]);
            sizes[place] += 1;
        }
        for size in sizes.into_iter().take(people) {
            let first = self.people.len() as u32;
            let address = format!("{}{}", self.leaves[leaf].road, door(rng));
            self.addresses.push(&address);
            self.households.push(Household { leaf: leaf as u32, first });
            let household = self.households.len() as u32 - 1;
            for person in authority.household(size) {
                self.names.push(&person.name);
                self.ids.push(&person.id);
                self.phones.push(&person.phone);
                self.people.push(Compact { household, birth: person.birth as i32, male: person.male });
            }
        }
    }

    fn person(&self, place: usize) -> Person {
        let Compact { birth, male, .. } = self.people[place];
        let text = |texts: &Texts| texts.get(place).to_owned();
        Person {
            name: text(&self.names),
            id: text(&self.ids),
            phone: text(&self.phones),
            birth: birth.into(),
            male,
        }
    }

    fn household(&self, person: usize) -> &Household {
        &self.households[self.people[person].household as usize]
    }
}

/// Building, unit and room.
fn door(rng: &mut Rng) -> String {
    let (building, unit) = (rng.between(1, 12), rng.between(1, 3));
    format!("{building}栋{unit}单元{}室", rng.between(1, 18) * 100 + rng.between(1, 4))
}

impl Residents {
    /// How many people stand in it.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.people.len()
    }

    /// Whether nobody does.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.people.is_empty()
    }

    /// The seed it was drawn from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.inner.seed
    }

    /// It as a roster: days as days, nothing missing.
    ///
    /// ```
    /// use gridcore::roster::RosterCell;
    /// let register = gridcore::samples::zhongshan().residents(20, 1);
    /// let table = register.table();
    /// assert_eq!(table.rows(), 20);
    /// assert!(matches!(table.columns()[4].cell(0), RosterCell::Day(_)));
    /// ```
    #[must_use]
    pub fn table(&self) -> RosterTable<'_> {
        let all = &*self.inner;
        RosterTable::new(self.len())
            .column("record", number)
            .column("name", |row| text(&all.names, row))
            .column("id_number", |row| text(&all.ids, row))
            .column("phone", |row| text(&all.phones, row))
            .column("birth_date", |row| RosterCell::Day(all.people[row].birth.into()))
            .column("sex", |row| sex(all.people[row].male))
            .column("address", |row| text(&all.addresses, all.people[row].household as usize))
            .column("grid", |row| RosterCell::Text(&all.leaves[all.household(row).leaf as usize].code))
            .column("household", |row| RosterCell::Integer(all.people[row].household.into()))
    }

    /// What visits to these people wrote down, drawn from a seed of its own.
    ///
    /// ```
    /// let register = gridcore::samples::zhongshan().residents(1000, 1);
    /// let visits = register.visits(2);
    /// let met = visits.truth().iter().flatten().count();
    /// assert!(met < visits.len() && met > 900); // others were met as well
    /// ```
    ///
    /// # Complexity
    /// Linear in the number of people, some 120 bytes for each.
    #[must_use]
    pub fn visits(&self, seed: u64) -> Visits {
        Visits { inner: Arc::new(errors::visit(&self.inner, seed)) }
    }
}

impl Visits {
    /// How many rows it has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.inner.truth.len()
    }

    /// Whether it has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.truth.is_empty()
    }

    /// It as a roster with Chinese headings, in no order, with dates in several forms and much that is missing.
    ///
    /// ```
    /// let visits = gridcore::samples::zhongshan().residents(20, 1).visits(2);
    /// let table = visits.table();
    /// let names: Vec<&str> = table.columns().iter().map(|column| column.name()).collect();
    /// assert_eq!(names, ["走访编号", "姓名", "身份证号", "联系电话", "出生日期", "性别", "住址", "网格编码"]);
    /// ```
    #[must_use]
    pub fn table(&self) -> RosterTable<'_> {
        let all = &*self.inner;
        RosterTable::new(self.len())
            .column("走访编号", number)
            .column("姓名", |row| text(&all.names, row))
            .column("身份证号", |row| text(&all.ids, row))
            .column("联系电话", |row| text(&all.phones, row))
            .column("出生日期", |row| text(&all.births, row))
            .column("性别", |row| sex(all.male[row]))
            .column("住址", |row| text(&all.addresses, row))
            .column("网格编码", |row| RosterCell::Text(&all.codes[all.leaves[row] as usize]))
    }

    /// For each row the resident that it is of, by their row in the register; none where somebody else was met.
    #[must_use]
    pub fn truth(&self) -> &[Option<u32>] {
        &self.inner.truth
    }

    /// For each row whether the resident was met in another place than the register has.
    #[must_use]
    pub fn moved(&self) -> &[bool] {
        &self.inner.moved
    }
}

fn text(texts: &Texts, row: usize) -> RosterCell<'_> {
    match texts.get(row) {
        "" => RosterCell::Missing,
        text => RosterCell::Text(text),
    }
}

fn number<'r>(row: usize) -> RosterCell<'r> {
    RosterCell::Integer(row.cast_signed() as i64)
}

fn sex(male: bool) -> RosterCell<'static> {
    RosterCell::Text(if male { "男" } else { "女" })
}

impl fmt::Debug for Residents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Residents").field("people", &self.len()).field("seed", &self.seed()).finish()
    }
}

impl fmt::Debug for Visits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visits").field("rows", &self.len()).finish_non_exhaustive()
    }
}
