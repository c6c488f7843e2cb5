//! Findings about people: shares beyond their capacity, spans of control.

use std::collections::{BTreeMap, BTreeSet};

use super::stretch::{Stretch, clip, join, minus};
use super::{AuditKind as K, Auditor, Place, Severity};
use crate::responsibility::rows::Role;
use crate::responsibility::store::{ANY, Duty};
use crate::tree::{SpanBreach, SpanProfile};

/// Shares are added up in billionths, so that ten tenths make one.
const PARTS: f64 = 1e9;

/// Where a sum of shares is too large: the stretch, the largest sum in it, the rows that share in it.
type Excess = (Stretch, u64, Vec<usize>);

#[expect(clippy::cast_sign_loss, reason = "the door refuses what is negative")]
fn parts(share: f64) -> u64 {
    // A capacity beyond all sums is as good as none: the cast saturates.

    (share * PARTS).round() as u64
}

impl Auditor<'_> {
    /// Looks at each person's assignments together.
    pub(super) fn people(&mut self) {
        let store = self.store;
        let mut shares: BTreeMap<u32, Vec<&Duty>> = BTreeMap::new();
        for duty in store.others.duties.iter().chain(&store.strays) {
            let has_share = duty.role == Role::Supporting && !duty.share.is_nan();
            if has_share
                && store.is_person(duty.party)
                && clip((duty.from, duty.until), self.window).is_some()
            {
                shares.entry(duty.party).or_default().push(duty);
            }
        }
        for (person, duties) in shares {
            self.capacity(person, &duties);
        }
        if let Some(profile) = self.options.span {
            self.spans(&profile);
        }
    }

    /// Finds when the shares of a person add up to too much, outside of any mode, then in each.
    fn capacity(&mut self, person: u32, duties: &[&Duty]) {
        let known = &self.store.known;
        let place = known.binary_search_by_key(&person, |known| known.person);
        let capacity = place.map_or(f64::NAN, |place| known[place].capacity);
        let capacity = if capacity.is_nan() { 1.0 } else { capacity };
        let in_mode = |mode: u32| -> Vec<&Duty> {
            duties.iter().copied().filter(|duty| duty.mode == ANY || duty.mode == mode).collect()
        };
        let base = self.excess(&in_mode(ANY), parts(capacity));
        let always: Vec<Stretch> = base.iter().map(|excess| excess.0).collect();
        let mut found: Vec<(Option<usize>, Excess)> = base.into_iter().map(|excess| (None, excess)).collect();
        for (place, &(mode, _)) in self.modes.iter().enumerate() {
            if duties.iter().any(|duty| duty.mode == mode) {
                let more = in_mode(mode);
                for (stretch, sum, rows) in self.excess(&more, parts(capacity)) {
                    // What is too much outside of any mode is so in each, and said already.
                    let left = minus(&[stretch], &always);
                    found.extend(left.into_iter().map(|left| (Some(place), (left, sum, rows.clone()))));
                }
            }
        }
        for (mode, (stretch, sum, rows)) in found {
            let mut row = Self::row(K::OverCapacity, Severity::Violation, stretch);
            if let Some(place) = mode {
                row.mode = Some(self.modes[place].1.clone());
            }
            row.persons.push(self.store.people[person as usize].clone());
            row.rows = rows;
            (row.amount, row.limit) = (Some(sum as f64 / PARTS), Some(capacity));
            self.note(Place::Nowhere, row);
        }
    }

    /// Where the shares of assignments add up to more than a capacity, within the window.
    fn excess(&self, duties: &[&Duty], capacity: u64) -> Vec<Excess> {
        let mut events: Vec<(i64, bool, usize)> = Vec::new();
        for (place, duty) in duties.iter().enumerate() {
            if let Some((from, until)) = clip((duty.from, duty.until), self.window) {
                events.extend([(from, true, place), (until, false, place)]);
            }
        }
        events.sort_unstable();
        let mut found: Vec<Excess> = Vec::new();
        let mut there = BTreeSet::new();
        let (mut sum, mut next) = (0_u64, 0);
        let mut over: Option<Excess> = None;
        while next < events.len() {
            let at = events[next].0;
            let mut came = Vec::new();
            while next < events.len() && events[next].0 == at {
                let (_, comes, place) = events[next];
                if comes {
                    sum += parts(duties[place].share);
                    there.insert(place);
                    came.push(duties[place].row as usize);
                } else {
                    sum -= parts(duties[place].share);
                    there.remove(&place);
                }
                next += 1;
            }
            match &mut over {
                Some((_, most, rows)) if sum > capacity => {
                    *most = sum.max(*most);
                    rows.extend(came);
                }
                Some((stretch, ..)) => {
                    stretch.1 = at;
                    found.extend(over.take());
                }
                None if sum > capacity => {
                    let rows = there.iter().map(|&place| duties[place].row as usize).collect();
                    over = Some(((at, at), sum, rows));
                }
                None => {}
            }
        }
        found
    }

    /// Finds heads whose grids have too many or too few grids directly beneath them, those of the same head not counted.
    fn spans(&mut self, profile: &SpanProfile) {
        let store = self.store;
        let mut children = vec![0_usize; store.tree.len()];
        let mut parent = vec![ANY; store.tree.len()];
        for grid in store.tree.indices() {
            if let Some(above) = store.tree.parent(grid) {
                children[above.get()] += 1;
                parent[grid.get()] = above.get() as u32;
            }
        }
        let mut heads: BTreeMap<u32, BTreeMap<u32, Vec<&Duty>>> = BTreeMap::new();
        for duty in store.accountable.duties.iter().filter(|duty| duty.is_head()) {
            if let Some(person) = store.person_of(duty.party) {
                heads.entry(person).or_default().entry(duty.position).or_default().push(duty);
            }
        }
        for (person, grids) in heads {
            // Two rows of one person at one grid are one headship.
            let mut events: Vec<(i64, bool, u32)> = Vec::new();
            for (&grid, duties) in &grids {
                let terms = duties.iter().filter_map(|duty| clip((duty.from, duty.until), self.window));
                for (from, until) in join(terms.collect()) {
                    events.extend([(from, true, grid), (until, false, grid)]);
                }
            }
            events.sort_unstable();
            let mut span = 0_usize;
            let mut headed: BTreeSet<u32> = BTreeSet::new();
            let mut own_children: BTreeMap<u32, usize> = BTreeMap::new();
            let mut open: Option<(i64, usize, u32)> = None;
            let mut next = 0;
            while next < events.len() {
                let at = events[next].0;
                while next < events.len() && events[next].0 == at {
                    let (_, comes, grid) = events[next];
                    let above = parent[grid as usize];
                    let under_own = usize::from(headed.contains(&above));
                    let others = children[grid as usize] - own_children.get(&grid).copied().unwrap_or(0);
                    if comes {
                        span = span + others - under_own;
                        headed.insert(grid);
                        *own_children.entry(above).or_default() += 1;
                    } else {
                        span = span + under_own - others;
                        headed.remove(&grid);
                        own_children.entry(above).and_modify(|count| *count -= 1);
                    }
                    next += 1;
                }
                let first = headed.first().copied();
                if let Some((since, wide, grid)) = open
                    && (wide, Some(grid)) != (span, first)
                {
                    self.span(profile, person, (since, at), wide, grid, &grids);
                    open = None;
                }
                if open.is_none() {
                    open = first.map(|grid| (at, span, grid));
                }
            }
        }
    }

    /// Notes a span that breaks the profile.
    fn span(
        &mut self,
        profile: &SpanProfile,
        person: u32,
        stretch: Stretch,
        span: usize,
        grid: u32,
        grids: &BTreeMap<u32, Vec<&Duty>>,
    ) {
        let Some(breach) = profile.judge(span) else { return };
        let bound = match breach {
            SpanBreach::TooWide => profile.most(),
            SpanBreach::TooNarrow => profile.least().unwrap_or(0),
        };
        let mut row = Self::row(K::Span, Severity::Warning, stretch);
        row.persons.push(self.store.people[person as usize].clone());
        let in_force =
            grids.values().flatten().filter(|duty| clip((duty.from, duty.until), stretch).is_some());
        row.rows = in_force.map(|duty| duty.row as usize).collect();
        (row.amount, row.limit) = (Some(span as f64), Some(bound as f64));
        self.at_grid(grid, row);
    }
}
