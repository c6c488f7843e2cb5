//! Why no plan meets every bound: named sets that need more than they share.

use std::collections::{BTreeSet, VecDeque};
use std::fmt;
use std::sync::Arc;

use super::model::{Model, PlanKind};
use super::who::Who;
use crate::error::{Fault, Lang, report};
use crate::id::{GridCode, Skill};

/// Which bound can't be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ShortageKind {
    /// A grid needs people, and nobody may be sent there.
    NoCandidates,
    /// Some grids need more people than may be sent to them, all taken together.
    TooFewPeople,
    /// Some people must take more places than are open to them, all taken together.
    TooFewPlaces,
}

/// One cause: grids and people that do not fit together, whatever is done elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Shortage {
    /// Which bound can't be met.
    pub kind: ShortageKind,
    /// The grids, in the order of the tree.
    pub grids: Vec<GridCode>,
    /// Everybody who may be sent there, or who must be sent somewhere.
    pub who: Vec<Who>,
    /// The people that the grids need, or the places that the people must take.
    pub needed: i64,
    /// The people that may be sent there, or the places open to the people.
    pub available: i64,
    /// The skills that every one of the grids asks for.
    pub skills: Vec<Skill>,
    /// The days concerned, if the plan has days.
    pub days: Vec<i64>,
}

impl Shortage {
    /// The stable name of the cause, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self.kind {
            ShortageKind::NoCandidates => "no_candidates",
            ShortageKind::TooFewPeople => "too_few_people",
            ShortageKind::TooFewPlaces => "too_few_places",
        }
    }

    /// How many are missing.
    #[must_use]
    pub fn missing(&self) -> i64 {
        self.needed.saturating_sub(self.available)
    }

    /// The cause as a flat record with its texts: codes of grids and numbers, never a person.
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let (needed, available, who) = (self.needed, self.available, self.who.len());
        let skills: Vec<&str> = self.skills.iter().map(Skill::as_str).collect();
        let (with, with_zh) = match skills.as_slice() {
            [] => (String::new(), String::new()),
            [one] => (format!(" with the skill {one:?}"), format!("具备技能 {one:?} 的")),
            many => {
                let many = many.join(", ");
                (format!(" with the skills {many}"), format!("具备技能 {many} 的"))
            }
        };
        let (one, many, counted) = match self.who.first() {
            Some(Who::Unit(_)) => ("unit", "units", "个单位"),
            Some(Who::Grid(_)) => ("grid nearby", "grids nearby", "个邻近网格"),
            _ => ("person", "people", "人"),
        };
        let senders = format!("{who} {}", if who == 1 { one } else { many });
        let alone = self.grids.len() == 1;
        let mut fault = Fault::new(self.code()).found(available, needed);
        let (mut some, mut some_zh) = (String::new(), String::new());
        if let Some(grid) = self.grids.first() {
            fault = fault.on(grid);
            let grids = self.grids.len();
            (some, some_zh) = if alone {
                (format!("the grid {grid} needs"), format!("网格 {grid} 需"))
            } else {
                (format!("{grids} grids ({grid} and others) need"), format!("{grid} 等 {grids} 个网格共需"))
            };
        }
        let (more, more_zh) = if alone {
            ("find more candidates for it, or lower its need", "请增加候选，或降低其需求")
        } else {
            ("find more candidates for them, or lower their need", "请为其增加候选，或降低其需求")
        };
        match self.kind {
            ShortageKind::NoCandidates => fault
                .says(
                    format!("{some} {needed}, and nobody{with} may be sent there"),
                    format!("{some_zh} {needed} 人，却没有{with_zh}可派人员"),
                )
                .remedy("name candidates, or lower the need", "请补充候选人员，或降低需求"),
            ShortageKind::TooFewPeople if i64::try_from(who) == Ok(available) => fault
                .says(
                    format!(
                        "{some} {needed} and {} only {senders}{with}",
                        if alone { "has" } else { "share" }
                    ),
                    format!("{some_zh} {needed}，而{with_zh}可派者只有 {who} {counted}"),
                )
                .remedy(more, more_zh),
            ShortageKind::TooFewPeople => fault
                .says(
                    format!(
                        "{some} {needed}, and the {senders}{with} to be sent there can cover only {available}"
                    ),
                    format!("{some_zh} {needed}，而{with_zh}可派的 {who} {counted}只能承担 {available}"),
                )
                .remedy(more, more_zh),
            ShortageKind::TooFewPlaces => fault
                .says(
                    format!("{senders} must take {needed} places, and only {available} are open to them"),
                    format!("{who} {counted}至少须承担 {needed} 处，而对其开放的只有 {available} 处"),
                )
                .remedy(
                    "lower their fewest places, or raise the most of the grids",
                    "请降低其下限，或提高网格的上限",
                ),
        }
    }
}

/// No plan meets every bound: every independent cause found, each of which can be counted again.
///
/// ```
/// use gridcore::deployment::{Deployment, NeedRow, PersonRow, ShortageKind, Staffing};
/// use gridcore::{GridRow, GridTree};
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let people = [PersonRow::new("a").skill("medic"), PersonRow::new("b")];
/// let needs = [NeedRow::new("11").skill("medic"), NeedRow::new("12").skill("medic")];
/// let error = Deployment::new(&tree).assign(&Staffing::new(people, needs)).expect_err("one medic for two grids");
/// let causes = error.infeasible().expect("the bounds can't be met");
/// let cause = &causes.causes()[0];
/// assert_eq!((cause.kind, cause.needed, cause.available), (ShortageKind::TooFewPeople, 2, 1));
/// assert_eq!(
///     error.to_string(),
///     "2 grids (11 and others) need 2 and share only 1 person with the skill \"medic\"; \
///      find more candidates for them, or lower their need"
/// );
/// assert!(causes.verify());
/// # Ok::<(), gridcore::BuildError>(())
/// ```
#[derive(Clone)]
pub struct Infeasible {
    causes: Vec<Shortage>,
    sets: Vec<Vec<u32>>,
    model: Arc<Model>,
}

impl fmt::Debug for Infeasible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Infeasible").field("causes", &self.causes).finish_non_exhaustive()
    }
}

impl fmt::Display for Infeasible {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let faults: Vec<Fault> = self.causes.iter().map(Shortage::to_fault).collect();
        f.write_str(&report(&faults, Lang::En))
    }
}

impl Infeasible {
    /// The causes, in the order of the tree.
    #[must_use]
    pub fn causes(&self) -> &[Shortage] {
        &self.causes
    }

    /// Counts every cause again in the tables: whether each set needs more than it shares.
    #[must_use]
    pub fn verify(&self) -> bool {
        !self.causes.is_empty()
            && self.causes.iter().zip(&self.sets).all(|(cause, set)| {
                let (needed, available) = match cause.kind {
                    ShortageKind::TooFewPlaces => places_of(&self.model, set),
                    _ => people_of(&self.model, set),
                };
                needed == i128::from(cause.needed)
                    && available == i128::from(cause.available)
                    && needed > available
            })
    }

    /// The greatest load under which the bounds can't be met, if one is set.
    pub(super) fn load_limit(&self) -> Option<i64> {
        self.model.most_load
    }

    /// The causes in a set that a solver found: sinks that lack people, or sources that lack places.
    pub(super) fn of(model: Arc<Model>, sinks: &[bool], sources: &[bool]) -> Self {
        let not = |set: &[bool]| -> Vec<bool> { set.iter().map(|&inside| !inside).collect() };
        for sinks in [sinks.to_vec(), not(sinks), vec![true; sinks.len()]] {
            let sets = components(&model, &sinks, true);
            let causes: Vec<_> = sets.into_iter().filter_map(|set| lack_of_people(&model, set)).collect();
            if !causes.is_empty() {
                return Self::ordered(model, causes);
            }
        }
        for sources in [sources.to_vec(), not(sources), vec![true; sources.len()]] {
            let sets = components(&model, &sources, false);
            let causes: Vec<_> = sets.into_iter().filter_map(|set| lack_of_places(&model, set)).collect();
            if !causes.is_empty() {
                return Self::ordered(model, causes);
            }
        }
        Self { causes: Vec::new(), sets: Vec::new(), model }
    }

    /// Takes the bounds that can't be met out of a model.
    pub(super) fn relax(&self, model: &mut Model) {
        for (cause, set) in self.causes.iter().zip(&self.sets) {
            for &place in set {
                match cause.kind {
                    ShortageKind::TooFewPlaces => model.sources[place as usize].at_least = 0,
                    _ => model.sinks[place as usize].at_least = 0,
                }
            }
        }
    }

    /// Adds causes found in a model with fewer bounds, as they are in this one; whether there are any.
    pub(super) fn extend(&mut self, more: &Self) -> bool {
        let mut known: [BTreeSet<u32>; 2] = [BTreeSet::new(), BTreeSet::new()];
        for (cause, set) in self.causes.iter().zip(&self.sets) {
            known[usize::from(cause.kind == ShortageKind::TooFewPlaces)].extend(set);
        }
        let mut all: Vec<_> = self.causes.drain(..).zip(self.sets.drain(..)).collect();
        let before = all.len();
        for (cause, set) in more.causes.iter().zip(&more.sets) {
            let places = cause.kind == ShortageKind::TooFewPlaces;
            // What has no bound any more adds nothing to what is needed.
            let set =
                set.iter().copied().filter(|place| !known[usize::from(places)].contains(place)).collect();
            let found =
                if places { lack_of_places(&self.model, set) } else { lack_of_people(&self.model, set) };
            all.extend(found);
        }
        let grown = all.len() > before;
        *self = Self::ordered(self.model.clone(), all);
        grown
    }

    fn ordered(model: Arc<Model>, mut causes: Vec<(Shortage, Vec<u32>)>) -> Self {
        causes.sort_by(|a, b| {
            (a.0.kind == ShortageKind::TooFewPlaces, &a.1)
                .cmp(&(b.0.kind == ShortageKind::TooFewPlaces, &b.1))
        });
        let (causes, sets) = causes.into_iter().unzip();
        Self { causes, sets, model }
    }
}

/// What sinks need together, and the most that may be sent to them.
fn people_of(model: &Model, sinks: &[u32]) -> (i128, i128) {
    let mut into = vec![0_i128; model.sources.len()];
    let mut needed = 0_i128;
    for &sink in sinks {
        needed += i128::from(model.sinks[sink as usize].at_least);
        for link in model.links.of(sink as usize) {
            into[model.links.source[link] as usize] += i128::from(model.links.capacity[link]);
        }
    }
    let most = |(source, &into): (usize, &i128)| into.min(i128::from(model.most(source)));
    (needed, into.iter().enumerate().map(most).sum())
}

/// What sources must send together, and the most places that are open to them.
fn places_of(model: &Model, sources: &[u32]) -> (i128, i128) {
    let mut inside = vec![false; model.sources.len()];
    let mut needed = 0_i128;
    for &source in sources {
        inside[source as usize] = true;
        needed += i128::from(model.sources[source as usize].at_least);
    }
    let places = model.sinks.iter().enumerate().map(|(sink, bounds)| {
        let open = model.links.of(sink).filter(|&link| inside[model.links.source[link] as usize]);
        let open: i128 = open.map(|link| i128::from(model.links.capacity[link])).sum();
        open.min(i128::from(bounds.at_most))
    });
    (needed, places.sum())
}

/// The parts of a set of sinks (or sources) that no link joins, over sources (or sinks) with room.
fn components(model: &Model, set: &[bool], of_sinks: bool) -> Vec<Vec<u32>> {
    let sink_of = model.sink_of_links();
    let open = |link: usize| {
        model.links.capacity[link] > 0 && model.sources[model.links.source[link] as usize].at_most > 0
    };
    // Links by the end that is not in the set, so that a walk can cross over and come back.
    let (mut near, mut far) = (vec![Vec::new(); set.len()], Vec::new());
    let others = if of_sinks { model.sources.len() } else { model.sinks.len() };
    far.resize(others, Vec::new());
    for link in (0..model.links.len()).filter(|&link| open(link)) {
        let (source, sink) = (model.links.source[link], sink_of[link]);
        let (mine, other) = if of_sinks { (sink, source) } else { (source, sink) };
        if set[mine as usize] {
            near[mine as usize].push(other);
            far[other as usize].push(mine);
        }
    }
    let mut seen = vec![false; set.len()];
    let mut crossed = vec![false; others];
    let mut parts = Vec::new();
    for start in (0..set.len()).filter(|&start| set[start]) {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut part = Vec::new();
        let mut queue = VecDeque::from([start as u32]);
        while let Some(mine) = queue.pop_front() {
            part.push(mine);
            for &other in &near[mine as usize] {
                if std::mem::replace(&mut crossed[other as usize], true) {
                    continue;
                }
                for &next in &far[other as usize] {
                    if !std::mem::replace(&mut seen[next as usize], true) {
                        queue.push_back(next);
                    }
                }
            }
        }
        part.sort_unstable();
        parts.push(part);
    }
    parts
}

fn lack_of_people(model: &Model, sinks: Vec<u32>) -> Option<(Shortage, Vec<u32>)> {
    let (needed, available) = people_of(model, &sinks);
    if needed <= available {
        return None;
    }
    let mut who = BTreeSet::new();
    for &sink in &sinks {
        for link in model.links.of(sink as usize) {
            let source = &model.sources[model.links.source[link] as usize];
            if model.links.capacity[link] > 0 && source.at_most > 0 {
                who.insert(source.who.clone());
            }
        }
    }
    let kind = if who.is_empty() { ShortageKind::NoCandidates } else { ShortageKind::TooFewPeople };
    Some((shortage(model, kind, &sinks, who, needed, available), sinks))
}

fn lack_of_places(model: &Model, sources: Vec<u32>) -> Option<(Shortage, Vec<u32>)> {
    let (needed, available) = places_of(model, &sources);
    if needed <= available {
        return None;
    }
    let who: BTreeSet<Who> =
        sources.iter().map(|&source| model.sources[source as usize].who.clone()).collect();
    let mut inside = vec![false; model.sources.len()];
    for &source in &sources {
        inside[source as usize] = true;
    }
    let touches =
        |sink: &u32| model.links.of(*sink as usize).any(|link| inside[model.links.source[link] as usize]);
    let sinks: Vec<u32> = (0..model.sinks.len() as u32).filter(touches).collect();
    Some((shortage(model, ShortageKind::TooFewPlaces, &sinks, who, needed, available), sources))
}

fn shortage(
    model: &Model,
    kind: ShortageKind,
    sinks: &[u32],
    who: BTreeSet<Who>,
    needed: i128,
    available: i128,
) -> Shortage {
    let mut grids: Vec<_> = sinks.iter().map(|&sink| model.sinks[sink as usize].grid).collect();
    grids.dedup();
    let days: BTreeSet<i64> = sinks.iter().filter_map(|&sink| model.sinks[sink as usize].day).collect();
    let mut sets = sinks.iter().map(|&sink| &model.sinks[sink as usize].skills);
    let mut skills = sets.next().cloned().unwrap_or_default();
    for set in sets {
        skills.retain(|skill| set.contains(skill));
    }
    if model.kind != PlanKind::Assignment {
        skills.clear();
    }
    // Bounds of a table are far below these limits; a sum past them is cut, and `verify` would say so.
    let whole = |number: i128| i64::try_from(number).unwrap_or(i64::MAX);
    Shortage {
        kind,
        grids: grids.into_iter().map(|grid| model.tree.code(grid)).collect(),
        who: who.into_iter().collect(),
        needed: whole(needed),
        available: whole(available),
        skills,
        days: days.into_iter().collect(),
    }
}
