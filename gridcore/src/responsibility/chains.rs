//! Chains of command (责任链) beside the territory, each for its domains, checked like trees.

use std::collections::{BTreeMap, HashMap};

use super::Responsibility;
use super::answer::Rule;
use super::ask::{Ask, AskError};
use super::door::Reader;
use super::fault::{DutyFaultKind as K, DutyTable as T};
use super::rows::ChainRow;
use super::store::{ANY, Store};
use crate::id::{GridCode, PersonId, TeamId};
use crate::tree::GridTree;

/// One chain.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    pub(super) name: String,
    /// The domains it serves, ascending.
    pub(super) domains: Vec<u32>,
    /// Its grids by position, each with that above it; [`ANY`] for a top.
    links: Vec<(u32, u32)>,
}

impl Chain {
    /// The grid above one of the chain; nothing if the chain does not have it, [`ANY`] above a top.
    pub(super) fn above(&self, position: u32) -> Option<u32> {
        let place = self.links.binary_search_by_key(&position, |&(grid, _)| grid).ok()?;
        Some(self.links[place].1)
    }
}

/// All chains, in the order of their names.
#[derive(Clone, Debug, Default)]
pub(super) struct Chains {
    list: Vec<Chain>,
}

/// A row with the position of its grid, and the code and position of its parent.
type Link = (usize, u32, Option<(String, u32)>);

/// A chain while its rows are read.
#[derive(Default)]
struct Draft {
    domains: Vec<u32>,
    links: Vec<Link>,
    first: HashMap<u32, usize>,
}

impl Chains {
    /// Reads the rows of all chains and notes every fault.
    pub(super) fn read<'r>(tree: &GridTree, rows: &'r [ChainRow], reader: &mut Reader<'r>) -> Self {
        let mut drafts: BTreeMap<&str, Draft> = BTreeMap::new();
        let mut served: HashMap<u32, (usize, &str)> = HashMap::new();
        for (number, row) in rows.iter().enumerate() {
            if !reader.name(T::Chains, number, "chain", &row.chain) {
                continue;
            }
            let draft = drafts.entry(&row.chain).or_default();
            let domain = reader.domain(T::Chains, number, row.domain.as_ref());
            if domain != ANY {
                let (first, chain) = *served.entry(domain).or_insert((number, &row.chain));
                if chain == row.chain {
                    draft.domains.push(domain);
                } else {
                    let domain = row.domain.clone().unwrap_or_default();
                    reader.fault(T::Chains, number, K::DomainTaken { first, domain });
                }
            }
            let mut find = |column: &'static str, code: &str| {
                if !reader.name(T::Chains, number, column, code) {
                    return None;
                }
                let found = tree.find(code).map(|grid| grid.get() as u32);
                if found.is_none() {
                    reader.fault(T::Chains, number, K::UnknownGrid { column, code: code.to_owned() });
                }
                found
            };
            let grid = find("grid", &row.grid);
            let above = row.parent.as_ref().filter(|code| !code.is_empty());
            let parent = above.map(|code| find("parent", code).map(|position| (code.clone(), position)));
            let (Some(grid), Some(parent)) = (grid, parent.map_or(Some(None), |found| found.map(Some)))
            else {
                continue;
            };
            let first = *draft.first.entry(grid).or_insert(number);
            let same = |link: &&Link| link.0 == first && link.2 == parent;
            if first == number {
                draft.links.push((number, grid, parent));
            } else if domain == ANY || draft.links.iter().find(same).is_none() {
                let grid = Some(row.grid.clone());
                reader.fault(T::Chains, number, K::Duplicate { first, grid });
            }
        }
        let mut list = Vec::with_capacity(drafts.len());
        for (name, mut draft) in drafts {
            let mut links = Vec::with_capacity(draft.links.len());
            for (row, grid, parent) in &draft.links {
                match parent {
                    Some((code, above)) if !draft.first.contains_key(above) => {
                        reader.fault(T::Chains, *row, K::ParentNotInChain { code: code.clone() });
                    }
                    _ => {}
                }
                links.push((*grid, parent.as_ref().map_or(ANY, |&(_, above)| above)));
            }
            links.sort_unstable();
            draft.domains.sort_unstable();
            draft.domains.dedup();
            let chain = Chain { name: name.to_owned(), domains: draft.domains, links };
            for ring in chain.rings() {
                let mut rows: Vec<usize> = ring.iter().map(|grid| draft.first[grid]).collect();
                rows.sort_unstable();
                let row = rows[0];
                let grid = rows_grid(&draft.links, row, tree);
                reader.fault(T::Chains, row, K::Ring { grid, rows });
            }
            list.push(chain);
        }
        Self { list }
    }

    /// Gives domains the numbers that they have in the end.
    pub(super) fn rename(&mut self, domain: impl Fn(u32) -> u32) {
        for chain in &mut self.list {
            chain.domains.iter_mut().for_each(|id| *id = domain(*id));
            chain.domains.sort_unstable();
        }
    }

    /// The chain that serves a domain, if it is not the territory.
    pub(super) fn of(&self, domain: u32) -> Option<&Chain> {
        self.list.iter().find(|chain| chain.domains.binary_search(&domain).is_ok())
    }

    /// The chains as rows: by name and position, the domains on the first rows.
    pub(super) fn to_rows(&self, store: &Store) -> Vec<ChainRow> {
        let mut rows = Vec::new();
        let code = |position: u32| {
            let grid = store.tree.at(position as usize).unwrap_or(store.tree.root());
            store.tree.code(grid).to_string()
        };
        for chain in &self.list {
            let domain =
                |place: usize| chain.domains.get(place).map(|&id| store.domains[id as usize].to_string());
            for (place, &(grid, above)) in chain.links.iter().enumerate() {
                rows.push(ChainRow {
                    chain: chain.name.clone(),
                    grid: code(grid),
                    parent: (above != ANY).then(|| code(above)),
                    domain: domain(place),
                });
            }
            // A row may stand again to name one more domain.
            let Some(top) = rows.last().filter(|_| !chain.links.is_empty()).cloned() else { continue };
            let more = chain.links.len()..chain.domains.len();
            rows.extend(more.map(|place| ChainRow { domain: domain(place), ..top.clone() }));
        }
        rows
    }
}

/// The code of the grid of a row.
fn rows_grid(links: &[Link], row: usize, tree: &GridTree) -> String {
    let place = links.iter().find(|(number, ..)| *number == row);
    let grid = place.and_then(|&(_, grid, _)| tree.at(grid as usize)).unwrap_or(tree.root());
    tree.code(grid).to_string()
}

/// One step of an escalation path (责任链): a grid, and who answers there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ChainStep {
    /// How many steps up, from 0 at the grid that was asked about.
    pub step: usize,
    /// The grid.
    pub grid: GridCode,
    /// Its level.
    pub level: u8,
    /// The chain that leads there; none for the territory.
    pub chain: Option<String>,
    /// Who answers at this grid itself; none if nobody does, and for a team without a lead.
    pub person: Option<PersonId>,
    /// The team that answers, if it is one.
    pub team: Option<TeamId>,
    /// What decided; none if nobody answers at this grid.
    pub rule: Option<Rule>,
    /// The holder who is absent, if a deputy answers.
    pub deputy_for: Option<PersonId>,
    /// The row of the assignment, from 0.
    pub row: Option<usize>,
}

impl Ask {
    /// The escalation path from a grid, in a domain: each grid to turn to in turn, with who answers there themselves.
    ///
    /// The path climbs the territory up to the first grid that the chain of the domain has, then the chain to its top;
    /// a domain without a chain climbs the territory to the root. Steps where nobody answers are on it, too.
    ///
    /// # Errors
    /// Those of [`accountable`](Self::accountable).
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// use gridcore::responsibility::{AssignmentRow, ChainRow, DutyTables, Responsibility};
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "town").under("1"),
    ///     GridRow::new("12", "forest farm").under("1"),
    ///     GridRow::new("111", "village").under("11"),
    /// ])?;
    /// let duty = Responsibility::from_tables(&tree, &DutyTables {
    ///     assignments: vec![AssignmentRow::new("12").person("p-1"), AssignmentRow::new("1").person("p-2")],
    ///     chains: vec![
    ///         ChainRow::new("forest_chiefs", "12").domain("forest_fire"),
    ///         ChainRow::new("forest_chiefs", "11").parent("12"),
    ///     ],
    ///     ..DutyTables::default()
    /// })?;
    /// let codes = |domain| -> Result<Vec<String>, gridcore::responsibility::AskError> {
    ///     Ok(duty.chain("111", domain)?.iter().map(|step| step.grid.to_string()).collect())
    /// };
    /// assert_eq!(codes("forest_fire")?, ["111", "11", "12"]);
    /// assert_eq!(codes("work_safety")?, ["111", "11", "1"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(s · log c + assignments on the way) time for s steps in a chain of c grids.
    pub fn chain(&self, grid: &str, domain: &str) -> Result<Vec<ChainStep>, AskError> {
        let (context, ..) = self.context(domain)?;
        let grid = self.position(grid)?;
        let (context, _) = self.here(context, None, grid);
        let store = &*self.duty().store;
        let chain = store.chains.of(context.domain);
        let mut steps = Vec::new();
        let mut next = Some((grid, None));
        while let Some((at, via)) = next {
            let found = store.here(at.get(), &context);
            let duty = found.map(|found| &store.accountable.duties[found.duty as usize]);
            let deputised = found.and_then(|found| found.deputy).and(duty);
            steps.push(ChainStep {
                step: steps.len(),
                grid: store.tree.code(at),
                level: store.tree.level(at),
                chain: via,
                person: found.and_then(|found| store.speaker(found)),
                team: duty.and_then(|duty| store.team_of(duty.party)).cloned(),
                rule: duty.map(|duty| Rule::of(duty.rank())),
                deputy_for: deputised.map(|duty| store.people[duty.party as usize].clone()),
                row: duty.map(|duty| duty.row as usize),
            });
            next = match chain.and_then(|chain| Some((chain, chain.above(at.get() as u32)?))) {
                Some((chain, above)) => {
                    store.tree.at(above as usize).map(|above| (above, Some(chain.name.clone())))
                }
                None => store.tree.parent(at).map(|above| (above, None)),
            };
        }
        Ok(steps)
    }
}

impl Responsibility {
    /// The escalation path from a grid, outside of any mode, where no interval is bounded.
    ///
    /// # Errors
    /// Those of [`Ask::accountable`].
    pub fn chain(&self, grid: &str, domain: &str) -> Result<Vec<ChainStep>, AskError> {
        self.ask(None, None).chain(grid, domain)
    }
}

impl Chain {
    /// The grids of each ring.
    fn rings(&self) -> Vec<Vec<u32>> {
        const NEW: u32 = 0;
        // Which walk came by; a walk that meets itself has found a ring.
        let mut walk = vec![NEW; self.links.len()];
        let mut rings = Vec::new();
        let place = |grid: u32| self.links.binary_search_by_key(&grid, |&(grid, _)| grid).ok();
        for start in 0..self.links.len() {
            let number = start as u32 + 1;
            let mut at = Some(start);
            while let Some(here) = at.filter(|&here| walk[here] == NEW) {
                walk[here] = number;
                at = place(self.links[here].1);
            }
            if let Some(met) = at.filter(|&met| walk[met] == number) {
                let mut ring = vec![self.links[met].0];
                let mut next = self.links[met].1;
                while next != ring[0] {
                    ring.push(next);
                    next = self.above(next).unwrap_or(ring[0]);
                }
                rings.push(ring);
            }
        }
        rings
    }
}
