//! Placing rows by its definition: lists searched from end to end, nothing indexed.

/// Two rows and how likely they are the same person; in a deduplication both are of the left.
pub(crate) type Pair = (u32, u32, f64);

/// What came of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    Matched(u32),
    Alone,
    DoubleOf(u32),
    Review(u32),
}

/// What rows are placed by: see the room's `outcome::place`.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) rows: [u32; 2],
    pub(crate) links: Vec<Pair>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) within: [Vec<Pair>; 2],
    pub(crate) match_at: f64,
    pub(crate) review_at: f64,
    pub(crate) one_to_many: bool,
}

/// By row: the first row of its person. Likely pairs within the side are taken the strongest first, unless both persons have
/// a link that is stronger than the pair.
fn persons(case: &Case, side: usize) -> Vec<u32> {
    let mut person: Vec<u32> = (0..case.rows[side]).collect();
    let mut pairs = case.within[side].clone();
    if case.one_to_many && side == 1 {
        pairs.clear();
    }
    strongest_first(&mut pairs);
    for (a, b, weight) in pairs.into_iter().filter(|pair| pair.2 >= case.match_at) {
        let (a, b) = (person[a as usize], person[b as usize]);
        let has_stronger = |of: u32| {
            let end = |link: &Pair| if side == 0 { link.0 } else { link.1 };
            case.links.iter().any(|link| person[end(link) as usize] == of && link.2 > weight)
        };
        if !(has_stronger(a) && has_stronger(b)) {
            person.iter_mut().filter(|own| **own == a.max(b)).for_each(|own| *own = a.min(b));
        }
    }
    person
}

/// The strongest first; then the smaller rows first.
fn strongest_first(pairs: &mut [Pair]) {
    pairs.sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
}

/// Which rows speak against being one person, here by their numbers alone.
pub(crate) fn unlike(side: usize, a: u32, b: u32) -> bool {
    (a + b + side as u32).is_multiple_of(3)
}

/// What came of each row of the left and of the right.
pub(crate) fn place(case: &Case) -> [Vec<Fate>; 2] {
    let person = [persons(case, 0), persons(case, 1)];
    // Pairs are taken one after the other: what was settled, then what is likely; always the strongest first.
    let mut wanted = case.links.clone();
    strongest_first(&mut wanted);
    let mut likely: Vec<Pair> = case.pairs.iter().copied().filter(|pair| pair.2 >= case.match_at).collect();
    strongest_first(&mut likely);
    wanted.extend(&likely);
    let mut taken: Vec<Pair> = Vec::new();
    for (left, right, weight) in wanted {
        let same_left = taken.iter().find(|link| person[0][link.0 as usize] == person[0][left as usize]);
        let same_right = taken.iter().any(|link| person[1][link.1 as usize] == person[1][right as usize]);
        match same_left {
            _ if same_right => {}
            None => taken.push((left, right, weight)),
            Some(&(stands, _, _)) if case.one_to_many => {
                let own = case.pairs.iter().find(|pair| (pair.0, pair.1) == (stands, right));
                taken.push((stands, right, own.map_or(weight, |pair| pair.2)));
            }
            Some(_) => {}
        }
    }
    strongest_first(&mut taken);
    [0, 1].map(|side: usize| {
        let of = |pair: &Pair| if side == 0 { (pair.0, pair.1) } else { (pair.1, pair.0) };
        let link_of = |side: usize, row: u32| {
            let own = |link: &&Pair| {
                let end = if side == 0 { link.0 } else { link.1 };
                person[side][end as usize] == person[side][row as usize]
            };
            taken.iter().find(own).copied()
        };
        // The row of this side that won the other row of a likely pair, if its person lost it.
        let lost_to = |row: u32| {
            let own = |pair: &&Pair| person[side][of(pair).0 as usize] == person[side][row as usize];
            let mut lost: Vec<Pair> = Vec::new();
            for pair in likely.iter().filter(own) {
                if let Some(link) = link_of(1 - side, of(pair).1) {
                    // The row of this side that the other one's link came with first.
                    if !unlike(side, of(pair).0, of(&link).0) {
                        lost.push((of(&link).0, 0, pair.2));
                    }
                }
            }
            strongest_first(&mut lost);
            lost.first().map(|lost| lost.0)
        };
        let free = |side: usize, row: u32| {
            let lost = || {
                likely.iter().any(|pair| {
                    let (own, other) = if side == 0 { (pair.0, pair.1) } else { (pair.1, pair.0) };
                    person[side][own as usize] == person[side][row as usize]
                        && link_of(1 - side, other)
                            .is_some_and(|link| !unlike(side, own, if side == 0 { link.0 } else { link.1 }))
                })
            };
            link_of(side, row).is_none() && !lost()
        };
        (0..case.rows[side])
            .map(|row| {
                let first = person[side][row as usize];
                if let Some(link) = link_of(side, row) {
                    let (own, other) = of(&link);
                    return if own == row { Fate::Matched(other) } else { Fate::DoubleOf(own) };
                }
                if let Some(of) = lost_to(row) {
                    return Fate::DoubleOf(of);
                }
                if first != row {
                    return Fate::DoubleOf(first);
                }
                let mut doubts: Vec<Pair> = Vec::new();
                for pair in case.pairs.iter().filter(|pair| pair.2 >= case.review_at) {
                    let (own, other) = of(pair);
                    if person[side][own as usize] == row && free(1 - side, other) {
                        doubts.push((person[1 - side][other as usize], 0, pair.2));
                    }
                }
                strongest_first(&mut doubts);
                doubts.first().map_or(Fate::Alone, |doubt| Fate::Review(doubt.0))
            })
            .collect()
    })
}
