//! Vectors: read from their files, and an answer held against what they expect.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::{Input, Op, Stop};

/// One question with its answer.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vector {
    /// The operation.
    pub op: String,
    /// Its arguments.
    pub input: Map<String, Value>,
    /// The answer, unless an error is expected.
    #[serde(default, deserialize_with = "present")]
    pub expect: Option<Value>,
    /// The error that is expected.
    #[serde(default)]
    pub error: Option<Expected>,
    /// Where the expected value comes from.
    #[serde(default)]
    pub note: Option<String>,
}

/// An error that is expected.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expected {
    /// Its stable code.
    pub code: String,
    /// Its faults, each with the keys that matter.
    pub faults: Vec<Map<String, Value>>,
}

/// A value that is there, even if it is null.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// All vectors, each with the name of its file and its number there.
///
/// # Errors
/// A text that names the file that can't be read, or that holds something else.
pub fn read_all() -> Result<Vec<(String, Vector)>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let list = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = list.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.extension().is_some_and(|end| end == "json"));
    files.sort();
    let mut vectors = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let text = fs::read_to_string(&path).map_err(|error| format!("{name}: {error}"))?;
        let read: Vec<Vector> = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        vectors.extend(
            read.into_iter().enumerate().map(|(number, vector)| (format!("{name}[{number}]"), vector)),
        );
    }
    Ok(vectors)
}

impl Vector {
    /// Asks the question; says what is wrong with the answer, if anything is.
    ///
    /// # Errors
    /// A text that says what was wanted and what came.
    pub fn run(&self, op: Op) -> Result<(), String> {
        let answer = match op(&Input::new(&self.input)) {
            Err(Stop::Vector(text)) => return Err(format!("the vector is wrong: {text}")),
            answer => answer,
        };
        match (&self.expect, &self.error, answer) {
            (Some(wanted), None, Ok(found)) => difference(wanted, &found, "").map_or(Ok(()), Err),
            (None, Some(wanted), Err(Stop::Refused { code, faults })) => {
                if code != wanted.code {
                    return Err(format!("the error is {code}, not {}", wanted.code));
                }
                if faults.len() != wanted.faults.len() {
                    let codes: Vec<_> = faults.iter().map(|fault| (fault.row, &fault.code)).collect();
                    return Err(format!("{} faults, not {}: {codes:?}", faults.len(), wanted.faults.len()));
                }
                for (number, (wanted, fault)) in wanted.faults.iter().zip(&faults).enumerate() {
                    let fault = serde_json::to_value(fault).map_err(|error| error.to_string())?;
                    for (key, wanted) in wanted {
                        let found = fault.get(key).unwrap_or(&Value::Null);
                        if let Some(text) = difference(wanted, found, &format!(".faults[{number}].{key}")) {
                            return Err(text);
                        }
                    }
                }
                Ok(())
            }
            (Some(_), None, Err(Stop::Refused { code, faults })) => {
                Err(format!("refused: {code}, {faults:?}"))
            }
            (None, Some(wanted), Ok(found)) => Err(format!("no error, not {}: {found}", wanted.code)),
            _ => Err("a vector has either `expect` or `error`".to_owned()),
        }
    }
}

/// Where two values differ, if they do; numbers are the same if their 64-bit values are.
#[must_use]
pub fn difference(wanted: &Value, found: &Value, at: &str) -> Option<String> {
    match (wanted, found) {
        (Value::Number(a), Value::Number(b)) => {
            let same = a == b || (a.is_f64() || b.is_f64()) && a.as_f64() == b.as_f64();
            (!same).then(|| format!("{at}: {found}, not {wanted}"))
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => a
            .iter()
            .zip(b)
            .enumerate()
            .find_map(|(number, (a, b))| difference(a, b, &format!("{at}[{number}]"))),
        (Value::Object(a), Value::Object(b)) => a
            .iter()
            .find_map(|(key, wanted)| match b.get(key) {
                Some(found) => difference(wanted, found, &format!("{at}.{key}")),
                None => Some(format!("{at}.{key} is missing")),
            })
            .or_else(|| {
                b.keys().find(|key| !a.contains_key(*key)).map(|key| format!("{at}.{key} is too much"))
            }),
        _ => (wanted != found).then(|| format!("{at}: {found}, not {wanted}")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::difference;

    #[test]
    fn tells_values_apart() {
        assert_eq!(difference(&json!({"a": [1, 0.1]}), &json!({"a": [1.0, 0.1]}), ""), None);
        let other = |wanted, found| difference(&wanted, &found, "").is_some();
        assert!(other(json!(0.1), json!(0.100_000_000_000_000_02)));
        assert!(other(json!(9_007_199_254_740_993_u64), json!(9_007_199_254_740_992_u64)));
        assert!(other(json!(1), json!(true)));
        assert!(other(json!([1]), json!([1, 2])));
        assert!(other(json!({"a": 1}), json!({"a": 1, "b": null})));
        assert!(other(json!({"a": null}), json!({})));
    }
}
