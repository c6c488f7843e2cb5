//! Laws of rosters: as cheap as any that a search through all of them finds, and impossible only where none is.
use gridcore::control::{Control, Stopped};
use gridcore::solve::roster::{
    Candidate, Proof, Roster, RosterError, RosterFault, RosterProblem, Seat, Step, Violation, roster,
};
use proptest::prelude::*;

/// A small problem in plain tables.
#[derive(Clone, Debug)]
struct Plain {
    free: Vec<u32>,
    most: Vec<u32>,
    seats: Vec<Seat>,
    candidates: Vec<Candidate>,
    load_weight: i64,
}

impl Plain {
    fn problem(&self) -> RosterProblem {
        let Self { free, most, seats, candidates, load_weight } = self.clone();
        RosterProblem::new(free, most, seats, &candidates, load_weight).expect("it is sound")
    }

    /// Every schedule of a worker: the seats taken, which keep the rests and the worker's most.
    fn schedules(&self, worker: u32) -> Vec<Vec<Candidate>> {
        let mut all: Vec<Vec<Candidate>> = vec![Vec::new()];
        for slot in 0..self.free.len() as u32 {
            for schedule in all.clone() {
                let rested = schedule.iter().all(|last| self.free[self.slot(last) as usize] <= slot);
                if !rested || schedule.len() as u32 >= self.most[worker as usize] {
                    continue;
                }
                let here =
                    |candidate: &&Candidate| candidate.worker == worker && self.slot(candidate) == slot;
                for &candidate in self.candidates.iter().filter(here) {
                    let mut longer = schedule.clone();
                    longer.push(candidate);
                    all.push(longer);
                }
            }
        }
        all
    }

    fn slot(&self, candidate: &Candidate) -> u32 {
        self.seats[candidate.seat as usize].slot
    }

    /// The cheapest roster, by trying all schedules of all workers.
    fn cheapest(&self) -> Option<i64> {
        fn go(
            plain: &Plain,
            worker: u32,
            missing: &mut Vec<u32>,
            cost: i64,
            busiest: u32,
            best: &mut Option<i64>,
        ) {
            if worker as usize == plain.most.len() {
                if missing.iter().all(|&missing| missing == 0) {
                    let cost = cost + i64::from(busiest) * plain.load_weight;
                    *best = Some(best.map_or(cost, |best| best.min(cost)));
                }
                return;
            }
            for schedule in plain.schedules(worker) {
                if schedule.iter().any(|candidate| missing[candidate.seat as usize] == 0) {
                    continue;
                }
                let more: i64 = schedule.iter().map(|candidate| candidate.cost).sum();
                for candidate in &schedule {
                    missing[candidate.seat as usize] -= 1;
                }
                go(plain, worker + 1, missing, cost + more, busiest.max(schedule.len() as u32), best);
                for candidate in &schedule {
                    missing[candidate.seat as usize] += 1;
                }
            }
        }
        let mut best = None;
        go(self, 0, &mut self.seats.iter().map(|seat| seat.need).collect(), 0, 0, &mut best);
        best
    }
}

fn plain() -> impl Strategy<Value = Plain> {
    (2_u32..6, 1_u32..4, 1_usize..6, 0_i64..8).prop_flat_map(|(slots, workers, seats, load_weight)| {
        let free: Vec<_> = (0..slots).map(|slot| slot + 1..slots + 1).collect();
        let seat = (0..slots, 0_u32..3).prop_map(|(slot, need)| Seat { slot, need });
        let able =
            proptest::collection::vec(proptest::option::weighted(0.7, -3_i64..6), workers as usize * seats);
        let most = proptest::collection::vec(0_u32..5, workers as usize);
        (free, most, proptest::collection::vec(seat, seats), able).prop_map(
            move |(free, most, seats, able)| {
                let pairs =
                    (0..workers).flat_map(|worker| (0..seats.len() as u32).map(move |seat| (worker, seat)));
                let candidates = pairs
                    .zip(able)
                    .filter_map(|((worker, seat), cost)| Some(Candidate { worker, seat, cost: cost? }))
                    .collect();
                Plain { free, most, seats, candidates, load_weight }
            },
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn as_cheap_as_any(plain in plain()) {
        let problem = plain.problem();
        match (roster(&problem, &mut Control::free()), plain.cheapest()) {
            (Ok(found), Some(cheapest)) => {
                prop_assert_eq!(found.verify(&problem), Ok(()));
                prop_assert_eq!(found.cost, i128::from(cheapest));
                prop_assert!(found.is_optimal(), "bound {}", found.bound);
            }
            (Err(RosterError::Impossible(shortage)), None) => prop_assert_eq!(shortage.verify(&problem), Ok(())),
            (Err(RosterError::Exhausted), None) => {}
            (found, cheapest) => prop_assert!(false, "{:?} where {:?} is right", found, cheapest),
        }
    }

    /// The order of candidates says nothing.
    #[test]
    fn order_of_candidates_says_nothing(plain in plain()) {
        let problem = plain.problem();
        let mut turned = plain.clone();
        turned.candidates.reverse();
        prop_assert_eq!(roster(&problem, &mut Control::free()), roster(&turned.problem(), &mut Control::free()));
    }
}

/// Three shifts a day at three sites over a week, 25 workers, no morning after a night.
fn week() -> (Plain, RosterProblem) {
    let (days, sites, workers) = (7_u32, 3_u32, 25_u32);
    let free =
        (0..days * 3).map(|slot| ((slot / 3 + 1) * 3 + u32::from(slot % 3 == 2)).min(days * 3)).collect();
    let seats: Vec<Seat> = (0..days * 3)
        .flat_map(|slot| (0..sites).map(move |site| Seat { slot, need: 1 + (slot + site) % 2 }))
        .collect();
    let mut candidates = Vec::new();
    for worker in 0..workers {
        for (seat, &Seat { slot, .. }) in (0_u32..).zip(&seats) {
            let site = seat % sites;
            if (worker * 7 + site * 3) % 5 < 3 && (worker * 5 + slot / 3 * 3) % 7 > 0 {
                candidates.push(Candidate { worker, seat, cost: i64::from((worker * 13 + site * 29) % 10) });
            }
        }
    }
    let plain = Plain { free, most: vec![days; workers as usize], seats, candidates, load_weight: 1000 };
    let problem = plain.problem();
    (plain, problem)
}

#[test]
fn a_week_is_staffed_and_proved() {
    let (_, problem) = week();
    let found = roster(&problem, &mut Control::free()).expect("there are enough workers");
    assert_eq!(found.verify(&problem), Ok(()));
    assert!(found.is_optimal(), "{} against {}", found.cost, found.bound);
}

#[test]
fn a_limit_ends_the_work_with_what_there_is_or_says_so() {
    let (_, problem) = week();
    let Err(error) = roster(&problem, &mut Control::limited(10)) else {
        panic!("nothing is found that soon")
    };
    assert_eq!(error, RosterError::Stopped(Stopped::Limit));
    let whole = roster(&problem, &mut Control::free()).expect("there are enough workers");
    for limit in [10_000, 100_000, 1_000_000] {
        match roster(&problem, &mut Control::limited(limit)) {
            Ok(found) => {
                assert_eq!(found.verify(&problem), Ok(()));
                assert!(found.bound <= whole.cost && found.cost >= whole.cost);
            }
            Err(error) => assert_eq!(error, RosterError::Stopped(Stopped::Limit)),
        }
    }
}

#[test]
fn the_verifier_sees_what_is_wrong() {
    let (_, problem) = week();
    let sound = roster(&problem, &mut Control::free()).expect("there are enough workers");
    let check = |change: &dyn Fn(&mut Roster)| {
        let mut roster = sound.clone();
        change(&mut roster);
        roster.verify(&problem)
    };
    assert_eq!(check(&|roster| roster.cost -= 1), Err(Violation::Cost));
    assert_eq!(check(&|roster| roster.bound += 1), Err(Violation::Bound));
    assert_eq!(check(&|roster| roster.takes.truncate(roster.takes.len() - 1)), Err(Violation::Need));
    assert_eq!(check(&|roster| roster.takes.push((99, 0))), Err(Violation::NoCandidate));
    assert_eq!(check(&|roster| roster.proof = Proof::default()), Err(Violation::Proof));
    assert_eq!(
        check(&|roster| roster.proof.loads[0] = vec![Step::Split { worker: 0, first: 0, second: 20 }]),
        Err(Violation::Proof)
    );
    // The same worker twice in a row.
    let seat_of = |slot: u32| {
        problem.seats().iter().position(|seat| seat.slot == slot).expect("every slot has one") as u32
    };
    let mut roster = sound.clone();
    roster.takes.extend([(0, seat_of(0)), (0, seat_of(1))]);
    assert!(roster.verify(&problem).is_err());
}

#[test]
fn faults_are_all_told() {
    let seats = vec![Seat { slot: 5, need: 1 }];
    let candidates = [Candidate { worker: 3, seat: 0, cost: 0 }, Candidate { worker: 0, seat: 1, cost: 0 }];
    let Err(RosterError::Malformed(faults)) = RosterProblem::new(vec![0, 9], vec![1], seats, &candidates, -1)
    else {
        panic!("it is malformed")
    };
    let codes: Vec<_> = faults.iter().map(RosterFault::code).collect();
    let expected =
        ["bad_free", "bad_free", "unknown_slot", "unknown_worker", "unknown_seat", "negative_load_weight"];
    assert_eq!(codes, expected);
    let dear = [Candidate { worker: 0, seat: 0, cost: i64::MIN }];
    let seats = vec![Seat { slot: 0, need: 1 }];
    let error = RosterProblem::new(vec![1], vec![1], seats, &dear, 0).map(drop);
    assert_eq!(error, Err(RosterError::Overflow));
}
