//! What became of each household.

use super::group::{Dwelling, Households, most_common};
use super::{HouseholdMatch, HouseholdRow, HouseholdStatus, ToldBy};
use crate::roster::outcome::place::State;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::{FieldKind, RosterSide};

/// Households of both sides, and which reach which.
struct Board<'a> {
    inner: &'a Inner,
    sides: [Households; 2],
    /// (household of the left, household of the right) for matched members, in order, each once.
    reached: Vec<(u32, u32)>,
    /// The same, the right first.
    reached_by: Vec<(u32, u32)>,
    /// By household of the left: whether some member was found at home, or where nothing else can be told.
    at_home: Vec<bool>,
    /// By household of the right: whether a row of it is of somebody matched.
    known: Vec<bool>,
    /// The dwellings of the rows of the right that say where, in order.
    seen: Vec<Dwelling>,
}

impl<'a> Board<'a> {
    fn new(inner: &'a Inner) -> Self {
        let sides = RosterSide::ALL.map(|side| Households::new(inner, side));
        let mut board = Self {
            inner,
            reached: Vec::new(),
            reached_by: Vec::new(),
            at_home: vec![false; sides[0].len()],
            known: vec![false; sides[1].len()],
            seen: sides[1].dwellings.iter().copied().filter(|dwelling| dwelling.is_known()).collect(),
            sides,
        };
        board.seen.sort_unstable();
        let links = &inner.placed.links;
        for at in 0..inner.left.rows {
            // A double was found where the row that stands for it was found.
            let stands = inner.stands_for(RosterSide::Left, at);
            let start = links.partition_point(|link| link.left < stands);
            for link in links[start..].iter().take_while(|link| link.left == stands) {
                let (left, right) = (board.sides[0].of[at as usize], board.sides[1].of[link.right as usize]);
                board.reached.push((left, right));
                let here = board.sides[0].dwellings[at as usize];
                let there = board.sides[1].dwellings[link.right as usize];
                board.at_home[left as usize] |= !here.differs(there);
            }
        }
        board.reached.sort_unstable();
        board.reached.dedup();
        board.reached_by = board.reached.iter().map(|&(left, right)| (right, left)).collect();
        board.reached_by.sort_unstable();
        for at in 0..inner.right.rows {
            let stands = inner.stands_for(RosterSide::Right, at);
            if matches!(inner.states(RosterSide::Right)[stands as usize], State::Matched(_)) {
                board.known[board.sides[1].of[at as usize] as usize] = true;
            }
        }
        board
    }

    /// The households of the right in which members were found.
    fn counterparts(&self, household: u32) -> &[(u32, u32)] {
        of_first(&self.reached, household)
    }

    fn found(&self, household: u32) -> HouseholdMatch {
        let counterparts = self.counterparts(household);
        if counterparts.is_empty() {
            return HouseholdMatch::None;
        }
        // Rows that stand for themselves are no households that could be told apart.
        let told = |&&(_, right): &&(u32, u32)| self.sides[1].told_by[right as usize] != ToldBy::Row;
        let mut told = counterparts.iter().filter(told);
        match (told.next(), told.next()) {
            (Some(_), Some(_)) => HouseholdMatch::Split,
            (Some(&(_, only)), None) if of_first(&self.reached_by, only).len() > 1 => HouseholdMatch::Merged,
            _ if self.at_home[household as usize] => HouseholdMatch::Matched,
            _ => HouseholdMatch::Moved,
        }
    }

    fn status(&self, household: u32, found: HouseholdMatch, review: usize) -> HouseholdStatus {
        if found != HouseholdMatch::None {
            return if self.at_home[household as usize] {
                HouseholdStatus::LivesHere
            } else {
                HouseholdStatus::RegisteredElsewhere
            };
        }
        match self.sides[0].dwelling(household) {
            Some(dwelling) if review == 0 && !self.seen.is_empty() => {
                if self.seen.binary_search(&dwelling).is_ok() {
                    HouseholdStatus::PaperOnly
                } else {
                    HouseholdStatus::Vacant
                }
            }
            _ => HouseholdStatus::Undecided,
        }
    }

    fn name(&self, side: RosterSide, household: u32) -> String {
        let first = self.sides[side as usize].rows(household)[0];
        let number = self.inner.codes(side, FieldKind::Household).owned(first);
        number.unwrap_or_else(|| self.inner.side(side).id(first).to_owned())
    }

    fn row(&self, side: RosterSide, household: u32) -> HouseholdRow {
        let households = &self.sides[side as usize];
        let rows = households.rows(household);
        let count = |wanted: fn(&State) -> bool| {
            rows.iter().filter(|&&at| wanted(&self.inner.states(side)[at as usize])).count()
        };
        let review = count(|state| matches!(state, State::Review(_)));
        let grids = self.inner.codes(side, FieldKind::Grid);
        let grid = most_common(rows.iter().filter_map(|&at| grids.of(at)).collect());
        let (found, status) = match side {
            RosterSide::Left => {
                let found = self.found(household);
                (found, self.status(household, found, review))
            }
            RosterSide::Right if review > 0 => (HouseholdMatch::None, HouseholdStatus::Undecided),
            RosterSide::Right => (HouseholdMatch::None, HouseholdStatus::Unregistered),
        };
        let counterparts = match side {
            RosterSide::Left => self.counterparts(household),
            RosterSide::Right => &[],
        };
        HouseholdRow {
            side,
            household: self.name(side, household),
            told_by: households.told_by[household as usize],
            grid: grid.map(str::to_owned),
            members: rows.len(),
            matched: count(|state| matches!(state, State::Matched(_))),
            unmatched: count(|state| matches!(state, State::Alone)),
            duplicate: count(|state| matches!(state, State::Duplicate { .. })),
            review,
            found,
            status,
            counterparts: counterparts
                .iter()
                .map(|&(_, right)| self.name(RosterSide::Right, right))
                .collect(),
        }
    }
}

/// The pairs that begin with a number, of pairs in order.
fn of_first(pairs: &[(u32, u32)], first: u32) -> &[(u32, u32)] {
    let start = pairs.partition_point(|pair| pair.0 < first);
    let end = pairs.partition_point(|pair| pair.0 <= first);
    &pairs[start..end]
}

impl Reconciliation {
    /// The households (户): every household of the left with what became of it, then each household of the right that
    /// none of the left reaches.
    ///
    /// A household is the rows with one household number; of rows without a number, those of one dwelling (the address
    /// within the grid); any other row stands for itself. A member is found where its counterpart is, a double where the
    /// counterpart of the row that stands for it is.
    ///
    /// The right says where people were met. That is all it says: a household that was never visited looks like a vacant
    /// one, so [`HouseholdStatus::Vacant`] and [`HouseholdStatus::PaperOnly`] hold as far as the right covers the
    /// dwelling. Where no member was found and it cannot be told who lives there, because the dwelling is not known, or
    /// because a member is under review, the status is [`HouseholdStatus::Undecided`]. Every household of the left has one
    /// line, every row of the left is a member of one household; a deduplication of one roster has no lines.
    ///
    /// # Complexity
    /// O(n log n) time and O(n) space before the first line.
    pub fn households(&self) -> impl Iterator<Item = HouseholdRow> + '_ {
        let board = (!self.inner.single).then(|| Board::new(&self.inner));
        board.into_iter().flat_map(|board| {
            let left = (0..board.sides[0].len() as u32).map(|household| (RosterSide::Left, household));
            let right = (0..board.sides[1].len() as u32).map(|household| (RosterSide::Right, household));
            let all: Vec<_> =
                left.chain(right.filter(|&(_, number)| !board.known[number as usize])).collect();
            all.into_iter().map(move |(side, household)| board.row(side, household))
        })
    }
}
