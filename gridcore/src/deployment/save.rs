//! Save and load a plan: versioned JSON, by code; what is loaded is checked like an answer of the solver.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::door::MOST_PEOPLE;
use super::fair::why_not;
use super::fault::DeployError;
use super::model::{Links, Model, NO_GRID, PlanKind, Sink, Source, Weights, Why};
use super::plan::Plan;
use super::proof::{PlanViolation, Prices, check_bounds};
use super::run::Solved;
use super::who::Who;
use crate::control::Control;
use crate::error::{Fault, Lang, Problem, shortened};
use crate::id::{GridIndex, Skill, UnitId};
use crate::saved::{Envelope, Unread};
use crate::tree::GridTree;

const ENVELOPE: Envelope = Envelope::new("gridcore.plan", 1, "plan", "方案");

/// Why a text is no saved plan.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanLoadError {
    /// The text is not JSON, or a field is missing, unknown or does not fit.
    BadField {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat,
    /// The plan was saved by a later version.
    UnknownVersion {
        /// The version it was saved by.
        found: u64,
    },
    /// The tree has no grid that the plan names.
    UnknownGrid {
        /// The code of the grid.
        code: String,
    },
    /// Its parts do not fit together.
    Inconsistent,
    /// It breaks a bound, or its proof does not hold.
    Unproven(PlanViolation),
}

impl fmt::Display for PlanLoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for PlanLoadError {}

impl Problem for PlanLoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::BadField { .. } => "bad_field",
            Self::UnknownFormat => "unknown_format",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::UnknownGrid { .. } => "unknown_grid",
            Self::Inconsistent => "inconsistent",
            Self::Unproven(_) => "unproven",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::BadField { line, column } => ENVELOPE.unreadable(fault, *line, *column),
            Self::UnknownFormat => {
                let format = ENVELOPE.format;
                let fault =
                    fault.says(format!("the format is not {format:?}"), format!("格式不是 {format:?}"));
                ENVELOPE.ask(fault)
            }
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
            Self::UnknownGrid { code } => {
                let code = shortened(code);
                fault
                    .on(&code)
                    .says(format!("the tree has no grid {code:?}"), format!("网格体系中没有 {code:?}"))
                    .remedy("load the plan over the tree it was made for", "请用编制方案时的网格体系读取")
            }
            Self::Inconsistent => fault
                .says("the parts of the plan do not fit together", "方案各部分互不相符")
                .remedy("save the plan again", "请重新保存"),
            Self::Unproven(violation) => return violation.faults(),
        }]
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Saved {
    format: String,
    version: u64,
    kind: PlanKind,
    decimals: u8,
    weights: Weights,
    steps: Vec<i64>,
    most_load: Option<i64>,
    replanned: bool,
    sources: Vec<SavedSource>,
    sinks: Vec<SavedSink>,
    /// Sink, source, capacity, cost, amount, amount before.
    links: Vec<(u32, u32, i64, i64, i64, i64)>,
    why: Vec<Why>,
    /// The links that begin at a grid, with its code.
    via: Vec<(u32, String)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedSource {
    kind: String,
    who: Option<String>,
    unit: Option<UnitId>,
    day: Option<i64>,
    at_least: i64,
    at_most: i64,
    price: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SavedSink {
    grid: String,
    name: Option<String>,
    day: Option<i64>,
    at_least: i64,
    at_most: i64,
    skills: Vec<Skill>,
    price: i64,
}

/// Save and load.
impl Plan {
    /// The plan as JSON, with its problem and its proof; the tree by codes only. It holds tokens of people.
    ///
    /// ```
    /// use gridcore::deployment::{Deployment, NeedRow, PersonRow, Plan, Staffing};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let plan = Deployment::new(&tree).assign(&Staffing::new([PersonRow::new("a")], [NeedRow::new("1")]))?;
    /// let loaded = Plan::from_json(&tree, &plan.to_json())?;
    /// assert_eq!(loaded.to_json(), plan.to_json());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        let model = &**self.model();
        let sinks = model.sink_of_links();
        let links = &model.links;
        let before = |link: usize| model.before.as_ref().map_or(0, |before| before[link]);
        let saved = Saved {
            format: ENVELOPE.format.to_owned(),
            version: ENVELOPE.version,
            kind: model.kind,
            decimals: model.decimals,
            weights: self.weights(),
            steps: model.steps.clone(),
            most_load: model.most_load,
            replanned: model.before.is_some(),
            sources: model
                .sources
                .iter()
                .zip(&self.prices().source)
                .map(|(source, &price)| SavedSource {
                    kind: source.who.kind().to_owned(),
                    who: source.who.as_text(),
                    unit: source.unit.clone(),
                    day: source.day,
                    at_least: source.at_least,
                    at_most: source.at_most,
                    price,
                })
                .collect(),
            sinks: model
                .sinks
                .iter()
                .zip(&self.prices().sink)
                .map(|(sink, &price)| SavedSink {
                    grid: model.tree.code(sink.grid).to_string(),
                    name: sink.name.as_deref().map(str::to_owned),
                    day: sink.day,
                    at_least: sink.at_least,
                    at_most: sink.at_most,
                    skills: sink.skills.clone(),
                    price,
                })
                .collect(),
            links: (0..links.len())
                .map(|link| {
                    let (capacity, cost) = (links.capacity[link], links.cost[link]);
                    (sinks[link], links.source[link], capacity, cost, self.amounts()[link], before(link))
                })
                .collect(),
            why: links.why.clone(),
            via: (0..)
                .zip(&links.via)
                .filter(|(_, via)| **via != NO_GRID)
                .map(|(link, &via)| (link, model.tree.code(GridIndex::new(via as usize)).to_string()))
                .collect(),
        };
        serde_json::to_string(&saved).expect("keys are texts and numbers are whole")
    }

    /// Loads a plan over the tree it was made for, and checks its bounds and its proof.
    ///
    /// Why a greatest load can't be smaller is not saved but proved anew.
    ///
    /// # Errors
    /// [`PlanLoadError`]: the text is no such JSON, or of a later version; a grid is not in the tree; the parts don't fit
    /// together; the plan breaks a bound, or its proof does not hold.
    ///
    /// # Complexity
    /// O(people + grids + candidates), and one flow where the greatest load was made as small as it can be.
    pub fn from_json(tree: &GridTree, text: &str) -> Result<Self, PlanLoadError> {
        let saved: Saved =
            serde_json::from_str(text).map_err(|error| explain(ENVELOPE.explain(text, error)))?;
        ENVELOPE.check_format(Some(saved.format.clone())).map_err(explain)?;
        ENVELOPE.check_version(saved.version).map_err(explain)?;
        load(tree, saved)
    }
}

fn explain(unread: Unread) -> PlanLoadError {
    match unread {
        Unread::Format(_) => PlanLoadError::UnknownFormat,
        Unread::Version(found) => PlanLoadError::UnknownVersion { found },
        Unread::At(error) => PlanLoadError::BadField { line: error.line(), column: error.column() },
    }
}

fn load(tree: &GridTree, saved: Saved) -> Result<Plan, PlanLoadError> {
    const BAD: PlanLoadError = PlanLoadError::Inconsistent;
    let find =
        |code: &str| tree.find(code).ok_or_else(|| PlanLoadError::UnknownGrid { code: code.to_owned() });
    let mut prices = Prices::default();
    let mut sources = Vec::with_capacity(saved.sources.len());
    for source in saved.sources {
        let who = Who::read(&source.kind, source.who.as_deref()).ok_or(BAD)?;
        let SavedSource { unit, day, at_least, at_most, price, .. } = source;
        sources.push(Source { who, unit, day, at_least, at_most });
        prices.source.push(price);
    }
    let mut sinks = Vec::with_capacity(saved.sinks.len());
    for sink in saved.sinks {
        let SavedSink { day, at_least, at_most, skills, price, .. } = sink;
        let (grid, name) = (find(&sink.grid)?, sink.name.map(Arc::from));
        sinks.push(Sink { grid, name, day, at_least, at_most, skills });
        prices.sink.push(price);
    }
    let mut links = Links::begin();
    let (mut amounts, mut before) = (Vec::new(), Vec::new());
    let mut last = None;
    if saved.why.len() != saved.links.len() {
        return Err(BAD);
    }
    for (&(sink, source, capacity, cost, amount, old), why) in saved.links.iter().zip(saved.why) {
        let ascends = last.is_none_or(|last| last < (sink, source));
        if !ascends || sink as usize >= sinks.len() || source as usize >= sources.len() {
            return Err(BAD);
        }
        // As the tables allow them: far enough from the limits of numbers that every sum can be made.
        let weighed_cost =
            cost.checked_mul(saved.weights.cost).and_then(|cost| cost.checked_add(saved.weights.change));
        if cost < 0
            || weighed_cost.is_none()
            || [capacity, old].iter().any(|number| !(0..=MOST_PEOPLE).contains(number))
        {
            return Err(BAD);
        }
        last = Some((sink, source));
        while links.starts.len() <= sink as usize {
            links.close();
        }
        links.push(source, capacity, cost, why, NO_GRID);
        amounts.push(amount);
        before.push(old);
    }
    while links.starts.len() <= sinks.len() {
        links.close();
    }
    for (link, code) in saved.via {
        *links.via.get_mut(link as usize).ok_or(BAD)? = find(&code)?.get() as u32;
    }
    // Nobody stands for all empty places together.
    let nobody = sources.iter().filter(|source| source.who == Who::Nobody).count();
    let real = sources.iter().filter(|source| source.who != Who::Nobody);
    let bounds = real.map(|source| (source.at_least, source.at_most));
    let mut bounds = bounds.chain(sinks.iter().map(|sink| (sink.at_least, sink.at_most)));
    let sound = bounds.all(|(least, most)| 0 <= least && least <= most && most <= MOST_PEOPLE)
        && nobody <= 1
        && sources.iter().all(|source| 0 <= source.at_least && source.at_least <= source.at_most)
        && saved.steps.iter().all(|step| step.checked_mul(saved.weights.cost).is_some())
        && sources.is_sorted_by(|a, b| (&a.who, a.day) < (&b.who, b.day))
        && sinks.is_sorted_by(|a, b| (a.grid, &a.name, a.day) < (b.grid, &b.name, b.day))
        && saved.decimals <= super::MOST_DECIMALS
        && saved.steps.is_sorted()
        && saved.steps.first().is_none_or(|&step| step >= 0)
        && saved.weights.cost >= 0
        && saved.weights.change >= 0
        && saved.most_load.is_none_or(|load| load >= 0);
    if !sound {
        return Err(BAD);
    }
    let model = Model {
        tree: tree.clone(),
        kind: saved.kind,
        decimals: saved.decimals,
        sources,
        sinks,
        links: links.into(),
        steps: saved.steps,
        most_load: saved.most_load,
        before: saved.replanned.then(|| before.into()),
    };
    // Before anything is added up.
    check_bounds(&model, &amounts).map_err(PlanLoadError::Unproven)?;
    let proven_peak = saved.most_load.filter(|&load| load > model.forced_load());
    let load_bound = match proven_peak {
        Some(load) => why_not(&model, load - 1, &mut Control::free()).map_err(|_| BAD)?,
        None => None,
    };
    let solved = Solved { amounts, prices, warm: None };
    let plan = Plan::finish(Arc::new(model), saved.weights, solved, load_bound);
    let plan = plan.map_err(|_: DeployError| BAD)?;
    plan.verify().map_err(PlanLoadError::Unproven)?;
    Ok(plan)
}
