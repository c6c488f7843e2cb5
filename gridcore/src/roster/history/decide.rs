//! Decisions: what somebody says about pairs stands above what their weights say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::fault::{RosterChangeError, RosterChangeFault as Fault, RosterChangeFaultKind as K};
use super::print::Print;
use super::rows::{ChangeKind, Decision, DecisionRow, Stamp};
use super::state::{Change, Standing, pair_of, take};
use crate::control::Control;
use crate::roster::gather::Gathering;
use crate::roster::run::{Inner, Reconciliation};
use crate::roster::{RosterSide, Settle};

impl Reconciliation {
    /// Takes decisions about pairs over, all or none of them, and settles anew; nothing is compared again.
    ///
    /// A pair decided to be the same is matched, or in one cluster, with the tier `decided`; a pair decided to be different
    /// never is. Decisions are kept by record id: one about a row that is removed waits for it to come back. A decision is
    /// taken back with [`Decision::Open`], or with [`undo`](Self::undo) if it was the last change.
    ///
    /// # Errors
    ///
    /// [`RosterChangeError`] with every fault: unknown record ids, contradictions with each other or with what was decided
    /// before; or when `control` stops the work.
    ///
    /// # Complexity
    ///
    /// That of settling all pairs.
    pub fn decide(
        &self,
        rows: &[DecisionRow],
        stamp: &Stamp,
        control: &mut Control<'_>,
    ) -> Result<Self, RosterChangeError> {
        let inner = &*self.inner;
        let seq = inner.log().len();
        let standing = check(inner, rows, inner.decisions_of(&inner.held()), seq)?;
        let mut next = inner.clone();
        next.set_decisions(&standing);
        next.settle(control)?;
        let count = |decision| rows.iter().filter(|row| row.decision == decision).count();
        let mut entry = next.entry(ChangeKind::Decided, stamp, &standing);
        entry.same = count(Decision::Same);
        entry.different = count(Decision::Different);
        entry.open = count(Decision::Open);
        entry.content = content(rows);
        next.record(inner, entry, Change::Decided(rows.into()));
        Ok(Self { inner: Arc::new(next) })
    }
}

/// The fingerprint of decisions.
pub(super) fn content(rows: &[DecisionRow]) -> String {
    let mut print = Print::of("gridcore.roster.decisions 1");
    for row in rows {
        print.text(&row.left);
        print.text(&row.right);
        print.text(row.decision.id());
    }
    print.finish()
}

/// Takes the rows over what stands, if nothing is wrong with them.
fn check(
    inner: &Inner,
    rows: &[DecisionRow],
    mut standing: Standing,
    seq: usize,
) -> Result<Standing, RosterChangeError> {
    let mut faults = Vec::new();
    let mut seen: BTreeMap<(String, String), usize> = BTreeMap::new();
    // The rows that are sound each by itself.
    let mut sound: Vec<(usize, (String, String))> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let pair = pair_of(row, inner.single);
        if inner.single && pair.0 == pair.1 {
            faults.push(Fault::at(at, K::SameRecord));
            continue;
        }
        let before = standing.get(&pair).map(|&(decision, _)| decision);
        if row.decision == Decision::Open && before.is_some() {
            // The rows may be gone.
        } else {
            let second = if inner.single { RosterSide::Left } else { RosterSide::Right };
            let mut missing = Vec::new();
            for (side, id) in [(RosterSide::Left, &row.left), (second, &row.right)] {
                if inner.side(side).find(id).is_none() {
                    missing.push(Fault::at(at, K::UnknownRecord(side)));
                }
            }
            if !missing.is_empty() {
                faults.append(&mut missing);
                continue;
            }
        }
        if let Some(&first) = seen.get(&pair) {
            if rows[first].decision != row.decision {
                faults.push(Fault::at(at, K::Contradiction { with: Some(first) }));
            }
            continue;
        }
        seen.insert(pair.clone(), at);
        match (before, row.decision) {
            (None, Decision::Open) => faults.push(Fault::at(at, K::NotDecided)),
            (Some(before), decision) if decision != Decision::Open && before != decision => {
                faults.push(Fault::at(at, K::Contradiction { with: None }));
            }
            _ => sound.push((at, pair)),
        }
    }
    // What is taken back makes room for what comes.
    for (_, pair) in sound.iter().filter(|&&(at, _)| rows[at].decision == Decision::Open) {
        standing.remove(pair);
    }
    if inner.rules.settle == Settle::Clusters || inner.single {
        torn(inner.single, rows, &sound, &standing, &mut faults);
    } else {
        taken(inner.rules.settle, rows, &sound, &standing, &mut faults);
    }
    faults.sort_by_key(|fault| fault.row);
    RosterChangeError::unless(faults)?;
    for (at, pair) in sound {
        take(&mut standing, pair, rows[at].decision, seq);
    }
    Ok(standing)
}

/// Rows that would get a second counterpart.
fn taken(
    settle: Settle,
    rows: &[DecisionRow],
    sound: &[(usize, (String, String))],
    standing: &Standing,
    faults: &mut Vec<Fault>,
) {
    let sides: &[RosterSide] =
        if settle == Settle::OneToMany { &[RosterSide::Right] } else { &RosterSide::ALL };
    for &side in sides {
        let of = |pair: &(String, String)| match side {
            RosterSide::Left => pair.0.clone(),
            RosterSide::Right => pair.1.clone(),
        };
        // By record id: the pair that has it, and the row that says so.
        let mut held: BTreeMap<String, (&(String, String), Option<usize>)> = standing
            .iter()
            .filter(|(_, (decision, _))| *decision == Decision::Same)
            .map(|(pair, _)| (of(pair), (pair, None)))
            .collect();
        for (at, pair) in sound.iter().filter(|&&(at, _)| rows[at].decision == Decision::Same) {
            match held.get(&of(pair)) {
                Some(&(other, with)) if other != pair => faults.push(Fault::at(*at, K::Taken { side, with })),
                Some(_) => {}
                None => {
                    held.insert(of(pair), (pair, Some(*at)));
                }
            }
        }
    }
}

/// Rows that would be the same in several steps, and different in one.
fn torn(
    single: bool,
    rows: &[DecisionRow],
    sound: &[(usize, (String, String))],
    standing: &Standing,
    faults: &mut Vec<Fault>,
) {
    // Each pair with its decision, and the row that says so.
    let before = standing.iter().map(|(pair, &(decision, _))| (pair, decision, None));
    let now = sound.iter().map(|(at, pair)| (pair, rows[*at].decision, Some(*at)));
    let all: Vec<_> = before.chain(now).collect();
    let mut numbers: BTreeMap<(bool, &str), u32> = BTreeMap::new();
    let mut ends = Vec::with_capacity(all.len());
    for (pair, ..) in &all {
        let mut number = |key| {
            let next = numbers.len() as u32;
            *numbers.entry(key).or_insert(next)
        };
        ends.push((number((false, pair.0.as_str())), number((!single, pair.1.as_str()))));
    }
    let mut people = Gathering::new(numbers.len() as u32);
    for (&(_, decision, _), &(a, b)) in all.iter().zip(&ends) {
        if decision == Decision::Same {
            people.join(a, b);
        }
    }
    let mut broken = Vec::new();
    for (&(_, decision, at), &(a, b)) in all.iter().zip(&ends) {
        let own = people.find(a);
        if decision == Decision::Different && own == people.find(b) {
            broken.push(own);
            faults.extend(at.map(|at| Fault::at(at, K::Torn)));
        }
    }
    for (&(_, decision, at), &(a, _)) in all.iter().zip(&ends) {
        if let (Decision::Same, Some(at)) = (decision, at)
            && broken.contains(&people.find(a))
        {
            faults.push(Fault::at(at, K::Torn));
        }
    }
}
