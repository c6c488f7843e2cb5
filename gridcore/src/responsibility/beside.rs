//! Those beside the accountable: who supports, who supervises.

use super::ask::{Ask, AskError};
use super::rows::Role;
use super::store::Presence;
use crate::id::{GridCode, PersonId, PostId, TeamId};

/// Somebody who supports or supervises at a grid.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RoleHolder {
    /// Who it is: the holder, the lead of the team, or the deputy; none for a team without a lead.
    pub person: Option<PersonId>,
    /// The team, if it is one.
    pub team: Option<TeamId>,
    /// What they do.
    pub role: Role,
    /// The grid that it came from: the one asked about, or one above it.
    pub from_grid: GridCode,
    /// Its level.
    pub level: u8,
    /// Whether it came from above.
    pub inherited: bool,
    /// The share of their time, if the row has one.
    pub share: Option<f64>,
    /// The post in virtue of which they do it.
    pub post: Option<PostId>,
    /// The holder who is absent, if a deputy is named.
    pub deputy_for: Option<PersonId>,
    /// Whether the holder is absent and has no deputy who is there.
    pub absent: bool,
    /// The row of the assignment, from 0.
    pub row: usize,
}

impl Ask {
    /// Who supports at a grid in a domain: at the grid itself first, then at those above it, in the order of tokens.
    ///
    /// # Errors
    /// Those of [`accountable`](Self::accountable).
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// use gridcore::responsibility::{AssignmentRow, Responsibility, Role};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "town").under("1")])?;
    /// let duty = Responsibility::resolve(&tree, [
    ///     AssignmentRow::new("1").person("p-1").role(Role::Supporting.id()).share(0.25),
    ///     AssignmentRow::new("11").person("p-2").role(Role::Supporting.id()),
    ///     AssignmentRow::new("1").person("p-3").role(Role::Supervising.id()),
    /// ])?;
    /// let ask = duty.at(0);
    /// let supporting = ask.supporting("11", "fire")?;
    /// assert_eq!(supporting.iter().map(|one| (one.inherited, one.share)).collect::<Vec<_>>(), [(false, None), (true, Some(0.25))]);
    /// assert_eq!(ask.supervising("11", "fire")?.len(), 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn supporting(&self, grid: &str, domain: &str) -> Result<Vec<RoleHolder>, AskError> {
        self.beside(grid, domain, Role::Supporting)
    }

    /// Who supervises a grid in a domain (督导), in the order of [`supporting`](Self::supporting).
    ///
    /// # Errors
    /// Those of [`accountable`](Self::accountable).
    pub fn supervising(&self, grid: &str, domain: &str) -> Result<Vec<RoleHolder>, AskError> {
        self.beside(grid, domain, Role::Supervising)
    }

    fn beside(&self, grid: &str, domain: &str, role: Role) -> Result<Vec<RoleHolder>, AskError> {
        let (context, ..) = self.context(domain)?;
        let grid = self.position(grid)?;
        let (context, _) = self.here(context, None, grid);
        let store = &*self.duty().store;
        let token = |person: u32| store.people[person as usize].clone();
        let mut holders = Vec::new();
        for from in std::iter::once(grid).chain(store.tree.ancestors(grid)) {
            let here = store.others.at(from.get()).iter().filter(|duty| {
                duty.role == role && duty.covers(context.domain, context.mode) && duty.in_force(context.at)
            });
            let first = holders.len();
            holders.extend(here.map(|duty| {
                let presence = store.presence(duty, &context);
                let deputy = match presence {
                    Presence::Deputy(person) => Some(person),
                    _ => None,
                };
                let holder = RoleHolder {
                    person: deputy.or_else(|| store.person_of(duty.party)).map(token),
                    team: store.team_of(duty.party).cloned(),
                    role,
                    from_grid: store.tree.code(from),
                    level: store.tree.level(from),
                    inherited: from != grid,
                    share: (!duty.share.is_nan()).then_some(duty.share),
                    post: store.posts.get(duty.post as usize).cloned(),
                    deputy_for: deputy.map(|_| token(duty.party)),
                    absent: presence == Presence::Nobody,
                    row: duty.row as usize,
                };
                (duty.party, holder)
            }));
            holders[first..].sort_by_key(|(party, _)| *party);
        }
        Ok(holders.into_iter().map(|(_, holder)| holder).collect())
    }
}
