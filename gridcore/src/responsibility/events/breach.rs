//! What breaches its deadline soon, and who is to hear of it.

use super::{EventId, Events};
use crate::id::{Domain, GridCode, PersonId, TeamId};
use crate::responsibility::{AskError, Responsibility};

/// A stage that an open event has not reached, and whose deadline is near or past; a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct BreachRow {
    /// The event.
    pub event: EventId,
    /// Its grid.
    pub grid: GridCode,
    /// Its domain.
    pub domain: Option<Domain>,
    /// The stage that is waited for.
    pub stage: String,
    /// By when it is to be reached, in UTC seconds.
    pub due: i64,
    /// How many seconds are left; negative: how many it is overdue.
    pub seconds_left: i64,
    /// How many steps up the path of the grid hear of it by now (升级): 0 until the first delay of the profile has passed.
    pub steps: usize,
    /// The grid that many steps above the event's own; the root where the path ends before.
    pub escalated_to: GridCode,
}

/// A breach and who hears of it; a row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct EscalationRow {
    /// The breach.
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub breach: BreachRow,
    /// The grid whose accountable hears of it; none, if nobody is left to hear.
    pub told_at: Option<GridCode>,
    /// The person.
    pub person: Option<PersonId>,
    /// The team, if it is one.
    pub team: Option<TeamId>,
}

/// Deadlines.
impl Events {
    /// Which stages are overdue at `now`, or will be unless they are reached within so many seconds; the most urgent
    /// first.
    ///
    /// Closed and dropped events wait for nothing. A stage that was left out while a later one was reached is not
    /// waited for. Where the row of an event says by when it is to be closed, that counts instead of the deadline.
    ///
    /// # Complexity
    /// O(e · d + b log b) time for e events, d deadlines and b breaches.
    ///
    /// ```
    /// use gridcore::responsibility::{Deadline, EventProfile, EventRow, Events};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let profile = EventProfile::standard()
    ///     .deadline(Deadline::new("reported", "accepted", 600))
    ///     .escalate_after([0, 3600]);
    /// let events = Events::from_rows(&tree, &profile, [EventRow::new("a", "11").at("reported", 0)])?;
    /// assert!(events.breaches(0, 599).is_empty());
    /// let soon = events.breaches(0, 600);
    /// assert_eq!((soon[0].stage.as_str(), soon[0].seconds_left, soon[0].steps), ("accepted", 600, 0));
    /// let late = events.breaches(700, 0);
    /// assert_eq!((late[0].steps, late[0].escalated_to.to_string()), (1, "1".to_owned()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn breaches(&self, now: i64, within: i64) -> Vec<BreachRow> {
        let (limits, last) = (self.limits(), self.profile.stages.len() - 1);
        let until = now.saturating_add(within.max(0));
        let mut rows = Vec::new();
        for event in &*self.list {
            if event.time(0, now).is_none() || event.dropped(now) || event.passed(last, now) {
                continue;
            }
            // The nearest deadline of each stage.
            let mut due: Vec<Option<i64>> = vec![None; last + 1];
            for limit in Self::limits_of(event, &limits) {
                let Some(start) = event.time(limit.from, now) else { continue };
                let end = start + limit.rule.seconds;
                due[limit.to] = Some(due[limit.to].map_or(end, |other| other.min(end)));
            }
            due[last] = event.row.due.or(due[last]);
            for (stage, due) in due.into_iter().enumerate() {
                let Some(due) = due.filter(|&due| due <= until && !event.passed(stage, now)) else {
                    continue;
                };
                let seconds_left = due.saturating_sub(now);
                let late = |delay: &&i64| seconds_left < 0 && **delay <= seconds_left.saturating_neg();
                let steps = self.profile.escalation.iter().take_while(late).count();
                let above = self.tree.ancestors(event.grid).take(steps).last().unwrap_or(event.grid);
                rows.push(BreachRow {
                    event: event.id.clone(),
                    grid: self.tree.code(event.grid),
                    domain: event.domain.clone(),
                    stage: self.profile.stages[stage].id.clone(),
                    due,
                    seconds_left,
                    steps,
                    escalated_to: self.tree.code(above),
                });
            }
        }
        // Stable: events stand by name, and stages in their order.
        rows.sort_by_key(|row| row.due);
        rows
    }

    /// The same list with whoever hears of each: the accountable as many steps up the chain of command (责任链) as the
    /// delay has come, or the next above, if nobody is named there.
    ///
    /// The chain is that of the event's domain, else the territory; the mode is that in force at the grid. The duties
    /// must stand over a tree that has the grids of the events.
    ///
    /// # Errors
    /// Those of [`Ask::chain`](crate::responsibility::Ask::chain): the tree of the duties lacks a grid of an event.
    ///
    /// # Complexity
    /// That of [`breaches`](Self::breaches), and one chain for each of them.
    ///
    /// ```
    /// use gridcore::responsibility::{AssignmentRow, Deadline, EventProfile, EventRow, Events, Responsibility};
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"), GridRow::new("11", "north").under("1"), GridRow::new("111", "mill").under("11"),
    /// # ])?;
    /// let duty = Responsibility::resolve(&tree, [
    ///     AssignmentRow::new("1").person("mayor"),
    ///     AssignmentRow::new("111").person("worker"),
    /// ])?;
    /// let profile = EventProfile::standard().deadline(Deadline::new("reported", "accepted", 600)).escalate_after([0]);
    /// let events = Events::from_rows(&tree, &profile, [EventRow::new("a", "111").at("reported", 0)])?;
    /// let told = |now| -> Result<Option<String>, gridcore::responsibility::AskError> {
    ///     let rows = events.escalations(&duty, now, 0)?;
    ///     Ok(rows[0].person.as_ref().map(|person| person.as_str().to_owned()))
    /// };
    /// assert_eq!(told(600)?.as_deref(), Some("worker"));
    /// assert_eq!(told(601)?.as_deref(), Some("mayor")); // nobody is named in between
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn escalations(
        &self,
        duty: &Responsibility,
        now: i64,
        within: i64,
    ) -> Result<Vec<EscalationRow>, AskError> {
        let ask = duty.at(now);
        let told = |breach: BreachRow| {
            let domain = breach.domain.as_ref().map_or("*", Domain::as_str);
            let mut chain = ask.chain(&breach.grid.to_string(), domain)?;
            // A chain that ends before keeps its top in the know.
            let first = breach.steps.min(chain.len().saturating_sub(1));
            let step = chain.drain(first..).find(|step| step.person.is_some() || step.team.is_some());
            let (told_at, person, team) = match step {
                Some(step) => (Some(step.grid), step.person, step.team),
                None => (None, None, None),
            };
            Ok(EscalationRow { breach, told_at, person, team })
        };
        self.breaches(now, within).into_iter().map(told).collect()
    }
}
