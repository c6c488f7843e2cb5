//! Models from and to the settings of Splink, and the checks of a model that comes from outside.

use std::fmt;

use serde_json::{Value, json};

use super::super::pairs::MOST_COMPARISONS;
use super::super::{ComparisonKind, ComparisonModel, LevelModel, Model};
use super::Weights;
use crate::error::{Fault, Problem};

/// What can be wrong with a model.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ModelError {
    /// It is not JSON, or not of the form it should have; where, as a path such as `comparisons[1].m_probability`.
    Malformed {
        /// The place.
        path: String,
    },
    /// There are no comparisons, or more than 16; or one has no levels, or more than 15.
    TooMany {
        /// The place.
        path: String,
    },
    /// A comparison has another number of levels than the rosters call for.
    Levels {
        /// The place.
        path: String,
    },
    /// A probability is not between 0 and 1.
    Probability {
        /// The place.
        path: String,
    },
    /// A comparison that the rosters do not call for: most likely its name is another than that of the column.
    Unknown {
        /// The place.
        path: String,
    },
    /// Two comparisons have the same name.
    Repeated {
        /// The place of the second.
        path: String,
    },
    /// The prior is 0 or 1, or all levels of a comparison have the probability 0, so that nothing is left to weigh.
    Certain {
        /// The place.
        path: String,
    },
}

impl ModelError {
    fn path(&self) -> &str {
        match self {
            Self::Malformed { path }
            | Self::TooMany { path }
            | Self::Levels { path }
            | Self::Probability { path }
            | Self::Unknown { path }
            | Self::Repeated { path }
            | Self::Certain { path } => path,
        }
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { path } => write!(f, "the model is not as it should be at {path}"),
            Self::TooMany { path } => write!(f, "the model has none or too many at {path}"),
            Self::Levels { path } => {
                write!(f, "the model's {path} has other levels than these rosters call for")
            }
            Self::Probability { path } => write!(f, "the model's number at {path} is no probability"),
            Self::Unknown { path } => {
                write!(f, "the rosters call for no comparison such as the model's {path}")
            }
            Self::Repeated { path } => write!(f, "the model's {path} is there twice"),
            Self::Certain { path } => write!(f, "the model leaves nothing to weigh at {path}"),
        }
    }
}

impl std::error::Error for ModelError {}

impl Problem for ModelError {
    fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "model_malformed",
            Self::TooMany { .. } => "model_size",
            Self::Levels { .. } => "model_levels",
            Self::Probability { .. } => "model_probability",
            Self::Unknown { .. } => "model_unknown",
            Self::Repeated { .. } => "model_repeated",
            Self::Certain { .. } => "model_certain",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let path = self.path();
        let (zh, remedy, remedy_zh) = match self {
            Self::Malformed { .. } => (
                format!("模型在 {path} 处格式不对"),
                "pass settings saved by this package or by Splink",
                "请使用本软件或 Splink 保存的模型",
            ),
            Self::TooMany { .. } => (
                format!("模型在 {path} 处的数量为零或过多"),
                "use 1 to 16 comparisons with 1 to 15 levels each",
                "比较项应为 1 至 16 个,每项 1 至 15 级",
            ),
            Self::Levels { .. } => (
                format!("模型的 {path} 与这些名册的比较级别不符"),
                "use a model trained on rosters with the same columns",
                "请使用由相同列的名册训练的模型",
            ),
            Self::Probability { .. } => (
                format!("模型在 {path} 处的数不是概率"),
                "give a number from 0 to 1",
                "请给出 0 到 1 之间的数",
            ),
            Self::Unknown { .. } => (
                format!("名册没有与模型的 {path} 对应的比较项"),
                "name the comparison as the model of these rosters does, or leave it out",
                "请按这些名册的模型命名该比较项，或删去",
            ),
            Self::Repeated { .. } => {
                (format!("模型的 {path} 重复"), "leave one of the two out", "请删去其中一项")
            }
            Self::Certain { .. } => (
                format!("模型在 {path} 处没有可衡量的余地"),
                "give probabilities above 0 and below 1, such as 0.001",
                "请给出大于 0 且小于 1 的概率，如 0.001",
            ),
        };
        vec![Fault::new(self.code()).says(self.to_string(), zh).remedy(remedy, remedy_zh)]
    }
}

impl Model {
    /// Takes a model over from the settings of Splink, as `linker.misc.save_model_to_json` writes them: the probabilities of
    /// the levels and that of two random records to match. Levels for missing values fall away, since a missing value has no
    /// level here.
    ///
    /// ```
    /// use gridcore::roster::Model;
    /// let settings = r#"{"probability_two_random_records_match": 0.5, "comparisons": [{"output_column_name": "name",
    ///     "comparison_levels": [{"sql_condition": "name_l is null", "is_null_level": true},
    ///         {"sql_condition": "name_l = name_r", "m_probability": 0.8, "u_probability": 0.1},
    ///         {"sql_condition": "ELSE", "m_probability": 0.2, "u_probability": 0.9}]}]}"#;
    /// let model = Model::from_splink(settings)?;
    /// assert_eq!(model.weight(&[1]), Some(3.0)); // log2(0.8 / 0.1)
    /// # Ok::<(), gridcore::roster::ModelError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ModelError`] with the first place that is not as it should be.
    pub fn from_splink(settings: &str) -> Result<Self, ModelError> {
        let malformed = |path: &str| ModelError::Malformed { path: path.to_owned() };
        let settings: Value = serde_json::from_str(settings).map_err(|_| malformed("settings"))?;
        let prior = number(&settings, "probability_two_random_records_match", "settings")?;
        let list =
            settings.get("comparisons").and_then(Value::as_array).ok_or_else(|| malformed("comparisons"))?;
        let mut comparisons = Vec::new();
        for (place, comparison) in list.iter().enumerate() {
            let path = format!("comparisons[{place}]");
            let levels = comparison.get("comparison_levels").and_then(Value::as_array);
            let levels = levels.ok_or_else(|| malformed(&format!("{path}.comparison_levels")))?;
            let name = comparison.get("output_column_name").and_then(Value::as_str);
            let mut read = ComparisonModel {
                name: name.map_or_else(|| path.clone(), str::to_owned),
                kind: kind(comparison),
                levels: Vec::new(),
                term_frequency: false,
            };
            for (at, level) in levels.iter().enumerate() {
                if level.get("is_null_level").and_then(Value::as_bool) == Some(true) {
                    continue;
                }
                let path = format!("{path}.comparison_levels[{at}]");
                let label = level.get("label_for_charts").or_else(|| level.get("sql_condition"));
                read.levels.push(LevelModel {
                    level: label.and_then(Value::as_str).unwrap_or_default().to_owned(),
                    m: number(level, "m_probability", &path)?,
                    u: number(level, "u_probability", &path)?,
                });
                read.term_frequency |=
                    level.get("tf_adjustment_column").is_some_and(|column| !column.is_null());
            }
            comparisons.push(read);
        }
        let model = Self { prior, comparisons, others: Vec::new() };
        model.check()?;
        Ok(model)
    }

    /// The model as settings of Splink, which score to the same weights where `others` is empty; the conditions are left as
    /// names, since they are not SQL.
    ///
    /// ```
    /// use gridcore::roster::{ComparisonKind, ComparisonModel, LevelModel, Model};
    /// let levels = [("exact", 0.9, 0.01), ("else", 0.1, 0.99)];
    /// let levels = levels.map(|(level, m, u)| LevelModel { level: level.into(), m, u }).to_vec();
    /// let name = ComparisonModel { name: "name".into(), kind: ComparisonKind::Name, levels, term_frequency: false };
    /// let model = Model { prior: 0.25, comparisons: vec![name], others: vec![] };
    /// assert_eq!(Model::from_splink(&model.to_splink())?, model);
    /// # Ok::<(), gridcore::roster::ModelError>(())
    /// ```
    #[must_use]
    pub fn to_splink(&self) -> String {
        let comparison = |comparison: &ComparisonModel| {
            let mut levels = vec![
                json!({ "sql_condition": "missing", "label_for_charts": "missing", "is_null_level": true }),
            ];
            levels.extend(comparison.levels.iter().enumerate().map(|(at, level)| {
                let mut written = json!({
                    "sql_condition": level.level,
                    "label_for_charts": level.level,
                    "m_probability": level.m,
                    "u_probability": level.u,
                });
                if at == 0 && comparison.term_frequency {
                    written["tf_adjustment_column"] = json!(comparison.name);
                }
                written
            }));
            json!({
                "output_column_name": comparison.name,
                "comparison_description": comparison.kind,
                "comparison_levels": levels,
            })
        };
        let comparisons: Vec<Value> = self.comparisons.iter().map(comparison).collect();
        json!({ "probability_two_random_records_match": self.prior, "comparisons": comparisons }).to_string()
    }

    /// Checks a model that was written elsewhere.
    ///
    /// # Errors
    ///
    /// [`ModelError`] with the first place that is not as it should be.
    ///
    /// # Complexity
    ///
    /// O(l) for l levels.
    ///
    /// ```
    /// use gridcore::roster::{ComparisonKind, ComparisonModel, LevelModel, Model};
    /// let level = |level: &str, m, u| LevelModel { level: level.to_owned(), m, u };
    /// let levels = vec![level("exact", 0.9, 0.1), level("else", 0.1, 0.9)];
    /// let name = ComparisonModel { name: "name".to_owned(), kind: ComparisonKind::Exact, levels, term_frequency: false };
    /// let model = Model { prior: 0.5, comparisons: vec![name], others: Vec::new() };
    /// assert_eq!(model.check(), Ok(()));
    /// let weight = model.weight(&[1]).expect("there is a level 1");
    /// assert!((weight - 9.0_f64.log2()).abs() < 1e-12);
    /// assert_eq!((model.weight(&[3]), model.weight(&[])), (None, None));
    /// ```
    pub fn check(&self) -> Result<(), ModelError> {
        let many = |path: String| ModelError::TooMany { path };
        let probability = |p: f64, path: &dyn Fn() -> String| match p {
            0.0..=1.0 => Ok(()),
            _ => Err(ModelError::Probability { path: path() }),
        };
        probability(self.prior, &|| "prior".to_owned())?;
        if !(1..=MOST_COMPARISONS).contains(&self.comparisons.len()) {
            return Err(many("comparisons".to_owned()));
        }
        for (place, comparison) in self.comparisons.iter().enumerate() {
            if !(1..=15).contains(&comparison.levels.len()) {
                return Err(many(format!("comparisons[{place}].levels")));
            }
            for (at, level) in comparison.levels.iter().enumerate() {
                probability(level.m, &|| format!("comparisons[{place}].levels[{at}].m"))?;
                probability(level.u, &|| format!("comparisons[{place}].levels[{at}].u"))?;
            }
        }
        if self.others.len() > 16 {
            return Err(many("others".to_owned()));
        }
        for (kind, other) in self.others.iter().enumerate() {
            probability(other.share, &|| format!("others[{kind}].share"))?;
            let fits = other.u.len() == self.comparisons.len()
                && other
                    .u
                    .iter()
                    .zip(&self.comparisons)
                    .all(|(u, comparison)| u.len() == comparison.levels.len());
            if !fits {
                return Err(ModelError::Malformed { path: format!("others[{kind}].u") });
            }
            for (place, u) in other.u.iter().enumerate() {
                for (at, &u) in u.iter().enumerate() {
                    probability(u, &|| format!("others[{kind}].u[{place}][{at}]"))?;
                }
            }
        }
        Ok(())
    }

    /// What is worth knowing of a model from outside: comparisons whose probabilities are far from making 1 together.
    pub(crate) fn notes(&self) -> Vec<Fault> {
        let mut notes = Vec::new();
        for (place, comparison) in self.comparisons.iter().enumerate() {
            for (of, sum) in sums(comparison) {
                if (sum - 1.0).abs() > SLACK {
                    let path = format!("comparisons[{place}].{of}");
                    let (en, zh) = (
                        format!("the model's probabilities at {path} make {sum:.2} together, not 1"),
                        format!("模型在 {path} 处的概率之和为 {sum:.2}，不是 1"),
                    );
                    let (remedy, remedy_zh) = ("give each level its part of 1", "请使各级概率之和为 1");
                    notes.push(Fault::new("model_sum").says(en, zh).remedy(remedy, remedy_zh));
                }
            }
        }
        notes
    }

    /// Whether a model that is sound by itself can weigh these comparisons.
    fn suits(&self, shape: &[ComparisonModel]) -> Result<(), ModelError> {
        if self.prior <= 0.0 || self.prior >= 1.0 {
            return Err(ModelError::Certain { path: "prior".to_owned() });
        }
        for (place, comparison) in self.comparisons.iter().enumerate() {
            let path = format!("comparisons[{place}]");
            if self.comparisons[..place].iter().any(|other| other.name == comparison.name) {
                return Err(ModelError::Repeated { path });
            }
            if shape.iter().all(|wanted| wanted.name != comparison.name) {
                return Err(ModelError::Unknown { path });
            }
            if let Some((of, _)) = sums(comparison).into_iter().find(|(_, sum)| *sum <= 0.0) {
                return Err(ModelError::Certain { path: format!("{path}.{of}") });
            }
        }
        Ok(())
    }

    /// The model for these comparisons, in their order, found by name: one that it does not have says nothing.
    pub(crate) fn fitted(&self, shape: &[ComparisonModel]) -> Result<Self, ModelError> {
        self.check()?;
        self.suits(shape)?;
        let mut fitted = Self { comparisons: Vec::new(), ..self.clone() };
        fitted.others.iter_mut().for_each(|kind| kind.u.clear());
        for wanted in shape {
            let found = self.comparisons.iter().position(|own| own.name == wanted.name);
            let Some(found) = found else {
                let mut silent = wanted.clone();
                let even = 1.0 / silent.levels.len().max(1) as f64;
                silent.levels.iter_mut().for_each(|level| (level.m, level.u) = (even, even));
                silent.term_frequency = false;
                for kind in &mut fitted.others {
                    kind.u.push(vec![even; silent.levels.len()]);
                }
                fitted.comparisons.push(silent);
                continue;
            };
            let own = &self.comparisons[found];
            if own.levels.len() != wanted.levels.len() {
                return Err(ModelError::Levels { path: format!("comparisons[{found}]") });
            }
            for (kind, whole) in fitted.others.iter_mut().zip(&self.others) {
                kind.u.push(whole.u[found].clone());
            }
            fitted.comparisons.push(ComparisonModel { kind: wanted.kind, ..own.clone() });
        }
        Ok(fitted)
    }

    /// The weight of a pair, log2 of the odds that it is of the same person, from the level of each comparison: 0 is a
    /// missing value, 1 the first level. `None` unless there is a level for each comparison, and the comparison has it.
    /// [`check`](Self::check) has an example.
    ///
    /// # Complexity
    ///
    /// O(l) for l levels: the logarithms are taken anew for each call.
    #[must_use]
    pub fn weight(&self, levels: &[usize]) -> Option<f64> {
        let fits = levels.len() == self.comparisons.len()
            && levels.len() <= MOST_COMPARISONS
            && levels.iter().zip(&self.comparisons).all(|(&level, of)| level <= of.levels.len().min(15));
        let pack = |packed, (place, level): (usize, &usize)| packed | (*level as u64) << (4 * place);
        fits.then(|| Weights::new(self).weight(levels.iter().enumerate().fold(0, pack)))
    }
}

/// How far the probabilities of a comparison may be from making 1: those of Splink are medians, level by level.
const SLACK: f64 = 0.05;

/// The sums of a comparison's probabilities.
fn sums(comparison: &ComparisonModel) -> [(&'static str, f64); 2] {
    let levels = &comparison.levels;
    [("m", levels.iter().map(|level| level.m).sum()), ("u", levels.iter().map(|level| level.u).sum())]
}

fn number(of: &Value, key: &str, path: &str) -> Result<f64, ModelError> {
    of.get(key).and_then(Value::as_f64).ok_or_else(|| ModelError::Malformed { path: format!("{path}.{key}") })
}

/// Splink says what a comparison is about in words only; our own words are read back.
fn kind(comparison: &Value) -> ComparisonKind {
    comparison
        .get("comparison_description")
        .and_then(|words| serde_json::from_value(words.clone()).ok())
        .unwrap_or(ComparisonKind::Exact)
}
