//! Heads, posts and people counted: a person may hold several posts, and is one person.

use std::collections::BTreeSet;

use super::Responsibility;
use super::ask::{Ask, AskError};
use super::store::ANY;

/// The heads (网格长) of one level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LevelHeads {
    /// The level.
    pub level: u8,
    /// How many grids it has.
    pub grids: usize,
    /// How many of them have a head.
    pub headed: usize,
    /// How many people head them, each counted once.
    pub persons: usize,
}

/// Who holds what, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Headcount {
    /// The levels that have grids, from the highest.
    pub levels: Vec<LevelHeads>,
    /// How many grids have a head.
    pub headed: usize,
    /// How many posts are held: each headship is one, and each post that a row says somebody holds at a grid.
    pub posts: usize,
    /// How many people hold them, each counted once.
    pub persons: usize,
    /// How many people hold more than one.
    pub several: usize,
}

impl Ask {
    /// Counts heads, posts and the people who hold them (人数不等于岗位数). The mode does not matter.
    ///
    /// # Errors
    /// [`AskError::NeedsTime`] if some interval is bounded and no time was given.
    ///
    /// # Complexity
    /// O(n + r log r) time for n grids and r rows.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// use gridcore::responsibility::{AssignmentRow, Responsibility};
    /// let tree = GridTree::from_rows([GridRow::new("1", "town"), GridRow::new("11", "community").under("1")])?;
    /// let duty = Responsibility::resolve(&tree, [
    ///     AssignmentRow::new("1").person("p-1"),
    ///     AssignmentRow::new("11").person("p-1").post("community_party_secretary"),
    /// ])?;
    /// let count = duty.headcount()?;
    /// assert_eq!((count.headed, count.posts, count.persons, count.several), (2, 3, 1, 1));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn headcount(&self) -> Result<Headcount, AskError> {
        let (context, ..) = self.context("*")?;
        let store = &*self.duty().store;
        if store.timed_posts && self.is_timeless() {
            return Err(AskError::NeedsTime);
        }
        let at = context.at;
        // A headship is a post without a name.
        let mut seats: BTreeSet<(u32, u32, u32)> = BTreeSet::new();
        let mut grids = [0_usize; 256];
        let mut headed = [0_usize; 256];
        let mut heads: BTreeSet<(u8, u32)> = BTreeSet::new();
        for grid in store.tree.indices() {
            let level = store.tree.level(grid);
            grids[usize::from(level)] += 1;
            let here = store.accountable.at(grid.get()).iter().filter(|duty| duty.in_force(at));
            let mut has_head = false;
            for head in here.filter(|duty| duty.is_head()) {
                has_head = true;
                if let Some(person) = store.person_of(head.party) {
                    heads.insert((level, person));
                    seats.insert((person, ANY, head.position));
                }
            }
            headed[usize::from(level)] += usize::from(has_head);
        }
        for duty in store.accountable.duties.iter().chain(&store.others.duties) {
            if duty.post != ANY && duty.in_force(at) && store.is_person(duty.party) {
                seats.insert((duty.party, duty.post, duty.position));
            }
        }
        for holding in &store.holdings {
            if holding.from <= at && at < holding.until && store.tree.at(holding.position as usize).is_some()
            {
                seats.insert((holding.person, holding.post, holding.position));
            }
        }
        let levels = (0..=u8::MAX).filter(|&level| grids[usize::from(level)] > 0).map(|level| LevelHeads {
            level,
            grids: grids[usize::from(level)],
            headed: headed[usize::from(level)],
            persons: heads.range((level, 0)..=(level, u32::MAX)).count(),
        });
        let of_each: Vec<u32> = seats.iter().map(|seat| seat.0).collect();
        let each: Vec<usize> = of_each.chunk_by(|a, b| a == b).map(<[u32]>::len).collect();
        Ok(Headcount {
            levels: levels.collect(),
            headed: headed.iter().sum(),
            posts: seats.len(),
            persons: each.len(),
            several: each.iter().filter(|&&posts| posts > 1).count(),
        })
    }
}

impl Responsibility {
    /// Counts heads, posts and people, where no interval is bounded.
    ///
    /// # Errors
    /// Those of [`Ask::headcount`].
    pub fn headcount(&self) -> Result<Headcount, AskError> {
        self.ask(None, None).headcount()
    }
}
