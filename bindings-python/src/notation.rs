//! Layout notation, rounded claims and apportionment.

use gridcore::tree::{Apportion, ApportionMethod, ApportionParty, Claim, Layout};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::report::{from_json, or_refuse, to_json};

/// A layout as JSON: its text, counts, total and fan-outs.
#[pyfunction]
pub(crate) fn layout_of_text(py: Python<'_>, text: &str) -> PyResult<String> {
    layout_report(&or_refuse(py, text.parse::<Layout>())?)
}

/// The layout of counts, one for each level, as JSON.
#[pyfunction]
pub(crate) fn layout_of_counts(py: Python<'_>, counts: Vec<u64>) -> PyResult<String> {
    layout_report(&or_refuse(py, Layout::new(counts))?)
}

/// Where a layout and counts differ, as JSON.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "Python hands its arguments over")]
pub(crate) fn check_layout(py: Python<'_>, text: &str, counts: Vec<u64>) -> PyResult<String> {
    to_json(&or_refuse(py, text.parse::<Layout>())?.check(&counts))
}

fn layout_report(layout: &Layout) -> PyResult<String> {
    #[derive(serde::Serialize)]
    struct Report<'a> {
        text: String,
        counts: &'a [u64],
        total: u64,
        fan_outs: Vec<Option<f64>>,
    }
    let (counts, total, fan_outs) = (layout.counts(), layout.total(), layout.fan_outs());
    to_json(&Report { text: layout.to_string(), counts, total, fan_outs })
}

/// A rounded claim as JSON: its bounds, rule and measure word.
#[pyfunction]
pub(crate) fn read_claim(py: Python<'_>, text: &str) -> PyResult<String> {
    #[derive(serde::Serialize)]
    struct Report<'a> {
        text: &'a str,
        low: u64,
        high: Option<u64>,
        rule: gridcore::tree::ClaimRule,
        measure: &'a str,
    }
    let claim = or_refuse(py, text.parse::<Claim>())?;
    let (low, high, rule) = (claim.low(), claim.high(), claim.rule());
    to_json(&Report { text: claim.text(), low, high, rule, measure: claim.measure() })
}

/// How a count stands to a rounded claim, as JSON.
#[pyfunction]
pub(crate) fn check_claim(py: Python<'_>, text: &str, count: u64) -> PyResult<String> {
    to_json(&or_refuse(py, text.parse::<Claim>())?.check(count))
}

/// Weights with decimals as whole numbers: each times 10 to the `decimals`.
#[pyfunction]
#[expect(clippy::needless_pass_by_value, reason = "Python hands its arguments over")]
pub(crate) fn scaled_weights(py: Python<'_>, weights: Vec<f64>, decimals: u32) -> PyResult<Vec<u64>> {
    or_refuse(py, gridcore::scaled_weights(&weights, decimals))
}

/// Shares seats among parties (a JSON list) by a method, as JSON.
#[pyfunction]
pub(crate) fn apportion(
    py: Python<'_>,
    seats: u64,
    parties: &str,
    method: &str,
    minimum: u64,
) -> PyResult<String> {
    let parties: Vec<ApportionParty> = from_json("parties", parties)?;
    let method = ApportionMethod::from_name(method).ok_or_else(|| {
        let known: Vec<&str> = ApportionMethod::ALL.iter().map(|method| method.name()).collect();
        PyValueError::new_err(format!("method: {method:?} is none of {}", known.join(", ")))
    })?;
    let wish = Apportion::new(seats, method).minimum(minimum);
    to_json(&or_refuse(py, py.detach(|| wish.among_parties(&parties)))?)
}
