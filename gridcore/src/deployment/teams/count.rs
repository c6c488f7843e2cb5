//! How many people each set of roles has between them, and how many it needs: what decides whether teams can be formed.
//!
//! Teams can be formed exactly if no set of roles needs more people than have one of them. A team by a rule needs from a set of
//! roles the sum of their fewest, or what its size leaves after the most of all other roles, whichever is more; both are lower
//! borders of a generalised polymatroid, their sums over the teams are one again, and the people with a role of the set are the
//! upper border of the matchings (Frank 2011, *Connections in Combinatorial Optimization*, part III; for one person a role it is
//! Hall's theorem).

use super::door::{Model, Rule};

/// For each set of roles, as a mask, how many people have one of them.
pub(super) fn people_of(model: &Model) -> Vec<u64> {
    let sets = 1_usize << model.roles.len();
    // How many people have no role outside a set: sums over subsets, one role at a time.
    let mut within = vec![0_u64; sets];
    for person in &model.people {
        within[person.roles as usize] += 1;
    }
    for role in 0..model.roles.len() {
        for set in 0..sets {
            if set >> role & 1 == 1 {
                within[set] += within[set ^ (1 << role)];
            }
        }
    }
    let all = within[sets - 1];
    (0..sets).map(|set| all - within[(sets - 1) ^ set]).collect()
}

/// How many members with a role of the set a team by the rule needs.
pub(super) fn need_of(rule: &Rule, set: usize) -> u64 {
    let (mut fewest, mut others) = (0, 0);
    for band in &rule.bands {
        if set >> band.role & 1 == 1 {
            fewest += band.at_least;
        } else {
            others += band.at_most;
        }
    }
    fewest.max(rule.at_least.saturating_sub(others))
}

/// The sets among those given of which no other is a part, smaller ones first.
pub(super) fn smallest(sets: impl Iterator<Item = usize>) -> Vec<usize> {
    /// Nobody reads more.
    const MOST: usize = 100;
    let mut sets: Vec<usize> = sets.collect();
    sets.sort_unstable_by_key(|set| (set.count_ones(), *set));
    let mut kept: Vec<usize> = Vec::new();
    for set in sets {
        if kept.len() < MOST && kept.iter().all(|&part| set & part != part) {
            kept.push(set);
        }
    }
    kept
}
