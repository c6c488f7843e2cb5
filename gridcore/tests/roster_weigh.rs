//! Weights of models that come from outside.

use gridcore::Problem;
use gridcore::roster::{ComparisonKind, ComparisonModel, LevelModel, Model, ModelError};
use proptest::prelude::*;

fn any_model() -> impl Strategy<Value = Model> {
    let level = (0.001..0.999_f64, 0.001..0.999_f64);
    let comparison = proptest::collection::vec(level, 1..=15);
    (0.0001..0.9_f64, proptest::collection::vec(comparison, 1..=16)).prop_map(|(prior, comparisons)| {
        let comparison = |(place, levels): (usize, Vec<(f64, f64)>)| ComparisonModel {
            name: format!("c{place}"),
            kind: ComparisonKind::Text,
            levels: levels
                .into_iter()
                .enumerate()
                .map(|(at, (m, u))| LevelModel { level: format!("l{at}"), m, u })
                .collect(),
            term_frequency: place % 2 == 0,
        };
        let comparisons = comparisons.into_iter().enumerate().map(comparison).collect();
        Model { prior, comparisons, others: Vec::new() }
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_weight_is_the_prior_and_the_sum_of_its_levels(model in any_model(), picks in proptest::collection::vec(0..16_usize, 16)) {
        let levels: Vec<usize> =
            model.comparisons.iter().zip(&picks).map(|(of, pick)| pick % (of.levels.len() + 1)).collect();
        let factor = |(of, &level): (&ComparisonModel, &usize)| match level {
            0 => 1.0,
            level => of.levels[level - 1].m / of.levels[level - 1].u,
        };
        let odds: f64 = model.comparisons.iter().zip(&levels).map(factor).product();
        let direct = (odds * model.prior / (1.0 - model.prior)).log2();
        prop_assert!(model.weight(&levels).is_some_and(|weight| (weight - direct).abs() < 1e-9));
        // Levels that the model does not have, too few and too many.
        let mut other = levels.clone();
        other[0] = model.comparisons[0].levels.len() + 1;
        prop_assert_eq!(model.weight(&other), None);
        prop_assert_eq!(model.weight(&levels[1..]), None);
    }

    #[test]
    fn a_model_survives_splink_and_json(model in any_model()) {
        prop_assert_eq!(Model::from_splink(&model.to_splink()), Ok(model.clone()));
        let text = serde_json::to_string(&model).expect("a model is JSON");
        prop_assert_eq!(serde_json::from_str::<Model>(&text).expect("and back"), model);
    }
}

#[test]
fn what_is_no_model_is_told_by_its_place() {
    let comparison = |levels: &str| {
        format!(
            r#"{{"probability_two_random_records_match": 0.5, "comparisons": [{{"comparison_levels": {levels}}}]}}"#
        )
    };
    let cases = [
        ("[".to_owned(), "model_malformed"),
        ("{}".to_owned(), "model_malformed"),
        (comparison("3"), "model_malformed"),
        (comparison("[]"), "model_size"),
        (comparison(r#"[{"m_probability": 2.0, "u_probability": 0.5}]"#), "model_probability"),
        (comparison(r#"[{"m_probability": "x", "u_probability": 0.5}]"#), "model_malformed"),
    ];
    for (text, code) in cases {
        let error: ModelError = Model::from_splink(&text).expect_err("no model");
        assert_eq!(error.code(), code);
        assert_eq!(error.faults().len(), 1);
    }
}
