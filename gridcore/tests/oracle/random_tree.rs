//! Random valid trees of every sort: with and without levels, a scheme, a named root, kinds, weights, footprints.

use gridcore::{
    CodeScheme, CodeSegment, GridRow, GridTree, GridTreeBuilder, LevelSchema, Root, SchemeDefinition,
};
use proptest::prelude::*;

/// What one grid is made from.
type Seed = (prop::sample::Index, u8, bool, Option<i32>, Option<f64>);

/// How codes are written.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Codes {
    Digits,
    Texts,
    /// A child's code begins with its parent's, under a scheme that says so.
    Nested,
}

/// Twenty-four segments of two digits, each level one more.
pub(crate) fn nested_scheme() -> CodeScheme {
    let definition = (0..24).fold(SchemeDefinition::nested("pairs", "两位一级"), |definition, level| {
        definition.segment(CodeSegment::digits(&format!("level {level}"), "级", 2))
    });
    definition.build().expect("a sound scheme")
}

fn tree(seeds: &[Seed], codes: Codes, levels: Option<u8>, named: bool) -> GridTree {
    let mut code: Vec<String> = Vec::new();
    let mut level: Vec<u8> = Vec::new();
    let mut children: Vec<usize> = Vec::new();
    let mut rows = Vec::new();
    for (number, (pick, gap, extra, whole, real)) in seeds.iter().enumerate() {
        let parent = (number > 0).then(|| pick.index(number));
        // A chain as long as the scheme is wide starts again from the root.
        let parent = parent.map(|parent| if level[parent] - level[0] > 20 { 0 } else { parent });
        let order = parent.map_or(0, |parent| children[parent]);
        code.push(match (codes, parent) {
            (Codes::Digits, _) => format!("{}", 1000 + number * 7),
            (Codes::Texts, _) => format!("格-{number}"),
            (Codes::Nested, None) if named => "root".to_owned(),
            (Codes::Nested, None) => "10".to_owned(),
            (Codes::Nested, Some(0)) if named => format!("{:02}", order + 1),
            (Codes::Nested, Some(parent)) => format!("{}{:02}", code[parent], order + 1),
        });
        children.push(0);
        let step = if levels.is_some() { 1 + gap % 2 } else { 1 };
        level.push(parent.map_or(levels.unwrap_or(0), |parent| level[parent] + step));
        if let Some(parent) = parent {
            children[parent] += 1;
        }
        let mut row = GridRow::new(code[number].as_str(), format!("name {order}"));
        if let Some(parent) = parent.filter(|&parent| parent > 0 || !named || *extra) {
            row = row.under(code[parent].as_str());
        }
        if levels.is_some() {
            row = row.level(level[number]);
        }
        if gap % 3 == 0 {
            row = row.kind(format!("kind {}", gap % 5));
        }
        if *extra {
            row = row.footprint(format!("{{\"type\":\"Point\",\"coordinates\":[{number},22]}}"));
        }
        if let Some(whole) = whole {
            row = row.weight("households", f64::from(*whole));
        }
        if let Some(real) = real {
            row = row.weight("area", *real);
        }
        rows.push(row);
    }
    let mut builder: GridTreeBuilder = GridTree::builder().schema(LevelSchema::free().allow_skips(true));
    if matches!(codes, Codes::Nested) {
        builder = builder.scheme(nested_scheme());
    }
    if named {
        let root = Root::Named { code: code[0].parse().expect("a code"), name: "the root".to_owned() };
        builder = builder.root(root);
        rows.remove(0);
    }
    builder.from_rows(rows).expect("the rows were made to fit")
}

pub(crate) fn any_tree() -> impl Strategy<Value = GridTree> {
    let seed = (
        any::<prop::sample::Index>(),
        0..15_u8,
        any::<bool>(),
        prop::option::of(-1000..100_000_i32),
        prop::option::of(prop_oneof![
            -1e12..1e12,
            Just(-0.0),
            Just(f64::MIN_POSITIVE),
            any::<f32>().prop_filter("finite", |x| x.is_finite()).prop_map(f64::from)
        ]),
    );
    let codes = prop_oneof![Just(Codes::Digits), Just(Codes::Texts), Just(Codes::Nested)];
    (prop::collection::vec(seed, 2..40), codes, prop::option::of(0..9_u8), any::<bool>())
        .prop_map(|(seeds, codes, levels, named)| tree(&seeds, codes, levels, named))
}
