//! Heads missing and doubled, overlaps, duplicates, what ran out, and the posts that rules want.

use std::collections::BTreeMap;

use super::stretch::{Stretch, clip, crowded, join, minus};
use super::{AuditKind as K, Auditor, Severity};
use crate::responsibility::rules::{Requires, Strength};
use crate::responsibility::store::{ANY, Duty, Store};

/// What tells assignments of one grid that compete from those that do not: mode, domain, whether through a front.
type Slot = (u32, u32, bool);

fn slot(duty: &Duty) -> Slot {
    (duty.mode, duty.domain, duty.front != ANY)
}

impl Auditor<'_> {
    /// Looks at each grid's assignments by themselves.
    pub(super) fn heads(&mut self) {
        let store = self.store;
        for position in 0..store.tree.len() {
            let here = store.accountable.at(position);
            self.posts(position, here);
            if here.is_empty() {
                continue;
            }
            let mut slots: BTreeMap<Slot, Vec<&Duty>> = BTreeMap::new();
            if let [only] = here {
                slots.insert(slot(only), vec![only]);
            } else {
                for duty in here {
                    slots.entry(slot(duty)).or_default().push(duty);
                }
            }
            for duties in slots.values() {
                if self.is_audited(duties[0]) {
                    self.crowds(position as u32, duties);
                    self.expired(position as u32, duties);
                }
            }
        }
    }

    /// Whether the domain and the mode of an assignment are among those that are audited.
    fn is_audited(&self, duty: &Duty) -> bool {
        (duty.domain == ANY || self.domains.iter().any(|domain| domain.0 == duty.domain))
            && (duty.mode == ANY || self.modes.iter().any(|mode| mode.0 == duty.mode))
    }

    /// Finds where more than one competes, and who stands twice.
    fn crowds(&mut self, position: u32, duties: &[&Duty]) {
        if duties.len() < 2 {
            return;
        }
        let in_window = |duty: &&&Duty| clip((duty.from, duty.until), self.window).is_some();
        let duties: Vec<&Duty> = duties.iter().filter(in_window).copied().collect();
        let mut by_party: BTreeMap<u32, Vec<&Duty>> = BTreeMap::new();
        for &duty in &duties {
            by_party.entry(duty.party).or_default().push(duty);
        }
        for own in by_party.values() {
            let times: Vec<Stretch> = own.iter().map(|duty| (duty.from, duty.until)).collect();
            self.crowd(position, K::Duplicate, Severity::Warning, own, &times);
        }
        if by_party.len() < 2 {
            return;
        }
        // One that stands twice counts once: each party by its joined stretches.
        let (mut times, mut of): (Vec<Stretch>, Vec<Vec<&Duty>>) = (Vec::new(), Vec::new());
        for mut own in by_party.into_values() {
            own.sort_by_key(|duty| duty.from);
            let first = times.len();
            for duty in own {
                match times[first..].last_mut() {
                    Some(last) if duty.from <= last.1 => {
                        last.1 = last.1.max(duty.until);
                        of.last_mut().into_iter().for_each(|same| same.push(duty));
                    }
                    _ => {
                        times.push((duty.from, duty.until));
                        of.push(vec![duty]);
                    }
                }
            }
        }
        let kind = if duties[0].is_head() { K::HeadDoubled } else { K::Overlap };
        for (stretch, members) in crowded(&times) {
            let Some(cut) = clip(stretch, self.window) else { continue };
            let mut row = Self::row(kind, Severity::Violation, cut);
            for duty in members.iter().flat_map(|&member| &of[member]) {
                if clip((duty.from, duty.until), cut).is_some() {
                    row.rows.push(duty.row as usize);
                    self.party(&mut row, duty.party);
                    self.scope(&mut row, duty);
                }
            }
            self.at_grid(position, row);
        }
    }

    fn crowd(&mut self, position: u32, kind: K, severity: Severity, duties: &[&Duty], times: &[Stretch]) {
        for (stretch, members) in crowded(times) {
            let Some(cut) = clip(stretch, self.window) else { continue };
            let mut row = Self::row(kind, severity, cut);
            for &member in &members {
                let duty = duties[member];
                if clip((duty.from, duty.until), cut).is_some() {
                    row.rows.push(duty.row as usize);
                    self.party(&mut row, duty.party);
                    self.scope(&mut row, duty);
                }
            }
            self.at_grid(position, row);
        }
    }

    /// Finds what ended before the window without a successor.
    fn expired(&mut self, position: u32, duties: &[&Duty]) {
        let (start, _) = self.window;
        let Some(last) = duties.iter().map(|duty| duty.until).max().filter(|&last| last <= start) else {
            return;
        };
        let from = duties.iter().filter(|duty| duty.until == last).map(|duty| duty.from).min();
        let mut row = Self::row(K::Expired, Severity::Warning, (from.unwrap_or(last), last));
        for duty in duties.iter().filter(|duty| duty.until == last) {
            row.rows.push(duty.row as usize);
            self.party(&mut row, duty.party);
            self.scope(&mut row, duty);
        }
        self.at_grid(position, row);
    }

    /// Holds the head of a grid against the rule for its level.
    fn posts(&mut self, position: usize, here: &[Duty]) {
        let store = self.store;
        let Some(ruled) = self.rules[position] else { return };
        let heads = here.iter().filter(|duty| duty.is_head());
        let mut terms = Vec::new();
        for head in heads {
            let Some(term) = clip((head.from, head.until), self.window) else { continue };
            terms.push(term);
            if ruled.post == ANY || head.post == ruled.post {
                continue;
            }
            let held = store
                .person_of(head.party)
                .map_or(Vec::new(), |person| store.held(person, ruled.post, Some(position as u32)));
            for breach in minus(&[term], &held) {
                let severity = match ruled.rule.strength {
                    Strength::Strict => Severity::Violation,
                    Strength::Default if head.reason == ANY => Severity::Warning,
                    Strength::Default => Severity::Noted,
                };
                let mut row = Self::row(K::PostBreach, severity, breach);
                row.post = store.posts.get(ruled.post as usize).cloned();
                row.rows.push(head.row as usize);
                self.party(&mut row, head.party);
                self.at_grid(position as u32, row);
            }
        }
        if ruled.rule.requires == Requires::Head {
            for headless in minus(&[self.window], &join(terms)) {
                let row = Self::row(K::HeadMissing, Severity::Violation, headless);
                self.at_grid(position as u32, row);
            }
        }
    }
}

impl Store {
    /// When a person holds a post, at a grid or anywhere.
    pub(super) fn held(&self, person: u32, post: u32, position: Option<u32>) -> Vec<Stretch> {
        let first = self.holdings_by_person.partition_point(|&place| {
            let holding = &self.holdings[place as usize];
            (holding.person, holding.post) < (person, post)
        });
        let own = self.holdings_by_person[first..].iter().map(|&place| &self.holdings[place as usize]);
        let own = own.take_while(|holding| (holding.person, holding.post) == (person, post));
        let there = own.filter(|holding| position.is_none_or(|position| holding.position == position));
        join(there.map(|holding| (holding.from, holding.until)).collect())
    }
}
