//! Reconciliation at three sizes: so many residents of the sample city and the visits to them.

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use gridcore::control::Control;
use gridcore::roster::{Reconciliation, RosterSide, Rules, deduplicate, reconcile};
use gridcore::samples::{self, Residents, Visits};

const SIZES: [usize; 3] = [200, 2_000, 20_000];
const SOUND: &str = "the sample's lists are sound";

fn main() {
    divan::main();
}

struct Sample {
    register: Residents,
    visits: Visits,
    answer: Reconciliation,
}

fn run(register: &Residents, visits: &Visits) -> Reconciliation {
    let tree = samples::zhongshan();
    let (left, right) = (register.table(), visits.table());
    reconcile(&left, &right, &Rules::default(), Some(tree.tree()), &mut Control::free()).expect(SOUND)
}

fn sample(size: usize) -> &'static Sample {
    static SAMPLES: [OnceLock<Sample>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    let place = SIZES.iter().position(|&other| other == size).expect("it is one of the sizes");
    SAMPLES[place].get_or_init(|| {
        let register = samples::zhongshan().residents(size, 1);
        let visits = register.visits(2);
        let answer = run(&register, &visits);
        Sample { register, visits, answer }
    })
}

#[divan::bench(args = SIZES)]
fn reconciliation(bencher: Bencher<'_, '_>, size: usize) {
    let sample = sample(size);
    bencher.bench_local(|| run(&sample.register, &sample.visits));
}

#[divan::bench(args = SIZES)]
fn deduplication(bencher: Bencher<'_, '_>, size: usize) {
    let sample = sample(size);
    bencher.bench_local(|| {
        deduplicate(&sample.visits.table(), &Rules::default(), None, &mut Control::free()).expect(SOUND)
    });
}

#[divan::bench(args = SIZES)]
fn given_model(bencher: Bencher<'_, '_>, size: usize) {
    let sample = sample(size);
    let rules = Rules { model: Some(sample.answer.model().clone()), ..Rules::default() };
    bencher.bench_local(|| {
        let (left, right) = (sample.register.table(), sample.visits.table());
        reconcile(&left, &right, &rules, None, &mut Control::free()).expect(SOUND)
    });
}

#[divan::bench(args = SIZES)]
fn states(bencher: Bencher<'_, '_>, size: usize) {
    let answer = &sample(size).answer;
    bencher.bench_local(|| black_box(answer.states(RosterSide::Left)));
}

#[divan::bench(args = SIZES)]
fn matched(bencher: Bencher<'_, '_>, size: usize) {
    let answer = &sample(size).answer;
    bencher.bench_local(|| black_box(answer.matched().count()));
}

#[divan::bench(args = SIZES)]
fn missing(bencher: Bencher<'_, '_>, size: usize) {
    let answer = &sample(size).answer;
    bencher.bench_local(|| black_box(answer.missing().count()));
}

#[divan::bench(args = SIZES)]
fn residents(bencher: Bencher<'_, '_>, size: usize) {
    bencher.bench_local(|| samples::zhongshan().residents(size, 1));
}

#[divan::bench(args = SIZES)]
fn visits(bencher: Bencher<'_, '_>, size: usize) {
    let register = &sample(size).register;
    bencher.bench_local(|| register.visits(2));
}
