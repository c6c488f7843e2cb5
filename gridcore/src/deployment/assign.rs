//! People to grids: sparse candidates or a cost by distance, skill and language, with bounds on both sides.

use std::fmt;
use std::sync::Arc;

use super::Deployment;
use super::door::{MOST_CANDIDATES, Reader, ordered, places};
use super::fair::Fair;
use super::fault::{DeployError, DeployFaultKind};
use super::model::{Links, Model, NO_GRID, PlanKind, Sink, Source, Why};
use super::plan::Plan;
use super::rows::{CandidateRow, NeedRow, PersonRow};
use super::settle::{Settle, settle};
use super::who::Who;
use crate::control::Control;
use crate::id::{GridIndex, PersonId, Skill, UnitId};

/// What sending somebody costs besides the candidate's own cost.
///
/// Distances are steps along the tree, or metres where the deployment has positions; they count where the home or the
/// place of work is known.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct StaffWeights {
    /// The cost of one unit of distance from the person's home.
    pub home: f64,
    /// The cost of one unit of distance from the person's place of work.
    pub work: f64,
    /// The cost of each skill that is missing; skills are required if left out.
    pub skill_miss: Option<f64>,
    /// The cost of a language that is missing; it is required if left out.
    pub language_miss: Option<f64>,
    /// The farthest from home that anybody is sent; no limit if left out.
    pub reach: Option<f64>,
}

/// A column of costs.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum CostColumn {
    /// Whole numbers.
    Whole(Vec<i64>),
    /// Numbers with decimals.
    Decimal(Vec<f64>),
}

impl CostColumn {
    fn len(&self) -> usize {
        match self {
            Self::Whole(costs) => costs.len(),
            Self::Decimal(costs) => costs.len(),
        }
    }
}

/// Candidates as columns of equal length, for large tables: positions instead of names.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct CandidateColumns {
    /// The row of the need, from 0.
    pub need: Vec<u32>,
    /// The row of the person, from 0.
    pub person: Vec<u32>,
    /// What it costs to send that person there.
    pub cost: CostColumn,
}

/// People, what the grids need, and who may be sent where.
///
/// Without candidates everybody who brings what a need requires may be sent there.
///
/// ```
/// use gridcore::deployment::{CandidateRow, NeedRow, PersonRow, Staffing};
/// let staffing = Staffing::new([PersonRow::new("p")], [NeedRow::new("11")])
///     .candidates([CandidateRow::new("11", "p", 4.0)]);
/// assert_eq!(staffing.needs.len(), 1);
/// ```
#[derive(Clone, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Staffing {
    /// The people.
    pub people: Vec<PersonRow>,
    /// What the grids need.
    pub needs: Vec<NeedRow>,
    /// Who may be sent where.
    pub candidates: Option<Vec<CandidateRow>>,
    /// The same as columns; candidates of both kinds count together.
    pub columns: Option<CandidateColumns>,
    /// What is added to the candidates' own costs.
    pub weights: StaffWeights,
    /// How loads are made fair.
    pub fair: Fair,
    /// Whether places may stay empty: then as few as can be, and the rest at the least cost.
    pub allow_gaps: bool,
}

impl fmt::Debug for Staffing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Staffing")
            .field("people", &self.people.len())
            .field("needs", &self.needs.len())
            .field("weights", &self.weights)
            .field("fair", &self.fair)
            .field("allow_gaps", &self.allow_gaps)
            .finish_non_exhaustive()
    }
}

impl Staffing {
    /// People and needs; everybody is a candidate wherever they bring what is required.
    #[must_use]
    pub fn new(
        people: impl IntoIterator<Item = PersonRow>,
        needs: impl IntoIterator<Item = NeedRow>,
    ) -> Self {
        Self { people: people.into_iter().collect(), needs: needs.into_iter().collect(), ..Self::default() }
    }

    /// Limits the plan to these candidates.
    #[must_use]
    pub fn candidates(mut self, rows: impl IntoIterator<Item = CandidateRow>) -> Self {
        self.candidates = Some(rows.into_iter().collect());
        self
    }

    /// Limits the plan to these candidates, as columns.
    #[must_use]
    pub fn columns(mut self, columns: CandidateColumns) -> Self {
        self.columns = Some(columns);
        self
    }

    /// Sets what is added to the candidates' own costs.
    #[must_use]
    pub fn weights(mut self, weights: StaffWeights) -> Self {
        self.weights = weights;
        self
    }

    /// Sets how loads are made fair.
    #[must_use]
    pub fn fair(mut self, fair: Fair) -> Self {
        self.fair = fair;
        self
    }

    /// Lets places stay empty where there are too few people.
    #[must_use]
    pub fn allow_gaps(mut self) -> Self {
        self.allow_gaps = true;
        self
    }
}

/// One candidate on the way in: source, own cost in units, the row it came from.
type Draft = (u32, i64, u32);

/// What a person and a need have to do with one another, by place.
struct Match {
    home: Option<GridIndex>,
    work: Option<GridIndex>,
    skills: Vec<Skill>,
    languages: Vec<Skill>,
    row: usize,
}

struct Want {
    grid: GridIndex,
    skills: Vec<Skill>,
    language: Option<Skill>,
}

impl Deployment {
    /// Sends people to grids at the least cost.
    ///
    /// Where everybody takes one place at most it is a sparse assignment, else a flow; both are exact, and the plan carries
    /// the prices that prove it. Of several cheapest plans the order of tokens and codes decides, never that of rows.
    ///
    /// ```
    /// use gridcore::deployment::{CandidateRow, Deployment, NeedRow, PersonRow, Staffing};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("12", "south").under("1"),
    /// ])?;
    /// let plan = Deployment::new(&tree).assign(
    ///     &Staffing::new(
    ///         [PersonRow::new("ann"), PersonRow::new("bo")],
    ///         [NeedRow::new("11"), NeedRow::new("12")],
    ///     )
    ///     .candidates([
    ///         CandidateRow::new("11", "ann", 1.0),
    ///         CandidateRow::new("12", "ann", 2.0),
    ///         CandidateRow::new("11", "bo", 1.5),
    ///         CandidateRow::new("12", "bo", 4.0),
    ///     ]),
    /// )?;
    /// assert_eq!(plan.cost(), 3.5);
    /// let sent: Vec<_> = plan.rows().iter().map(|row| (row.who.as_text(), row.grid.to_string())).collect();
    /// assert_eq!(sent, [(Some("bo".into()), "11".into()), (Some("ann".into()), "12".into())]);
    /// assert!(plan.certificate().verified);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`DeployError::Refused`] with every fault of every table; [`DeployError::Infeasible`] with the grids that share too few
    /// people, or the people that share too few places.
    ///
    /// # Complexity
    /// Reading is O(rows · log rows). Solving: shortest augmenting paths on the sparse candidates, or the network simplex.
    pub fn assign(&self, staffing: &Staffing) -> Result<Plan, DeployError> {
        self.assign_with(staffing, &mut Control::free())
    }

    /// [`assign`](Self::assign) under a limit or a watch.
    ///
    /// # Errors
    /// As [`assign`](Self::assign), and [`DeployError::Stopped`].
    pub fn assign_with(&self, staffing: &Staffing, control: &mut Control<'_>) -> Result<Plan, DeployError> {
        self.assign_by(staffing, control, None)
    }

    /// [`assign`](Self::assign) with a cost of the caller's own: `cost` says what sending a person to a need costs, or that
    /// it may not be. Candidates of the staffing limit who is asked about; the weights are added.
    ///
    /// # Errors
    /// As [`assign`](Self::assign).
    pub fn assign_at(
        &self,
        staffing: &Staffing,
        mut cost: impl FnMut(&PersonRow, &NeedRow) -> Option<f64>,
    ) -> Result<Plan, DeployError> {
        self.assign_by(staffing, &mut Control::free(), Some(&mut cost))
    }

    fn assign_by(
        &self,
        staffing: &Staffing,
        control: &mut Control<'_>,
        mut own: Option<CostFunction<'_>>,
    ) -> Result<Plan, DeployError> {
        let mut reader = Reader::new(self);
        let people = read_people(&mut reader, &staffing.people);
        let needs = read_needs(&mut reader, &staffing.needs);
        let steps = staffing.fair.steps(&mut reader);
        let weights = read_weights(&mut reader, staffing.weights);
        let drafts = read_candidates(&mut reader, staffing, &people.1, &needs);
        reader.finish()?;
        let links = make_links(&mut reader, staffing, &people, &needs, &weights, drafts, &mut own);
        reader.finish()?;
        let model = Model {
            tree: self.tree().clone(),
            kind: PlanKind::Assignment,
            decimals: self.decimal_places(),
            sources: people.0,
            sinks: needs.sinks,
            links: links.into(),
            steps,
            most_load: None,
            before: None,
        };
        let how = Settle { min_max: staffing.fair == Fair::MinMax, allow_gaps: staffing.allow_gaps };
        settle(model, how, None, control)
    }
}

type CostFunction<'f> = &'f mut dyn FnMut(&PersonRow, &NeedRow) -> Option<f64>;

/// The sources in order, and what else is known: the place of each row, and of each source its row and matches.
type People = (Vec<Source>, Vec<u32>, Vec<Match>);

pub(super) fn read_sources(
    reader: &mut Reader<'_>,
    rows: &[PersonRow],
    least: i64,
) -> (Vec<Source>, Vec<u32>, Vec<u32>) {
    reader.not_empty("people", rows.len());
    let mut sources = Vec::with_capacity(rows.len());
    let keys: Vec<Option<PersonId>> =
        rows.iter().enumerate().map(|(at, row)| reader.name(at, "people.person", &row.person)).collect();
    for (at, (row, key)) in rows.iter().zip(&keys).enumerate() {
        let unit: Option<UnitId> = row.unit.as_deref().and_then(|unit| reader.name(at, "people.unit", unit));
        let (at_least, at_most) = reader.bounds(
            at,
            ["people.at_least", "people.at_most"],
            row.at_least.unwrap_or(if row.at_most == Some(0) { 0 } else { least }),
            row.at_most,
            1,
        );
        let who = key.clone().map_or(Who::Anyone, Who::Person);
        sources.push(Some(Source { who, unit, day: None, at_least, at_most }));
    }
    let (order, place) = ordered(reader, "people.person", &keys);
    let sources = order.iter().filter_map(|&row| sources[row as usize].take()).collect();
    (sources, place, order)
}

fn read_people(reader: &mut Reader<'_>, rows: &[PersonRow]) -> People {
    let (sources, place, order) = read_sources(reader, rows, 0);
    let mut matches: Vec<Option<Match>> = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let home = reader.grid_or_none(at, "people.home", row.home.as_deref());
        let work = reader.grid_or_none(at, "people.work", row.work.as_deref());
        let skills = row.skills.iter().filter_map(|skill| reader.name(at, "people.skills", skill)).collect();
        let languages =
            row.languages.iter().filter_map(|skill| reader.name(at, "people.languages", skill)).collect();
        matches.push(Some(Match { home, work, skills, languages, row: at }));
    }
    let matches = order.iter().filter_map(|&row| matches[row as usize].take()).collect();
    (sources, place, matches)
}

struct Needs {
    sinks: Vec<Sink>,
    wants: Vec<Want>,
    /// The place of each row.
    place: Vec<u32>,
    /// The row of each place.
    row: Vec<u32>,
}

fn read_needs(reader: &mut Reader<'_>, rows: &[NeedRow]) -> Needs {
    reader.not_empty("needs", rows.len());
    let mut keys = Vec::with_capacity(rows.len());
    let mut read = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let grid = reader.grid(at, "needs.grid", &row.grid);
        let skills: Vec<Skill> =
            row.skills.iter().filter_map(|skill| reader.name(at, "needs.skills", skill)).collect();
        let language = row.language.as_deref().and_then(|name| reader.name(at, "needs.language", name));
        let least = row.at_least.unwrap_or(1);
        // A most below the default fewest stands for both.
        let least = if row.at_least.is_none() {
            row.at_most.map_or(least, |most| least.min(most.max(0)))
        } else {
            least
        };
        let (at_least, at_most) =
            reader.bounds(at, ["needs.at_least", "needs.at_most"], least, row.at_most, least);
        let name: Option<Arc<str>> = row.name.as_deref().map(Arc::from);
        keys.push(grid.map(|grid| (grid, name.clone())));
        read.push(Some((
            Sink {
                grid: grid.unwrap_or_default(),
                name,
                day: None,
                at_least,
                at_most,
                skills: skills.clone(),
            },
            Want { grid: grid.unwrap_or_default(), skills, language },
        )));
    }
    let (order, place) = ordered(reader, "needs.grid", &keys);
    let (sinks, wants) = order.iter().filter_map(|&row| read[row as usize].take()).unzip();
    Needs { sinks, wants, place, row: order }
}

fn read_weights(reader: &mut Reader<'_>, weights: StaffWeights) -> StaffWeights {
    StaffWeights {
        home: reader.weight("weights.home", weights.home),
        work: reader.weight("weights.work", weights.work),
        skill_miss: weights.skill_miss.map(|cost| reader.weight("weights.skill_miss", cost)),
        language_miss: weights.language_miss.map(|cost| reader.weight("weights.language_miss", cost)),
        reach: weights.reach.map(|reach| reader.weight("weights.reach", reach)),
    }
}

/// The candidates as (sink, source, cost, row), in the order of the tables; none if everybody is a candidate.
fn read_candidates(
    reader: &mut Reader<'_>,
    staffing: &Staffing,
    person_place: &[u32],
    needs: &Needs,
) -> Option<Vec<(u32, Draft)>> {
    if staffing.candidates.is_none() && staffing.columns.is_none() {
        reader.joined("people and needs", staffing.people.len(), staffing.needs.len());
        return None;
    }
    let mut drafts: Vec<(u32, Draft)> = Vec::new();
    if let Some(columns) = &staffing.columns {
        read_columns(reader, columns, person_place, &needs.place, &mut drafts);
    }
    let Some(rows) = &staffing.candidates else { return Some(drafts) };
    let people = places(staffing.people.iter().map(|row| row.person.as_str()));
    for (at, row) in rows.iter().enumerate() {
        // A row for every need of a grid with many needs stands for as many candidates.
        if drafts.len() > MOST_CANDIDATES.max(rows.len()) {
            let (found, most) = (drafts.len() as u64, MOST_CANDIDATES as u64);
            reader.note(at, "candidates.grid", DeployFaultKind::TooMany { found, most });
            break;
        }
        let cost = reader.cost(at, "candidates.cost", row.cost.unwrap_or(0.0));
        let person = people.get(row.person.as_str()).map(|&row| person_place[row as usize]);
        if person.is_none() {
            reader.note(at, "candidates.person", DeployFaultKind::UnknownName);
        }
        let Some(grid) = reader.grid(at, "candidates.grid", &row.grid) else { continue };
        let from = needs.sinks.partition_point(|sink| sink.grid < grid);
        let of_grid = needs.sinks[from..].iter().take_while(|sink| sink.grid == grid);
        let mut met = false;
        for (sink, need) in (from as u32..).zip(of_grid) {
            if row.need.is_none() || row.need.as_deref() == need.name.as_deref() {
                met = true;
                if let Some(source) = person.filter(|&place| place != u32::MAX) {
                    drafts.push((sink, (source, cost, at as u32)));
                }
            }
        }
        if !met {
            let column = if row.need.is_some() { "candidates.need" } else { "candidates.grid" };
            reader.note(at, column, DeployFaultKind::UnknownName);
        }
    }
    Some(drafts)
}

fn read_columns(
    reader: &mut Reader<'_>,
    columns: &CandidateColumns,
    person_place: &[u32],
    need_place: &[u32],
    drafts: &mut Vec<(u32, Draft)>,
) {
    let rows = columns.need.len();
    for (column, found) in [("columns.person", columns.person.len()), ("columns.cost", columns.cost.len())] {
        if found != rows {
            reader.note(None, column, DeployFaultKind::ColumnLength { found, wanted: rows });
        }
    }
    let scale = reader.deployment.scale();
    drafts.reserve(rows);
    for (at, (&need, &person)) in columns.need.iter().zip(&columns.person).enumerate() {
        let cost = match &columns.cost {
            CostColumn::Whole(costs) => match costs.get(at).map(|&cost| (cost, cost.checked_mul(scale))) {
                Some((0.., Some(units))) => Ok(units),
                Some((0.., None)) => Err(DeployFaultKind::TooLarge),
                Some(_) => Err(DeployFaultKind::Negative),
                None => continue,
            },
            CostColumn::Decimal(costs) => match costs.get(at) {
                Some(&cost) => reader.units(cost),
                None => continue,
            },
        };
        let cost = cost.unwrap_or_else(|kind| {
            reader.note(at, "columns.cost", kind);
            0
        });
        let mut place = |column, position: u32, places: &[u32]| {
            let place = places.get(position as usize).copied();
            if place.is_none() {
                reader.note(at, column, DeployFaultKind::OutsideTable { position, rows: places.len() });
            }
            place.filter(|&place| place != u32::MAX)
        };
        let sink = place("columns.need", need, need_place);
        let source = place("columns.person", person, person_place);
        if let (Some(sink), Some(source)) = (sink, source) {
            drafts.push((sink, (source, cost, at as u32)));
        }
    }
}

/// Sorts candidates by sink and source, adds what the weights say, leaves out who may not be sent.
fn make_links(
    reader: &mut Reader<'_>,
    staffing: &Staffing,
    people: &People,
    needs: &Needs,
    weights: &StaffWeights,
    drafts: Option<Vec<(u32, Draft)>>,
    own: &mut Option<CostFunction<'_>>,
) -> Links {
    let mut links = Links::begin();
    let plain = own.is_none()
        && weights.home == 0.0
        && weights.work == 0.0
        && weights.reach.is_none()
        && needs.wants.iter().all(|want| want.skills.is_empty() && want.language.is_none());
    let everybody: Vec<Draft> = match &drafts {
        Some(_) => Vec::new(),
        None => (0..people.0.len() as u32).map(|source| (source, 0, u32::MAX)).collect(),
    };
    let (starts, sorted) = match drafts {
        Some(drafts) => by_sink(needs.sinks.len(), &drafts),
        None => (Vec::new(), Vec::new()),
    };
    let mut twice = Vec::new();
    let mut of_sink: Vec<Draft> = Vec::new();
    for sink in 0..needs.sinks.len() {
        of_sink.clear();
        if everybody.is_empty() {
            of_sink.extend_from_slice(&sorted[starts[sink]..starts[sink + 1]]);
            of_sink.sort_unstable_by_key(|&(source, _, row)| (source, row));
        } else {
            of_sink.extend_from_slice(&everybody);
        }
        let room = needs.sinks[sink].at_most.min(1);
        for (at, &(source, cost, row)) in of_sink.iter().enumerate() {
            if at > 0 && of_sink[at - 1].0 == source {
                twice.push((row as usize, of_sink[at - 1].2 as usize));
                continue;
            }
            let cost = if plain {
                Some(cost)
            } else {
                let person = &people.2[source as usize];
                let own = match own {
                    None => Some(0),
                    Some(ask) => {
                        let need = needs.row[sink] as usize;
                        ask(&staffing.people[person.row], &staffing.needs[need])
                            .map(|cost| reader.cost(person.row, "cost of a person at a need", cost))
                    }
                };
                let added =
                    own.and_then(|own| Some((own, added(reader, weights, person, &needs.wants[sink])?)));
                added.and_then(|(own, added)| {
                    let sum = cost.checked_add(own).and_then(|sum| sum.checked_add(added));
                    if sum.is_none() {
                        reader.note(person.row, "people.person", DeployFaultKind::TooLarge);
                    }
                    sum
                })
            };
            if let Some(cost) = cost {
                links.push(source, room, cost, Why::Candidate, NO_GRID);
            }
        }
        links.close();
    }
    twice.sort_unstable();
    let column = if staffing.candidates.is_some() { "candidates.person" } else { "columns.person" };
    for (row, first) in twice {
        reader.note(row, column, DeployFaultKind::Duplicate { first });
    }
    links
}

/// A counting sort of candidates by sink.
fn by_sink(sinks: usize, drafts: &[(u32, Draft)]) -> (Vec<usize>, Vec<Draft>) {
    let mut starts = vec![0_usize; sinks + 1];
    for (sink, _) in drafts {
        starts[*sink as usize + 1] += 1;
    }
    for sink in 0..sinks {
        starts[sink + 1] += starts[sink];
    }
    let mut place = starts.clone();
    let mut sorted = vec![(0, 0, 0); drafts.len()];
    for &(sink, draft) in drafts {
        sorted[place[sink as usize]] = draft;
        place[sink as usize] += 1;
    }
    (starts, sorted)
}

/// What the weights add to a candidate's cost; nothing at all if the person may not be sent.
fn added(reader: &mut Reader<'_>, weights: &StaffWeights, person: &Match, want: &Want) -> Option<i64> {
    let mut cost = 0.0;
    let missing = want.skills.iter().filter(|skill| !person.skills.contains(skill)).count();
    if missing > 0 {
        cost += weights.skill_miss? * missing as f64;
    }
    if want.language.as_ref().is_some_and(|language| !person.languages.contains(language)) {
        cost += weights.language_miss?;
    }
    if let Some(home) = person.home.filter(|_| weights.home > 0.0 || weights.reach.is_some()) {
        let distance = reader.distance(person.row, "people.home", home, want.grid);
        if weights.reach.is_some_and(|reach| distance > reach) {
            return None;
        }
        cost += weights.home * distance;
    }
    if let Some(work) = person.work.filter(|_| weights.work > 0.0) {
        cost += weights.work * reader.distance(person.row, "people.work", work, want.grid);
    }
    Some(reader.cost(person.row, "weights", cost))
}
