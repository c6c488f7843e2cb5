//! Each public operation of the tree at three sizes, so that a change of its growth is seen.

use std::sync::OnceLock;

use divan::{Bencher, black_box};
use gridcore::tree::{Edit, Measure, SpanProfile};
use gridcore::{GridIndex, GridTree};
use gridcore_benches::Draw;
use gridcore_benches::national::Register;
use gridcore_benches::synthetic::{self, builder};

const SIZES: [usize; 3] = [1_000, 30_000, 700_000];
const QUERIES: usize = 10_000;

fn main() {
    divan::main();
}

struct Sample {
    file: String,
    table: Register,
    tree: GridTree,
    json: String,
    a: Vec<GridIndex>,
    b: Vec<GridIndex>,
}

fn sample(size: usize) -> &'static Sample {
    static SAMPLES: [OnceLock<Sample>; SIZES.len()] = [const { OnceLock::new() }; SIZES.len()];
    let place = SIZES.iter().position(|&other| other == size).expect("it is one of the sizes");
    SAMPLES[place].get_or_init(|| {
        let file = synthetic::register(size);
        let tree = builder().from_csv(file.as_bytes()).expect("it is sound");
        let mut draw = Draw::new(1);
        let mut grids =
            || (0..QUERIES).filter_map(|_| tree.at(draw.below(tree.len()))).collect::<Vec<GridIndex>>();
        let (a, b) = (grids(), grids());
        Sample { table: Register::read(&file), json: tree.to_json(), a, b, tree, file }
    })
}

/// Benches of one operation each: what is asked of a sample.
macro_rules! operations {
    ($($name:ident: $ask:expr;)*) => {$(
        #[divan::bench(args = SIZES, sample_count = 10, max_time = 0.5)]
        fn $name(bencher: Bencher<'_, '_>, size: usize) {
            let sample = sample(size);
            let ask: fn(&Sample) -> _ = $ask;
            bencher.bench(|| ask(black_box(sample)));
        }
    )*};
}

operations! {
    build_from_columns: |s| builder().from_columns(&s.table.columns());
    build_from_csv: |s| builder().from_csv(s.file.as_bytes());
    build_from_rows: |s| GridTree::from_rows(s.tree.to_rows());
    save: |s| s.tree.to_json();
    load: |s| GridTree::from_json(&s.json);
    to_table: |s| s.tree.to_table();
    to_graph: |s| s.tree.to_graph();
    extract: |s| s.tree.extract(s.tree.children(s.tree.root()).next().unwrap_or_default());
    edit_one: |s| s.tree.edit(&[Edit::rename(s.tree.code(s.a[0]), "renamed")]);
    counts: |s| s.tree.counts();
    spans: |s| s.tree.spans(&SpanProfile::ics());
    supervisors: |s| s.tree.supervisors(7).map(|plan| plan.total());
    total: |s| s.tree.total("count");
    rollup_10k: |s| s.tree.rollup(&s.a, &[Measure::rows("rows"), Measure::mean("mean", &vec![1.5; QUERIES])]);
    index_10k: |s| s.tree.index(s.a.iter().map(|&grid| s.tree.code(grid).to_string()));
    lca_10k: |s| s.tree.lcas(&s.a, &s.b);
    distance_10k: |s| s.tree.distances(&s.a, &s.b);
    is_ancestor_10k: |s| s.tree.are_ancestors(&s.a, &s.b);
    ancestor_at_10k: |s| s.tree.ancestors_at(&s.a, 3);
    parents_10k: |s| s.tree.parents(&s.a);
    path_10k: |s| s.a.iter().map(|&grid| s.tree.path(grid).len()).sum::<usize>();
    leaves: |s| s.tree.leaves(s.tree.root()).count();
    descendants_at: |s| s.tree.descendants_at(s.tree.root(), 3).count();
    children_page: |s| s.tree.children_page(s.tree.root(), 10, 10);
    search_name: |s| s.tree.search("第7号");
    search_pinyin: |s| s.tree.search("dqhwg");
    search_code: |s| s.tree.search("0101");
}
