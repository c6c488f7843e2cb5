//! Layers over a base, as the rows that hold because of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fault::{ModeError, ModeFault, ModeFaultKind as K};
use super::{DerivedRow, ModeLayer};
use crate::Interval;
use crate::id::{GridIndex, Mode};
use crate::responsibility::Responsibility;
use crate::responsibility::fault::{DutyError, DutyTable};
use crate::responsibility::rows::DutyTables;
use crate::responsibility::store::Store;
use crate::tree::GridTree;

/// A base and the layers over it.
pub(in crate::responsibility) struct Layered {
    pub(in crate::responsibility) base: Arc<Store>,
    pub(in crate::responsibility) layers: Vec<ModeLayer>,
    /// Where and when each layer holds.
    reaches: Vec<Reach>,
    /// The layer and the row in it of each derived assignment, in the order in which they follow those of the base.
    pub(super) origins: Vec<(u32, u32)>,
    /// Whether some layer begins or ends.
    pub(in crate::responsibility) timed: bool,
}

struct Reach {
    scope: GridIndex,
    interval: Interval,
    mode: Mode,
}

/// The mode that a row of a layer names, if it names one.
fn named(row: &DerivedRow) -> Option<&str> {
    row.assignment.mode.as_deref().filter(|mode| !mode.is_empty() && *mode != "*")
}

/// What is left of an interval without another.
fn without(one: Interval, other: Interval) -> impl Iterator<Item = Interval> {
    let before = other.from().and_then(|from| one.intersect(Interval::new(None, Some(from)).ok()?));
    let after = other.until().and_then(|until| one.intersect(Interval::new(Some(until), None).ok()?));
    before.into_iter().chain(after)
}

impl Layered {
    /// Checks layers over a base, and flattens both into one set of tables.
    pub(super) fn new(
        base: &Responsibility,
        layers: Vec<ModeLayer>,
    ) -> Result<(DutyTables, Self), ModeError> {
        let tree = base.tree();
        let mut faults = Vec::new();
        let mut reaches = Vec::new();
        for (number, layer) in layers.iter().enumerate() {
            let before = faults.len();
            let mut report = |row: Option<usize>, column: &str, kind: K| {
                faults.push(ModeFault { layer: number, row, column: column.to_owned(), kind });
            };
            let mode = layer.mode.parse::<Mode>().ok().filter(|mode| mode.as_str() != "*");
            if mode.is_none() {
                report(None, "mode", K::MalformedMode);
            }
            let scope = tree.find(&layer.scope);
            if scope.is_none() {
                report(None, "scope", K::UnknownGrid { code: layer.scope.clone() });
            }
            let interval = Interval::new(layer.from, layer.until).ok();
            if interval.is_none() {
                report(None, "until", K::EmptyInterval);
            }
            let same = |other: &ModeLayer| (&other.mode, &other.scope) == (&layer.mode, &layer.scope);
            if let Some(first) = layers[..number].iter().position(same) {
                report(None, "scope", K::AlreadyEntered { first, scope: layer.scope.clone() });
            }
            for (place, row) in layer.rows.iter().enumerate() {
                let code = &row.assignment.grid;
                match (scope, tree.find(code)) {
                    (_, None) => report(Some(place), "grid", K::UnknownGrid { code: code.clone() }),
                    (Some(scope), Some(grid)) if !tree.is_ancestor(scope, grid) => {
                        report(Some(place), "grid", K::OutsideScope { code: code.clone() });
                    }
                    _ => {}
                }
                if named(row).is_some_and(|mode| mode != layer.mode) {
                    report(Some(place), "mode", K::OtherMode);
                }
                let own = Interval::new(row.assignment.from, row.assignment.until).ok();
                if own.zip(interval).is_some_and(|(own, interval)| !own.overlaps(interval)) {
                    report(Some(place), "from", K::OutsideInterval);
                }
            }
            // What the door says of the rows alone has their own numbers.
            let assignments = layer.rows.iter().map(|row| row.assignment.clone()).collect();
            let alone = DutyTables { assignments, teams: layer.teams.clone(), ..DutyTables::default() };
            if let Err(error) = Responsibility::from_tables(tree, &alone) {
                for fault in error.list() {
                    let column = fault.to_fault().column.unwrap_or_default();
                    report(Some(fault.row), &column, K::Row(fault.clone()));
                }
            }
            if let (true, Some(mode), Some(scope), Some(interval)) =
                (faults.len() == before, mode, scope, interval)
            {
                reaches.push(Reach { scope, interval, mode });
            }
        }
        ModeError::of(faults)?;
        let timed = reaches.iter().any(|reach| reach.interval.is_bounded());
        let mut layered = Self { base: base.store.clone(), layers, reaches, origins: Vec::new(), timed };
        let (tables, origins) = layered.flatten(base);
        layered.origins = origins;
        Ok((tables, layered))
    }

    /// The base with the rows of the layers, each clipped to where and when it holds; and which row each came from.
    pub(super) fn flatten(&self, base: &Responsibility) -> (DutyTables, Vec<(u32, u32)>) {
        let tree = base.tree();
        let mut tables = base.to_tables();
        let mut origins = Vec::new();
        let mut members: BTreeSet<(String, String)> =
            tables.teams.iter().map(|row| (row.team.clone(), row.person.clone())).collect();
        for (number, (layer, reach)) in self.layers.iter().zip(&self.reaches).enumerate() {
            // Inner layers of the same mode govern their scopes alone.
            let inner: Vec<&Reach> = self
                .reaches
                .iter()
                .filter(|other| other.mode == reach.mode && other.scope != reach.scope)
                .filter(|other| tree.is_ancestor(reach.scope, other.scope))
                .collect();
            for (place, row) in layer.rows.iter().enumerate() {
                let Some(grid) = tree.find(&row.assignment.grid) else { continue };
                let own = Interval::new(row.assignment.from, row.assignment.until).ok();
                let mut pieces: Vec<Interval> =
                    own.and_then(|own| own.intersect(reach.interval)).into_iter().collect();
                for other in inner.iter().filter(|other| tree.is_ancestor(other.scope, grid)) {
                    pieces = pieces.into_iter().flat_map(|piece| without(piece, other.interval)).collect();
                }
                for piece in pieces {
                    let mut row = row.assignment.clone();
                    row.mode = Some(layer.mode.clone());
                    (row.from, row.until) = (piece.from(), piece.until());
                    tables.assignments.push(row);
                    origins.push((number as u32, place as u32));
                }
            }
            for row in &layer.teams {
                if members.insert((row.team.clone(), row.person.clone())) {
                    tables.teams.push(row.clone());
                }
            }
        }
        (tables, origins)
    }

    /// The mode in force at a grid.
    pub(in crate::responsibility) fn mode(&self, tree: &GridTree, grid: GridIndex, at: i64) -> Option<&Mode> {
        let on = |reach: &&Reach| reach.interval.contains(at) && tree.is_ancestor(reach.scope, grid);
        // Scopes that cover one grid lie on its path: the later in preorder is the inner. Of equals the last counts.
        self.reaches.iter().filter(on).max_by_key(|reach| reach.scope).map(|reach| &reach.mode)
    }

    /// What the door says of all rows together: only teams of layers can disagree with those of the base.
    pub(super) fn blame(&self, error: &DutyError) -> ModeError {
        let last = self.layers.len().saturating_sub(1);
        let fault = |fault: &crate::responsibility::fault::DutyFault| {
            let column = fault.to_fault().column.unwrap_or_default();
            let layer = match fault.table {
                DutyTable::Teams => self.layers.iter().position(|layer| !layer.teams.is_empty()),
                _ => None,
            };
            ModeFault { layer: layer.unwrap_or(last), row: None, column, kind: K::Row(fault.clone()) }
        };
        ModeError::from_list(error.list().iter().map(fault).collect())
    }
}
