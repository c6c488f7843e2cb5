//! Stretches of time: sorted lists of half-open intervals that neither meet nor overlap.

use std::collections::BTreeSet;

/// One stretch: its first second, and the first after it.
pub(super) type Stretch = (i64, i64);

/// What two stretches have in common.
pub(super) fn clip((from, until): Stretch, (since, end): Stretch) -> Option<Stretch> {
    let cut = (from.max(since), until.min(end));
    (cut.0 < cut.1).then_some(cut)
}

/// Sorts stretches and joins those that meet or overlap.
pub(super) fn join(mut list: Vec<Stretch>) -> Vec<Stretch> {
    if list.len() < 2 {
        return list;
    }
    list.sort_unstable();
    let mut joined: Vec<Stretch> = Vec::with_capacity(list.len());
    for (from, until) in list {
        match joined.last_mut() {
            Some(open) if from <= open.1 => open.1 = open.1.max(until),
            _ => joined.push((from, until)),
        }
    }
    joined
}

/// What lies in the first list and not in the second.
pub(super) fn minus(list: &[Stretch], taken: &[Stretch]) -> Vec<Stretch> {
    let mut left = Vec::new();
    let mut next = 0;
    for &(mut from, until) in list {
        while next < taken.len() && taken[next].1 <= from {
            next += 1;
        }
        let mut here = next;
        while here < taken.len() && taken[here].0 < until {
            if from < taken[here].0 {
                left.push((from, taken[here].0));
            }
            from = from.max(taken[here].1);
            here += 1;
        }
        if from < until {
            left.push((from, until));
        }
    }
    left
}

/// What lies in both lists.
pub(super) fn both(a: &[Stretch], b: &[Stretch]) -> Vec<Stretch> {
    let (mut i, mut j) = (0, 0);
    let mut common = Vec::new();
    while let (Some(&one), Some(&other)) = (a.get(i), b.get(j)) {
        common.extend(clip(one, other));
        if one.1 < other.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    common
}

/// Where at least two of several stretches overlap, each maximal, with the places of those that take part.
///
/// # Complexity
/// O(k log k) time for k stretches: whoever takes part was there when the crowd began, or came before it ended.
pub(super) fn crowded(list: &[Stretch]) -> Vec<(Stretch, Vec<usize>)> {
    // Ends come before starts, so that two that meet do not overlap.
    let mut events: Vec<(i64, bool, usize)> = Vec::with_capacity(2 * list.len());
    for (place, &(from, until)) in list.iter().enumerate() {
        events.extend([(from, true, place), (until, false, place)]);
    }
    events.sort_unstable();
    let mut found: Vec<(Stretch, Vec<usize>)> = Vec::new();
    let mut present = BTreeSet::new();
    let mut crowd: Option<(i64, Vec<usize>)> = None;
    for (at, comes, place) in events {
        if comes {
            present.insert(place);
            match &mut crowd {
                Some((_, members)) => members.push(place),
                None if present.len() > 1 => crowd = Some((at, present.iter().copied().collect())),
                None => {}
            }
            continue;
        }
        present.remove(&place);
        if present.len() > 1 {
            continue;
        }
        let Some((since, members)) = crowd.take() else { continue };
        match found.last_mut() {
            Some((before, known)) if before.1 == since => {
                before.1 = at;
                known.extend(members);
            }
            _ => found.push(((since, at), members)),
        }
    }
    for (_, members) in &mut found {
        members.sort_unstable();
        members.dedup();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn stretches() -> impl Strategy<Value = Vec<Stretch>> {
        prop::collection::vec((0..20_i64, 1..6_i64).prop_map(|(from, long)| (from, from + long)), 0..8)
    }

    fn seconds(list: &[Stretch]) -> Vec<i64> {
        (0..30).filter(|at| list.iter().any(|&(from, until)| from <= *at && *at < until)).collect()
    }

    proptest! {
        #[test]
        fn second_by_second(a in stretches(), b in stretches()) {
            let (a, b) = (join(a), join(b));
            for list in [&a, &minus(&a, &b), &both(&a, &b)] {
                prop_assert!(list.windows(2).all(|pair| pair[0].1 < pair[1].0));
                prop_assert!(list.iter().all(|one| one.0 < one.1));
            }
            let inside = |list: &[Stretch], at: i64| seconds(list).contains(&at);
            for at in 0..30 {
                prop_assert_eq!(inside(&minus(&a, &b), at), inside(&a, at) && !inside(&b, at));
                prop_assert_eq!(inside(&both(&a, &b), at), inside(&a, at) && inside(&b, at));
            }
        }

        #[test]
        fn crowds_are_where_two_are(list in stretches()) {
            let crowds = crowded(&list);
            prop_assert!(crowds.windows(2).all(|pair| pair[0].0.1 < pair[1].0.0));
            for at in 0..30 {
                let there = list.iter().filter(|one| one.0 <= at && at < one.1).count();
                prop_assert_eq!(crowds.iter().any(|(one, _)| one.0 <= at && at < one.1), there >= 2);
            }
            for (crowd, members) in &crowds {
                for (place, one) in list.iter().enumerate() {
                    prop_assert_eq!(members.contains(&place), clip(*one, *crowd).is_some());
                }
            }
        }
    }
}
