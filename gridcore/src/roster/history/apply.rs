//! Rows that come and go, worked into a reconciliation.

use std::sync::{Arc, OnceLock};

use super::splice::{self, Numbering, Plan};
use super::undo::Delta;
use crate::control::{Control, Stopped};
use crate::roster::block::{self, Before};
use crate::roster::compare::Comparisons;
use crate::roster::door;
use crate::roster::pairs::Scored;
use crate::roster::run::{self, Blocking, Blocks, Inner, SOUGHT, Sought};
use crate::roster::side::Side;

/// What came of working rows in.
pub(super) struct Applied {
    pub(super) next: Inner,
    /// What undoes it.
    pub(super) delta: Delta,
    /// Rows added and replaced on each side.
    pub(super) added: [usize; 2],
    pub(super) replaced: [usize; 2],
}

/// Takes the rows at the positions `gone` out, ascending, and the rows of `more` in; pairs are sought and compared only where
/// something changed. Settling and the log are left to the caller.
///
/// # Complexity
///
/// O(k·n + c) time for k keys, n rows and c pairs that some changed row is part of.
pub(super) fn apply(
    inner: &Inner,
    gone: [&[u32]; 2],
    more: [&Side; 2],
    numbering: &Numbering,
    control: &mut Control<'_>,
) -> Result<Applied, Stopped> {
    let plans = [
        Plan::new(&inner.left, gone[0], more[0], numbering),
        Plan::new(&inner.right, gone[1], more[1], numbering),
    ];
    let [left, right] = splice::sides([&plans[0], &plans[1]]);
    let delta = delta(inner, gone, more, &plans);
    let comparisons = Comparisons::new(
        &inner.fields,
        &left,
        if inner.single { &left } else { &right },
        inner.tree.as_ref(),
    );
    let mut next = inner.clone();
    for sought in SOUGHT {
        let Some(which) = sought.sides(&inner.rules, inner.single, &left, &right) else { continue };
        let (ends, side, model, old) = match sought {
            Sought::Main if inner.single => ([0, 0], &left, &inner.model, &inner.pairs),
            Sought::Main => ([0, 1], &left, &inner.model, &inner.pairs),
            Sought::InLeft => ([0, 0], &left, &inner.within_models[0], &inner.within[0]),
            Sought::InRight => ([1, 1], &right, &inner.within_models[1], &inner.within[1]),
        };
        let blocks = &inner.blocks[sought as usize];
        let before = Before { cut: &blocks.cut, new: ends.map(|end| &plans[end].new[..]) };
        let found = block::touched(&inner.fields, &comparisons, which, &blocks.caps, &before, control)?;
        let mut pairs: Vec<Scored> = old
            .iter()
            .filter_map(|pair| {
                let left = plans[ends[0]].moved[pair.left as usize];
                let right = plans[ends[1]].moved[pair.right as usize];
                let stays = left != splice::NONE && right != splice::NONE && found.holds(left, right);
                stays.then_some(Scored { left, right, ..*pair })
            })
            .collect();
        pairs.extend(run::scored(&found, model, &inner.rarity, side, &inner.rules, control)?);
        pairs.sort_by_key(|pair| (pair.left, pair.right));
        pairs.dedup_by_key(|pair| (pair.left, pair.right));
        next.blocks[sought as usize] = Blocks::of(&found);
        match sought {
            Sought::Main => {
                next.blocking = Blocking { by_rule: OnceLock::new(), ..Blocking::of(&found) };
                next.pairs = Arc::new(pairs);
            }
            Sought::InLeft => next.within[0] = Arc::new(pairs),
            Sought::InRight => next.within[1] = Arc::new(pairs),
        }
    }
    drop(comparisons);
    next.repairs = door::all_repairs(&inner.known, &left, &right);
    for (side, (gone, more)) in gone.iter().zip(more).enumerate() {
        if !gone.is_empty() || more.rows > 0 {
            next.history.prints.sides[side] = OnceLock::new();
        }
    }
    let added = [plans[0].added.len(), plans[1].added.len()];
    let replaced = [plans[0].replaced.len(), plans[1].replaced.len()];
    drop(plans);
    (next.left, next.right) = (Arc::new(left), Arc::new(right));
    Ok(Applied { next, delta, added, replaced })
}

/// What is needed to take the rows out again that come, and to put those back that go.
fn delta(inner: &Inner, gone: [&[u32]; 2], more: [&Side; 2], plans: &[Plan<'_>; 2]) -> Delta {
    let lost = |side: usize| {
        let mut lost = [gone[side], &plans[side].replaced].concat();
        lost.sort_unstable();
        lost.dedup();
        lost
    };
    let back = splice::sides([&Plan::some(&inner.left, &lost(0)), &Plan::some(&inner.right, &lost(1))]);
    let came = [0, 1].map(|side: usize| {
        plans[side].added.iter().map(|&at| more[side].id(at).to_owned()).collect::<Vec<String>>()
    });
    Delta { back, came }
}
