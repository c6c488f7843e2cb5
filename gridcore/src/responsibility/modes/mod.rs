//! Modes (平时/战时): layers of derived duties over an untouched base.

mod fault;
mod layered;

use crate::GridTree;
use crate::id::Mode;

use super::ask::{Ask, AskError};
use super::rows::{AssignmentRow, DutyTables, Role, TeamRow};
use super::{Responsibility, door};

pub use fault::{ModeError, ModeFault, ModeFaultKind};
pub(super) use layered::Layered;

/// One duty of a layer, and what it was derived from.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DerivedRow {
    /// The assignment. Its mode is that of the layer.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub assignment: AssignmentRow,
    /// What it was derived from, a pairing for one.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub source: Option<String>,
}

impl DerivedRow {
    /// A duty that was derived from something.
    ///
    /// ```
    /// use gridcore::responsibility::{AssignmentRow, DerivedRow};
    /// let row = DerivedRow::new(AssignmentRow::new("11").team("t-1"), "u-12/11");
    /// assert_eq!(row.source.as_deref(), Some("u-12/11"));
    /// ```
    #[must_use]
    pub fn new(assignment: AssignmentRow, source: impl Into<String>) -> Self {
        Self { assignment, source: Some(source.into()) }
    }
}

impl From<AssignmentRow> for DerivedRow {
    fn from(assignment: AssignmentRow) -> Self {
        Self { assignment, source: None }
    }
}

/// A unit and a grid that it is paired with (双联双助), as far as duties in war mode need it.
///
/// ```
/// use gridcore::responsibility::SurgePairing;
/// let pairing = SurgePairing::new("u-12", "44200000801").team("t-12");
/// assert_eq!(pairing.team.as_deref(), Some("t-12"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct SurgePairing {
    /// The unit.
    pub unit: String,
    /// The code of the grid.
    pub grid: String,
    /// Its surge team (突击队); one of the unit's name, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub team: Option<String>,
}

impl SurgePairing {
    /// A unit and a grid.
    #[must_use]
    pub fn new(unit: impl Into<String>, grid: impl Into<String>) -> Self {
        Self { unit: unit.into(), grid: grid.into(), team: None }
    }

    /// Sets the surge team.
    #[must_use]
    pub fn team(mut self, team: impl Into<String>) -> Self {
        self.team = Some(team.into());
        self
    }
}

/// A mode of a grid and all beneath it, with the duties that it brings; times are UTC seconds.
///
/// # How layers work
///
/// Entering a mode lays a [`ModeLayer`] over a grid and all beneath it, leaving takes the layer away. The base is never
/// touched, so that leaving restores the exact prior state; what changed in the base meanwhile stays changed, and who
/// left it stays gone.
///
/// - **Which mode is in force** at a grid, where a question names none: that of the layer whose scope is innermost; of
///   several with one scope, that which was entered last. Outside of every scope, and outside of a layer's interval,
///   none is. A question that names a mode is answered for that mode.
/// - **Overlapping scopes of one mode**: the innermost layer governs its scope alone while its interval lasts; rows of an
///   outer layer do not reach into it. When it is left, they do again.
/// - **Entering twice**: a mode is entered once for one scope; the second time is refused, and so is leaving what was
///   not entered. Layers may be left in any order, not only in the reverse of that of entering.
/// - **Rows** of a layer hold in its mode, within its interval, at grids of its scope. Anything else is refused. Rows of
///   the base that name a mode hold wherever that mode is in force.
/// - **Row numbers** of answers while layers are on are those of [`Responsibility::active_tables`]: the base in its one
///   order, then the derived rows; [`Responsibility::source_of`] says which layer a row came from, and why.
///
/// ```
/// use gridcore::responsibility::{AssignmentRow, ModeLayer, Responsibility};
/// use gridcore::{GridRow, GridTree};
///
/// let tree = GridTree::from_rows([
///     GridRow::new("1", "city"),
///     GridRow::new("11", "north").under("1"),
///     GridRow::new("12", "south").under("1"),
/// ])?;
/// let peace = Responsibility::resolve(&tree, [AssignmentRow::new("1").person("p-1")])?;
/// let war = peace.enter(ModeLayer::new("wartime", "11").row(AssignmentRow::new("11").person("p-2")))?;
/// let who = |duty: &Responsibility, grid: &str| -> Result<Option<String>, Box<dyn std::error::Error>> {
///     Ok(duty.accountable(grid, "fire")?.person().map(|person| person.as_str().to_owned()))
/// };
/// assert_eq!(who(&war, "11")?.as_deref(), Some("p-2"));
/// assert_eq!(who(&war, "12")?.as_deref(), Some("p-1")); // at peace
/// let after = war.leave("wartime", "11")?;
/// assert_eq!(who(&after, "11")?.as_deref(), Some("p-1"));
/// assert_eq!(after, peace);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ModeLayer {
    /// The mode.
    pub mode: String,
    /// The code of the grid at and beneath which it holds.
    pub scope: String,
    /// The first second of it; from ever, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub from: Option<i64>,
    /// The first second after it; for ever, if there is none.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub until: Option<i64>,
    /// The duties that it brings.
    #[cfg_attr(feature = "serde", serde(default))]
    pub rows: Vec<DerivedRow>,
    /// The members of teams that it brings.
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Vec::is_empty"))]
    pub teams: Vec<TeamRow>,
}

impl ModeLayer {
    /// A mode that brings no duties yet.
    #[must_use]
    pub fn new(mode: impl Into<String>, scope: impl Into<String>) -> Self {
        Self { mode: mode.into(), scope: scope.into(), ..Self::default() }
    }

    /// Sets the first second of it.
    #[must_use]
    pub fn from(mut self, from: i64) -> Self {
        self.from = Some(from);
        self
    }

    /// Sets the first second after it.
    #[must_use]
    pub fn until(mut self, until: i64) -> Self {
        self.until = Some(until);
        self
    }

    /// Adds a duty.
    #[must_use]
    pub fn row(mut self, row: impl Into<DerivedRow>) -> Self {
        self.rows.push(row.into());
        self
    }

    /// Adds a member of a team.
    #[must_use]
    pub fn member(mut self, member: TeamRow) -> Self {
        self.teams.push(member);
        self
    }

    /// Adds a duty for each pairing within the scope: the surge team of the unit answers for the grid, in every domain.
    ///
    /// Where several units are paired with one grid, the first in the order of names answers and the others support.
    /// Each duty names its pairing as `unit/grid`. Pairings outside of the scope bring nothing; a grid that the tree
    /// does not have is kept, so that entering reports it.
    ///
    /// ```
    /// use gridcore::responsibility::{ModeLayer, SurgePairing};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"), GridRow::new("11", "north").under("1"), GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// let pairings = [SurgePairing::new("u-2", "11"), SurgePairing::new("u-1", "11"), SurgePairing::new("u-1", "12")];
    /// let layer = ModeLayer::new("wartime", "11").surge(&tree, pairings);
    /// assert_eq!(layer.rows[0].source.as_deref(), Some("u-1/11"));
    /// assert_eq!(layer.rows[1].assignment.role.as_deref(), Some("supporting"));
    /// assert_eq!(layer.rows.len(), 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn surge(mut self, tree: &GridTree, pairings: impl IntoIterator<Item = SurgePairing>) -> Self {
        let scope = tree.find(&self.scope);
        let within = |pairing: &SurgePairing| match (scope, tree.find(&pairing.grid)) {
            (Some(scope), Some(grid)) => tree.is_ancestor(scope, grid),
            _ => true,
        };
        let mut pairings: Vec<SurgePairing> = pairings.into_iter().filter(within).collect();
        pairings.sort_by(|a, b| (&a.grid, &a.unit, &a.team).cmp(&(&b.grid, &b.unit, &b.team)));
        pairings.dedup();
        let mut answered: Option<String> = None;
        for SurgePairing { unit, grid, team } in pairings {
            let source = format!("{unit}/{grid}");
            let row = AssignmentRow::new(grid.as_str()).team(team.unwrap_or(unit));
            let first = answered.as_ref() != Some(&grid);
            let row = if first { row } else { row.role(Role::Supporting.id()) };
            self.rows.push(DerivedRow::new(row, source));
            answered = Some(grid);
        }
        self
    }
}

/// Where a duty of a layer came from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DutySource {
    /// The mode of the layer.
    pub mode: String,
    /// Its scope.
    pub scope: String,
    /// The row of the layer, from 0.
    pub row: usize,
    /// What it was derived from.
    pub source: Option<String>,
}

/// Modes.
impl Responsibility {
    /// The layers that are on, in the order in which they were entered.
    #[must_use]
    pub fn layers(&self) -> &[ModeLayer] {
        self.layered.as_ref().map_or(&[], |layered| &layered.layers)
    }

    /// The duties without any layer.
    #[must_use]
    pub fn base(&self) -> Self {
        match &self.layered {
            None => self.clone(),
            Some(layered) => Self { store: layered.base.clone(), layered: None },
        }
    }

    /// Lays a mode over a grid and all beneath it.
    ///
    /// # Errors
    /// [`ModeError`] with every fault: the mode or a row is malformed, the scope or a grid is not in the tree, a row
    /// lies outside of the scope, the interval or the mode, the mode was entered for the scope already.
    ///
    /// # Complexity
    /// That of resolving all rows, and O(l²) for l layers.
    pub fn enter(&self, layer: ModeLayer) -> Result<Self, ModeError> {
        let mut layers = self.layers().to_vec();
        layers.push(layer);
        self.base().with_layers(layers)
    }

    /// Takes a layer away; the rest stays as it is.
    ///
    /// # Errors
    /// [`ModeError`] if the mode was not entered for just this scope.
    ///
    /// ```
    /// # use gridcore::responsibility::Responsibility;
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// # let duty = Responsibility::resolve(&tree, [])?;
    /// assert_eq!(duty.leave("wartime", "1").unwrap_err().list()[0].code(), "not_entered");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn leave(&self, mode: &str, scope: &str) -> Result<Self, ModeError> {
        let mut layers = self.layers().to_vec();
        let Some(place) = layers.iter().position(|layer| layer.mode == mode && layer.scope == scope) else {
            return Err(ModeError::not_entered(layers.len(), scope));
        };
        layers.remove(place);
        self.base().with_layers(layers)
    }

    /// These duties as the base of other layers, in the order in which they are entered.
    ///
    /// # Errors
    /// Those of [`enter`](Self::enter), of all layers together.
    pub fn with_layers(&self, layers: Vec<ModeLayer>) -> Result<Self, ModeError> {
        let base = self.base();
        if layers.is_empty() {
            return Ok(base);
        }
        let (tables, layered) = Layered::new(&base, layers)?;
        let store = door::read(base.tree(), &tables).map_err(|error| layered.blame(&error))?;
        Ok(Self { store: store.into(), layered: Some(layered.into()) })
    }

    /// All tables with the rows of the layers that are on, each with the mode and the interval in which it holds.
    ///
    /// The row numbers of answers are places in its assignments while a layer is on.
    #[must_use]
    pub fn active_tables(&self) -> DutyTables {
        match &self.layered {
            None => self.to_tables(),
            Some(layered) => layered.flatten(&self.base()).0,
        }
    }

    /// Which layer an assignment of [`active_tables`](Self::active_tables) came from; none, if it is of the base.
    ///
    /// ```
    /// # use gridcore::responsibility::{AssignmentRow, DerivedRow, ModeLayer, Responsibility};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let peace = Responsibility::resolve(&tree, [AssignmentRow::new("1").person("p-1")])?;
    /// let row = DerivedRow::new(AssignmentRow::new("1").team("t-1"), "u-12/1");
    /// let war = peace.enter(ModeLayer::new("wartime", "1").row(row))?;
    /// let answer = war.accountable("1", "fire")?.answer().cloned().expect("the team answers");
    /// let source = war.source_of(answer.row).expect("it is a duty of war mode");
    /// assert_eq!(source.source.as_deref(), Some("u-12/1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn source_of(&self, row: usize) -> Option<DutySource> {
        let layered = self.layered.as_ref()?;
        let &(layer, row) = layered.origins.get(row.checked_sub(layered.base.assignments())?)?;
        let layer = &layered.layers[layer as usize];
        let row = row as usize;
        let source = layer.rows[row].source.clone();
        Some(DutySource { mode: layer.mode.clone(), scope: layer.scope.clone(), row, source })
    }
}

impl Ask {
    /// The mode that a question about a grid is answered for: the one it names, or the one in force there.
    ///
    /// # Errors
    /// [`AskError`]: the answer depends on the time and none was given, the tree does not have the grid, the mode is no
    /// code.
    ///
    /// ```
    /// # use gridcore::responsibility::{ModeLayer, Responsibility};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let duty = Responsibility::resolve(&tree, [])?.enter(ModeLayer::new("wartime", "11").from(100))?;
    /// assert_eq!(duty.at(100).mode_at("11")?.map(|mode| mode.to_string()).as_deref(), Some("wartime"));
    /// assert_eq!((duty.at(99).mode_at("11")?, duty.at(100).mode_at("1")?), (None, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn mode_at(&self, grid: &str) -> Result<Option<Mode>, AskError> {
        let (context, _, mode) = self.context("*")?;
        let grid = self.position(grid)?;
        Ok(self.here(context, mode, grid).1)
    }
}
