//! How reports cross: as plain objects whose keys are the core's own, missing values as `null`.

use gridcore::Fault;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;

use crate::error::{Answer, faulty};

/// A report as a plain object.
///
/// A whole number beyond 2⁵³ − 1 is refused rather than rounded.
pub(crate) fn plain<T: Serialize + ?Sized>(report: &T) -> Answer {
    report.serialize(&Serializer::json_compatible()).map_err(|error| {
        faulty(Fault {
            code: "number_too_large".to_owned(),
            message: format!("the answer has no JavaScript form: {error}"),
            message_zh: format!("结果无法以 JavaScript 的值表示：{error}"),
            ..Fault::default()
        })
    })
}

/// A count as a number; refused beyond 2⁵³ − 1.
pub(crate) fn count(value: u64) -> Answer {
    plain(&value)
}
