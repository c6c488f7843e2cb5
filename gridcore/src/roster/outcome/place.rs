//! Every row to exactly one state, from what was settled, what else is likely, and what doubles what within a side.
//!
//! Persons come first: rows of one side that double each other are one person, and only one of them, the one with the
//! strongest link, can have a counterpart; the others are duplicates. Then each person whose strong pairs all ended at a
//! person with another counterpart is held for a double of that counterpart. What is left and doubtful goes to review,
//! the rest stands alone.

use crate::control::{Control, Stopped};
use crate::roster::Settle;
use crate::roster::gather::{Gathering, Groups};
use crate::roster::pairs::Scored;
pub(crate) use crate::roster::settle::Link as Bond;

use super::{DoubleReason, ReviewReason};

/// What came of a row; rows are canonical positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// Its counterpart; where it has several, the strongest.
    Matched(u32),
    /// It has none: missing, extra, or kept.
    Alone,
    /// The row of its side that stands for both, itself no duplicate.
    Duplicate { of: u32, reason: DoubleReason },
    /// The likeliest of the rows that it is to be looked at with.
    Review(u32),
}

/// A pair to be looked at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Doubt {
    pub(crate) link: Bond,
    pub(crate) reason: ReviewReason,
}

/// What rows are placed by.
#[derive(Clone, Copy)]
pub(crate) struct Evidence<'a> {
    /// Rows of the left and of the right.
    pub(crate) rows: [u32; 2],
    /// The settled pairs of both sides, or in a deduplication of the left alone.
    pub(crate) links: &'a [Bond],
    /// In clusters: the number of each row's cluster, of the left and then of the right.
    pub(crate) clusters: &'a [u32],
    /// All likely pairs of both sides, or in a deduplication of the left alone, by left and then right.
    pub(crate) pairs: &'a [Scored],
    /// Pairs that somebody said are different, in order.
    pub(crate) different: &'a [(u32, u32)],
    /// Pairs of doubles within each side.
    pub(crate) within: [&'a [Scored]; 2],
    /// The weight from which on a pair is a match.
    pub(crate) match_at: f64,
    /// The weight from which on it is doubtful.
    pub(crate) review_at: f64,
    /// How many counterparts a row may have.
    pub(crate) settle: Settle,
    /// Whether two rows of a side (0 left, 1 right) speak against being one person.
    pub(crate) unlike: &'a dyn Fn(usize, u32, u32) -> bool,
    /// Whether a link needs no model.
    pub(crate) sure_link: &'a dyn Fn(&Bond) -> bool,
    /// The same of a pair of doubles within a side.
    pub(crate) sure_double: &'a dyn Fn(usize, &Scored) -> bool,
}

impl Evidence<'_> {
    /// The pairs from some weight on, without those said to be different.
    fn pairs_from(&self, weight: f64) -> impl Iterator<Item = &Scored> {
        self.pairs.iter().filter(move |pair| {
            pair.weight >= weight && self.different.binary_search(&(pair.left, pair.right)).is_err()
        })
    }
}

/// Where every row went.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Placed {
    /// The states of the left and of the right.
    pub(crate) states: [Vec<State>; 2],
    /// The pairs of matched rows, by left and then right.
    pub(crate) links: Vec<Bond>,
    /// The pairs to be looked at, by left and then right: for each row under review its likeliest.
    pub(crate) doubts: Vec<Doubt>,
}

/// Places the rows of two sides.
///
/// # Complexity
/// O(n α(n) + p log p) time and O(n + p) space for n rows and p pairs.
///
/// # Errors
/// [`Stopped`] as the control says, which is asked between steps.
pub(crate) fn place(evidence: &Evidence<'_>, control: &mut Control<'_>) -> Result<Placed, Stopped> {
    let mut table = Table::new(people(evidence), evidence.settle == Settle::OneToMany);
    control.spend(0, None)?;
    table.link(evidence);
    control.spend(0, None)?;
    if evidence.settle != Settle::Clusters {
        table.double(evidence);
        control.spend(0, None)?;
    }
    Ok(table.finish(evidence))
}

/// The rows of each side that are one person.
fn people(evidence: &Evidence<'_>) -> [Groups; 2] {
    let [left, right] = evidence.rows;
    if evidence.settle == Settle::Clusters {
        let mut rows = Gathering::new(left + right);
        rows.join_alike(evidence.clusters);
        for (within, first) in evidence.within.into_iter().zip([0, left]) {
            for pair in within.iter().filter(|pair| pair.weight >= evidence.match_at) {
                rows.join(first + pair.left, first + pair.right);
            }
        }
        return [rows.groups(0, left), rows.groups(left, left + right)];
    }
    [doubles(evidence, 0), doubles(evidence, 1)]
}

/// The rows of a side that double each other: the strongest pairs first, but no pair whose rows, with those that they double
/// already, are linked to different counterparts more strongly than to each other: people who are much alike.
fn doubles(evidence: &Evidence<'_>, side: usize) -> Groups {
    let rows = evidence.rows[side];
    let mut people = Gathering::new(rows);
    let mut likely: Vec<Bond> = Vec::new();
    for pair in evidence.within[side] {
        // A sure pair goes first, as a decided one would.
        let decided = (evidence.sure_double)(side, pair);
        if decided || pair.weight >= evidence.match_at {
            likely.push(Bond { decided, ..between(pair) });
        }
    }
    // With one to many a row of the right is one of several visits, not a double.
    if likely.is_empty() || (evidence.settle == Settle::OneToMany && side == 1) {
        return people.groups(0, rows);
    }
    by_strength(&mut likely);
    let mut linked = vec![(f64::NEG_INFINITY, false); rows as usize];
    for link in evidence.links {
        let (most, sure) = &mut linked[[link.left, link.right][side] as usize];
        *most = most.max(if link.decided { f64::INFINITY } else { link.weight });
        *sure |= (evidence.sure_link)(link);
    }
    for pair in likely {
        let (a, b) = (people.find(pair.left), people.find(pair.right));
        let ((of_a, sure_a), (of_b, sure_b)) = (linked[a as usize], linked[b as usize]);
        // Two that have their sure counterparts are one person only if that is as sure.
        let apart = sure_a && sure_b && !pair.decided;
        if a != b && of_a.min(of_b) <= pair.weight && !apart {
            people.join(a, b);
            linked[a.min(b) as usize] = (of_a.max(of_b), sure_a || sure_b);
        }
    }
    people.groups(0, rows)
}

/// Places the rows of one side among themselves: one of each cluster is kept.
pub(crate) fn place_alone(evidence: &Evidence<'_>) -> Placed {
    let mut people = Gathering::new(evidence.rows[0]);
    people.join_alike(evidence.clusters);
    let people = people.groups(0, evidence.rows[0]);
    let mut states = vec![State::Alone; evidence.rows[0] as usize];
    for row in 0..evidence.rows[0] {
        let of = people.of(row);
        if of != row {
            states[row as usize] = State::Duplicate { of, reason: DoubleReason::SameSide };
        }
    }
    let mut best = vec![None; states.len()];
    let mut doubts = Vec::new();
    for pair in evidence.pairs_from(evidence.review_at) {
        let (a, b) = (people.of(pair.left), people.of(pair.right));
        if a != b {
            doubts.push(Bond { left: a.min(b), right: a.max(b), ..between(pair) });
        }
    }
    strongest_of_each_pair(&mut doubts);
    for link in &doubts {
        take_if_stronger(&mut best[link.left as usize], link.weight, link.right);
        take_if_stronger(&mut best[link.right as usize], link.weight, link.left);
    }
    for (state, best) in states.iter_mut().zip(&best) {
        if let Some((_, with)) = best {
            *state = State::Review(*with);
        }
    }
    doubts
        .retain(|link| is(best[link.left as usize], link.right) || is(best[link.right as usize], link.left));
    let doubts = doubts.into_iter().map(|link| doubt(link, evidence.match_at)).collect();
    Placed { states: [states, Vec::new()], links: Vec::new(), doubts }
}

/// Persons of both sides, and what they were linked to so far.
struct Table {
    people: [Groups; 2],
    one_to_many: bool,
    /// By person: the row that stands for it, once it is linked, and the strongest of its counterparts.
    linked: [Vec<Option<(u32, u32)>>; 2],
    links: Vec<Bond>,
    /// By person: the row that stands for it and for the one that it doubles.
    doubled: [Vec<Option<u32>>; 2],
}

impl Table {
    fn new(people: [Groups; 2], one_to_many: bool) -> Self {
        let linked = [vec![None; people[0].rows()], vec![None; people[1].rows()]];
        let doubled = [vec![None; people[0].rows()], vec![None; people[1].rows()]];
        Self { people, one_to_many, linked, links: Vec::new(), doubled }
    }

    fn person(&self, side: usize, row: u32) -> usize {
        self.people[side].of(row) as usize
    }

    /// Links what was settled, then, strongest first, what is likely and still free on both sides.
    fn link(&mut self, evidence: &Evidence<'_>) {
        let mut contested = Vec::new();
        for &link in evidence.links {
            if self.people[0].alone(link.left) && self.people[1].alone(link.right) {
                self.try_link(link, evidence);
            } else {
                contested.push(link);
            }
        }
        by_strength(&mut contested);
        contested.sort_by_key(|link| !link.decided && !(evidence.sure_link)(link));
        for link in contested {
            self.try_link(link, evidence);
        }
        if evidence.settle == Settle::Clusters {
            return; // What is likely and not settled was left apart on purpose.
        }
        let mut free = Vec::new();
        for pair in evidence.pairs_from(evidence.match_at) {
            if self.open(pair.left, pair.right) {
                free.push(between(pair));
            }
        }
        by_strength(&mut free);
        for link in free {
            self.try_link(link, evidence);
        }
    }

    fn open(&self, left: u32, right: u32) -> bool {
        let (l, r) = (self.person(0, left), self.person(1, right));
        (self.one_to_many || self.linked[0][l].is_none()) && self.linked[1][r].is_none()
    }

    fn try_link(&mut self, mut link: Bond, evidence: &Evidence<'_>) {
        if !self.open(link.left, link.right) {
            return;
        }
        let (l, r) = (self.person(0, link.left), self.person(1, link.right));
        match self.linked[0][l] {
            None => self.linked[0][l] = Some((link.left, link.right)),
            // The person has a row that stands for it: the link is that row's.
            Some((stands, _)) if stands != link.left => {
                link.weight = weight_of(evidence.pairs, stands, link.right).unwrap_or(link.weight);
                link.left = stands;
            }
            Some(_) => {}
        }
        self.linked[1][r] = Some((link.right, link.left));
        self.links.push(link);
    }

    /// A free person whose strongest likely pair is with a linked one doubles that one's counterpart, unless what the two
    /// say of themselves speaks against it.
    fn double(&mut self, evidence: &Evidence<'_>) {
        let mut best = [vec![None; self.people[0].rows()], vec![None; self.people[1].rows()]];
        for pair in evidence.pairs_from(evidence.match_at) {
            let (l, r) = (self.person(0, pair.left), self.person(1, pair.right));
            let (side, person, own, of) = match (self.linked[0][l], self.linked[1][r]) {
                (None, Some((_, counterpart))) => (0, l, pair.left, counterpart),
                (Some((_, counterpart)), None) => (1, r, pair.right, counterpart),
                _ => continue,
            };
            // Twins and namesakes may both resemble a row that says little, and yet be two people.
            if !(evidence.unlike)(side, own, of) {
                take_if_stronger(&mut best[side][person], pair.weight, of);
            }
        }
        for (doubled, best) in self.doubled.iter_mut().zip(best) {
            for (doubled, best) in doubled.iter_mut().zip(best) {
                *doubled = best.map(|(_, of)| of);
            }
        }
    }

    fn finish(self, evidence: &Evidence<'_>) -> Placed {
        let free = |side: usize, row: u32| {
            let person = self.person(side, row);
            self.linked[side][person].is_none() && self.doubled[side][person].is_none()
        };
        let mut doubts = Vec::new();
        for pair in evidence.pairs_from(evidence.review_at) {
            if free(0, pair.left) && free(1, pair.right) {
                let (left, right) = (self.people[0].of(pair.left), self.people[1].of(pair.right));
                doubts.push(Bond { left, right, ..between(pair) });
            }
        }
        strongest_of_each_pair(&mut doubts);
        let mut best = [vec![None; self.people[0].rows()], vec![None; self.people[1].rows()]];
        for link in &doubts {
            take_if_stronger(&mut best[0][link.left as usize], link.weight, link.right);
            take_if_stronger(&mut best[1][link.right as usize], link.weight, link.left);
        }
        doubts.retain(|link| {
            is(best[0][link.left as usize], link.right) || is(best[1][link.right as usize], link.left)
        });
        let states = [0, 1].map(|side: usize| {
            (0..evidence.rows[side]).map(|row| self.state(side, row, &best[side])).collect()
        });
        let mut links = self.links;
        links.sort_unstable_by_key(|link| (link.left, link.right));
        let mut placed = Placed {
            states,
            links,
            doubts: doubts.into_iter().map(|link| doubt(link, evidence.match_at)).collect(),
        };
        placed.strongest_counterparts();
        placed
    }

    fn state(&self, side: usize, row: u32, review: &[Option<(f64, u32)>]) -> State {
        let person = self.person(side, row);
        if let Some((stands, with)) = self.linked[side][person] {
            return if stands == row {
                State::Matched(with)
            } else {
                State::Duplicate { of: stands, reason: DoubleReason::SameSide }
            };
        }
        if let Some(of) = self.doubled[side][person] {
            return State::Duplicate { of, reason: DoubleReason::SameCounterpart };
        }
        match review[person] {
            _ if person as u32 != row => {
                State::Duplicate { of: person as u32, reason: DoubleReason::SameSide }
            }
            Some((_, with)) => State::Review(with),
            None => State::Alone,
        }
    }
}

impl Placed {
    /// A row of the left with several counterparts names the strongest.
    fn strongest_counterparts(&mut self) {
        let mut at = 0;
        while at < self.links.len() {
            let left = self.links[at].left;
            let end = at + self.links[at..].iter().take_while(|link| link.left == left).count();
            let best = self.links[at..end]
                .iter()
                .max_by(|a, b| a.weight.total_cmp(&b.weight).then(b.right.cmp(&a.right)));
            if let Some(best) = best {
                self.states[0][left as usize] = State::Matched(best.right);
            }
            at = end;
        }
    }
}

fn between(pair: &Scored) -> Bond {
    Bond { left: pair.left, right: pair.right, weight: pair.weight, decided: false }
}

fn doubt(link: Bond, match_at: f64) -> Doubt {
    let reason = if link.weight >= match_at { ReviewReason::LeftOver } else { ReviewReason::Doubtful };
    Doubt { link, reason }
}

fn is(best: Option<(f64, u32)>, row: u32) -> bool {
    best.is_some_and(|(_, with)| with == row)
}

/// Ties go to the smaller position.
fn take_if_stronger(best: &mut Option<(f64, u32)>, weight: f64, row: u32) {
    let stronger = best.is_none_or(|(most, with)| match weight.total_cmp(&most) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Equal => row < with,
        std::cmp::Ordering::Less => false,
    });
    if stronger {
        *best = Some((weight, row));
    }
}

fn by_strength(links: &mut [Bond]) {
    links.sort_unstable_by(|a, b| {
        b.decided
            .cmp(&a.decided)
            .then(b.weight.total_cmp(&a.weight))
            .then(a.left.cmp(&b.left))
            .then(a.right.cmp(&b.right))
    });
}

/// Keeps each pair once, with the largest of its weights, by left and then right.
fn strongest_of_each_pair(links: &mut Vec<Bond>) {
    links.sort_unstable_by(|a, b| {
        a.left.cmp(&b.left).then(a.right.cmp(&b.right)).then(b.weight.total_cmp(&a.weight))
    });
    links.dedup_by_key(|link| (link.left, link.right));
}

/// The weight of a pair among pairs that stand by left and then right.
pub(crate) fn weight_of(pairs: &[Scored], left: u32, right: u32) -> Option<f64> {
    scored(pairs, left, right).map(|pair| pair.weight)
}

/// A pair among pairs that stand by left and then right.
pub(crate) fn scored(pairs: &[Scored], left: u32, right: u32) -> Option<&Scored> {
    pairs.binary_search_by_key(&(left, right), |pair| (pair.left, pair.right)).ok().map(|at| &pairs[at])
}
