//! The sample city.

use gridcore::samples;
use serde_json::json;

use super::Op;
use super::map::fnv1a;
use crate::input::json;

pub(super) const OPS: &[(&str, Op)] = &[
    ("samples.editions", |_| json(samples::EDITIONS)),
    ("samples.register", |input| {
        let tree = samples::register(input.get("edition")?)?;
        Ok(json!({ "counts": tree.counts(), "root": tree.to_row(tree.root()) }))
    }),
    ("samples.register_csv", |input| json(fnv1a(samples::register_csv(input.get("edition")?)?))),
    ("samples.zhongshan", |input| {
        let city = input.get::<Option<u64>>("seed")?.map_or_else(samples::zhongshan, samples::zhongshan_with);
        let tree = city.tree();
        let towns: Vec<_> =
            tree.children(tree.root()).map(|town| (tree.code(town), tree.counts_under(town))).collect();
        Ok(json!({
            "counts": tree.counts(),
            "towns": towns,
            "cover": city.cover().len(),
            "fronts": city.fronts().all().len(),
            "staff": city.staff().len(),
            "strength": city.strength_rows().len(),
        }))
    }),
];
