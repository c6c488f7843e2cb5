//! Every way to send people to grids, tried one by one.
#![allow(dead_code, clippy::cast_sign_loss, reason = "each test uses its part; numbers are small")]

use gridcore::deployment::{CandidateRow, NeedRow, PersonRow};
use gridcore::{GridRow, GridTree};
use proptest::prelude::*;

/// Who may be sent where: bounds of people and needs, and links of (need, person, most, cost).
#[derive(Clone, Debug, Default)]
pub(crate) struct Task {
    pub(crate) people: Vec<(i64, i64)>,
    pub(crate) needs: Vec<(i64, i64)>,
    pub(crate) links: Vec<(usize, usize, i64, i64)>,
    /// What the first, second, … place of a person costs besides; the last for all further ones.
    pub(crate) steps: Vec<i64>,
}

impl Task {
    /// Calls `f` with every list of amounts that keeps all bounds.
    pub(crate) fn each(&self, f: &mut dyn FnMut(&[i64])) {
        let mut amounts = vec![0; self.links.len()];
        loop {
            if self.keeps_bounds(&amounts) {
                f(&amounts);
            }
            // Count on, as a clock does.
            let Some(place) = (0..amounts.len()).find(|&place| amounts[place] < self.links[place].2) else {
                return;
            };
            amounts[..place].fill(0);
            amounts[place] += 1;
        }
    }

    pub(crate) fn loads(&self, amounts: &[i64]) -> Vec<i64> {
        let mut loads = vec![0; self.people.len()];
        for (&(_, person, _, _), &amount) in self.links.iter().zip(amounts) {
            loads[person] += amount;
        }
        loads
    }

    pub(crate) fn taken(&self, amounts: &[i64]) -> Vec<i64> {
        let mut taken = vec![0; self.needs.len()];
        for (&(need, _, _, _), &amount) in self.links.iter().zip(amounts) {
            taken[need] += amount;
        }
        taken
    }

    fn keeps_bounds(&self, amounts: &[i64]) -> bool {
        let within = |amounts: Vec<i64>, bounds: &[(i64, i64)]| {
            amounts.iter().zip(bounds).all(|(&amount, &(least, most))| least <= amount && amount <= most)
        };
        within(self.loads(amounts), &self.people) && within(self.taken(amounts), &self.needs)
    }

    pub(crate) fn cost(&self, amounts: &[i64]) -> i64 {
        let sent: i64 = self.links.iter().zip(amounts).map(|(&(_, _, _, cost), &amount)| cost * amount).sum();
        let step = |place: usize| self.steps.get(place).or(self.steps.last()).copied().unwrap_or(0);
        let loads = self.loads(amounts).into_iter();
        sent + loads.flat_map(|load| (0..load).map(|place| step(place as usize))).sum::<i64>()
    }

    /// The least cost of all ways, if there is one.
    pub(crate) fn least_cost(&self) -> Option<i64> {
        let mut least = None;
        self.each(&mut |amounts| {
            let cost = self.cost(amounts);
            least = Some(least.map_or(cost, |least: i64| least.min(cost)));
        });
        least
    }

    /// The same task as rows: people `p0`, `p1`, …; needs at the grids `10`, `11`, ….
    pub(crate) fn people_rows(&self) -> Vec<PersonRow> {
        let row = |(at, &(least, most)): (usize, &(i64, i64))| {
            PersonRow::new(format!("p{at}")).at_least(least).at_most(most)
        };
        self.people.iter().enumerate().map(row).collect()
    }

    pub(crate) fn need_rows(&self) -> Vec<NeedRow> {
        let row =
            |(at, &(least, most)): (usize, &(i64, i64))| NeedRow::new(grid(at)).at_least(least).at_most(most);
        self.needs.iter().enumerate().map(row).collect()
    }

    pub(crate) fn candidate_rows(&self) -> Vec<CandidateRow> {
        let row = |&(need, person, _, cost): &(usize, usize, i64, i64)| {
            CandidateRow::new(grid(need), format!("p{person}"), cost as f64)
        };
        self.links.iter().map(row).collect()
    }
}

pub(crate) fn grid(at: usize) -> String {
    format!("{}", 10 + at)
}

/// A city `1` with ten districts `10` to `19`.
pub(crate) fn town() -> GridTree {
    let districts = (0..10).map(|at| GridRow::new(grid(at), format!("district {at}")).under("1"));
    GridTree::from_rows(std::iter::once(GridRow::new("1", "city")).chain(districts)).expect("a sound tree")
}

/// Small tasks of people, each of whom a link sends once at most.
pub(crate) fn any_task() -> impl Strategy<Value = Task> {
    let people = prop::collection::vec((0_i64..2, 0_i64..3), 1..5);
    let needs = prop::collection::vec((0_i64..3, 0_i64..2), 1..4);
    (people, needs).prop_flat_map(|(people, needs)| {
        let pairs = people.len() * needs.len();
        prop::collection::vec(prop::option::weighted(0.7, 0_i64..20), pairs).prop_map(move |costs| {
            // Few must be sent, so that most tasks can be met.
            let people: Vec<_> =
                people.iter().map(|&(least, more)| (least.min(more) * (more / 2), more)).collect();
            let needs: Vec<_> = needs.iter().map(|&(least, more)| (least, least + more)).collect();
            let mut links = Vec::new();
            for need in 0..needs.len() {
                for person in 0..people.len() {
                    if let Some(cost) = costs[need * people.len() + person] {
                        links.push((need, person, 1, cost));
                    }
                }
            }
            Task { people: people.clone(), needs, links, steps: Vec::new() }
        })
    })
}
