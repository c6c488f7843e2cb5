//! Where nobody is named, nobody is there, or nobody answers: domain by domain and mode by mode, in one walk of the tree.

use std::rc::Rc;

use super::stretch::{Stretch, both, clip, join, minus};
use super::{AuditKind, AuditRow, Auditor, CoverAbove, Severity};
use crate::control::Control;
use crate::id::{Domain, Mode};
use crate::responsibility::ask::AskError;
use crate::responsibility::rules::Requires;
use crate::responsibility::store::{Context, Duty, NAMELESS, Store};

/// When somebody answers.
#[derive(Clone)]
enum Answered {
    Always,
    Then(Rc<[Stretch]>),
}

/// What a grid must have in a domain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    /// Somebody named at the grid.
    Direct,
    /// A head, whose lack is found elsewhere.
    Head,
    /// Somebody, here or above.
    Anybody,
    /// Nothing that is looked for.
    Nothing,
}

/// Something missing at a grid, in one domain and mode.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Missing {
    position: u32,
    kind: AuditKind,
    severity: Severity,
    stretch: Stretch,
    above: CoverAbove,
    /// The places of the assignments that it comes from.
    duties: Vec<u32>,
    /// The places of the mode and the domain in what is audited.
    mode: u32,
    domain: u32,
}

impl Missing {
    fn is_like(&self, other: &Self) -> bool {
        let what = |one: &Self| (one.position, one.kind, one.severity, one.stretch, one.above);
        what(self) == what(other) && self.duties == other.duties
    }
}

impl Auditor<'_> {
    /// Finds gaps, missing direct holders and absent ones.
    pub(super) fn cover(&mut self, control: &mut Control<'_>) -> Result<(), AskError> {
        const AT_ONCE: usize = 4096;
        let store = self.store;
        let grids = store.tree.len();
        // Being in no mode is a mode of its own; and where no domain is named, there is one for all.
        let modes: Vec<u32> = std::iter::once(NAMELESS).chain(self.modes.iter().map(|mode| mode.0)).collect();
        let mut domains: Vec<u32> = self.domains.iter().map(|domain| domain.0).collect();
        if domains.is_empty() {
            domains.push(NAMELESS);
        }
        let work = (grids as u64).saturating_mul((modes.len() * domains.len()) as u64);
        let ends = ends(store);
        let mut missing = Vec::new();
        for (mode_place, &mode) in modes.iter().enumerate() {
            for (domain_place, &domain) in domains.iter().enumerate() {
                let context = Context { domain, mode, at: 0 };
                let wanted = self.wanted(domain);
                // The way from the root: where each grid ends, and when somebody answers there.
                let mut way: Vec<(u32, Answered)> = Vec::new();
                for position in 0..grids {
                    if position % AT_ONCE == 0 {
                        let some = AT_ONCE.min(grids - position);
                        control.spend(some as u64, Some(work)).map_err(AskError::Stopped)?;
                    }
                    while way.last().is_some_and(|(end, _)| *end as usize <= position) {
                        way.pop();
                    }
                    let first = missing.len();
                    let above = way.last().map(|(_, above)| above);
                    let here = self.grid(position, &context, wanted[position], above, &mut missing);
                    for one in &mut missing[first..] {
                        (one.mode, one.domain) = (mode_place as u32, domain_place as u32);
                    }
                    if ends[position] as usize > position + 1 {
                        way.push((ends[position], here));
                    }
                }
            }
        }
        missing.sort_unstable();
        for alike in missing.chunk_by(Missing::is_like) {
            self.fold(alike, modes.len(), domains.len());
        }
        Ok(())
    }

    /// What each grid must have in a domain.
    fn wanted(&self, domain: u32) -> Vec<Wanted> {
        let tree = &self.store.tree;
        let of = |position: usize| match self.rules[position] {
            Some(ruled) => match ruled.rule.requires {
                Requires::Direct if ruled.domains.is_empty() || ruled.domains.contains(&domain) => {
                    Wanted::Direct
                }
                Requires::Head => Wanted::Head,
                _ => Wanted::Anybody,
            },
            None if self.options.every_level => Wanted::Anybody,
            None if tree.at(position).is_some_and(|grid| tree.is_leaf(grid)) => Wanted::Anybody,
            None => Wanted::Nothing,
        };
        (0..tree.len()).map(of).collect()
    }

    /// Notes what is missing at one grid, and says when somebody answers there or above.
    fn grid(
        &self,
        position: usize,
        context: &Context,
        wanted: Wanted,
        above: Option<&Answered>,
        missing: &mut Vec<Missing>,
    ) -> Answered {
        let store = self.store;
        let (mut named, mut present) = (Vec::new(), Vec::new());
        let mut whole = false;
        for duty in store.accountable.at(position) {
            let Some(stretch) = clip((duty.from, duty.until), self.window) else { continue };
            if !duty.covers(context.domain, context.mode) {
                continue;
            }
            named.push(stretch);
            if store.is_person(duty.party) && !store.absent.of(duty.party).is_empty() {
                present.extend(store.there(duty, stretch, context));
            } else {
                present.push(stretch);
            }
            whole |= present.last() == Some(&self.window);
        }
        if whole {
            return Answered::Always;
        }
        let all = [self.window];
        let (named, present) = (join(named), join(present));
        let nothing: [Stretch; 0] = [];
        let above_list: &[Stretch] = match above {
            Some(Answered::Always) => &all,
            Some(Answered::Then(list)) => list,
            None => &nothing,
        };
        let mut note = |kind, severity: Option<Severity>, stretch: Stretch, duties: Vec<u32>| {
            let above = cover(stretch, above_list);
            // Somebody above makes it less grave, unless the rule wants somebody here.
            let less = if above == CoverAbove::Throughout { Severity::Warning } else { Severity::Violation };
            let severity = severity.unwrap_or(less);
            let position = position as u32;
            missing.push(Missing { position, kind, severity, stretch, above, duties, mode: 0, domain: 0 });
        };
        let grave = Some(Severity::Violation);
        let unnamed = minus(&all, &named);
        match wanted {
            Wanted::Direct => {
                for &one in &unnamed {
                    note(AuditKind::NoDirectHolder, grave, one, Vec::new());
                }
            }
            Wanted::Anybody => {
                let gaps = minus(&unnamed, above_list);
                for one in gaps {
                    note(AuditKind::Gap, grave, one, Vec::new());
                }
            }
            Wanted::Head | Wanted::Nothing => {}
        }
        for stretch in minus(&named, &present) {
            let range = store.accountable.range(position);
            let away = range.filter(|&place| {
                let duty = &store.accountable.duties[place];
                let there = clip((duty.from, duty.until), stretch).is_some();
                there && duty.covers(context.domain, context.mode)
            });
            let duties = away.map(|place| place as u32).collect();
            let severity = if wanted == Wanted::Direct { grave } else { None };
            note(AuditKind::AbsentWithoutDeputy, severity, stretch, duties);
        }
        match above {
            Some(Answered::Always) => Answered::Always,
            Some(above) if present.is_empty() => above.clone(),
            _ => {
                let answered = join(present.into_iter().chain(above_list.iter().copied()).collect());
                if answered == all { Answered::Always } else { Answered::Then(answered.into()) }
            }
        }
    }

    /// Turns what is missing alike in some domains and modes into as few rows, each pair in exactly one.
    fn fold(&mut self, alike: &[Missing], modes: usize, domains: usize) {
        let Some(first) = alike.first() else { return };
        if alike.len() == modes * domains {
            self.miss(first, None, None);
            return;
        }
        // They come by mode, then domain.
        let by_mode: Vec<&[Missing]> = alike.chunk_by(|a, b| a.mode == b.mode).collect();
        if by_mode.iter().any(|one| one.len() == domains) {
            for one in by_mode {
                if one.len() == domains {
                    self.miss(first, None, Some(one[0].mode));
                } else {
                    for each in one {
                        self.miss(first, Some(each.domain), Some(each.mode));
                    }
                }
            }
            return;
        }
        let mut by_domain: Vec<(u32, u32)> = alike.iter().map(|one| (one.domain, one.mode)).collect();
        by_domain.sort_unstable();
        for one in by_domain.chunk_by(|a, b| a.0 == b.0) {
            if one.len() == modes {
                self.miss(first, Some(one[0].0), None);
            } else {
                for &(domain, mode) in one {
                    self.miss(first, Some(domain), Some(mode));
                }
            }
        }
    }

    /// Notes one thing that is missing, in one domain or all, in one mode or all.
    fn miss(&mut self, what: &Missing, domain: Option<u32>, mode: Option<u32>) {
        let mut row = Self::row(what.kind, what.severity, what.stretch);
        if let Some(name) = domain.and_then(|place| self.domains.get(place as usize)) {
            row.domain = name.1.clone();
        }
        if let Some(place) = mode {
            row.mode = self.mode_at(place);
        }
        row.above = Some(what.above);
        for &place in &what.duties {
            let duty: &Duty = &self.store.accountable.duties[place as usize];
            row.rows.push(duty.row as usize);
            self.party(&mut row, duty.party);
        }
        self.at_grid(what.position, row);
    }

    /// The mode at a place in what is audited: none first.
    fn mode_at(&self, place: u32) -> Option<Mode> {
        (place as usize).checked_sub(1).and_then(|place| self.modes.get(place)).map(|mode| mode.1.clone())
    }

    /// Names the domain and the mode of an assignment in a finding.
    pub(super) fn scope(&self, row: &mut AuditRow, duty: &Duty) {
        let store = self.store;
        if let Some(domain) = store.domains.get(duty.domain as usize) {
            row.domain = Domain::clone(domain);
        }
        if let Some(mode) = store.modes.get(duty.mode as usize) {
            row.mode = Some(mode.clone());
        }
    }
}

/// Whether a list covers a stretch.
fn cover(stretch: Stretch, list: &[Stretch]) -> CoverAbove {
    match &both(&[stretch], list)[..] {
        [] => CoverAbove::Never,
        [one] if *one == stretch => CoverAbove::Throughout,
        _ => CoverAbove::Partly,
    }
}

/// Where the subtree of each position ends.
fn ends(store: &Store) -> Vec<u32> {
    let tree = &store.tree;
    tree.indices().map(|grid| (grid.get() + tree.subtree(grid).len()) as u32).collect()
}

impl Store {
    /// When the holder of an assignment, or a deputy, is there within a stretch.
    fn there(&self, duty: &Duty, stretch: Stretch, context: &Context) -> Vec<Stretch> {
        let away = both(self.absent.of(duty.party), &[stretch]);
        if away.is_empty() {
            return vec![stretch];
        }
        let mut deputised = Vec::new();
        for deputy in self.deputies_of(duty.party) {
            if self.stands_in(deputy, duty.position as usize, context.domain) {
                let time = [(deputy.from, deputy.until)];
                deputised.extend(minus(&time, self.absent.of(deputy.person)));
            }
        }
        let nobody = minus(&away, &join(deputised));
        minus(&[stretch], &nobody)
    }
}
