//! Code schemes.

use gridcore::GridCode;
use gridcore::tree::CodeScheme;
use pyo3::prelude::*;

use crate::error::{fault_error, raised};
use crate::report::{or_refuse, to_json};
use crate::tree::{read_code, read_json};

/// A code scheme (编码方案): named segments, nested by prefix or not.
#[pyclass(frozen, module = "gridcore._gridcore", name = "Scheme")]
pub(crate) struct Scheme {
    core: CodeScheme,
}

#[pymethods]
#[expect(clippy::needless_pass_by_value, reason = "Python hands its arguments over")]
#[expect(clippy::wrong_self_convention, reason = "the core's name: a scheme makes a code from a number")]
impl Scheme {
    /// A scheme built in, by its name, or a definition as JSON.
    #[new]
    fn new(py: Python<'_>, definition: &str) -> PyResult<Self> {
        Ok(Self {
            core: read_json(py, "code_scheme", definition, CodeScheme::builtin, &CodeScheme::BUILTINS)?,
        })
    }

    /// The definition as JSON.
    fn definition(&self) -> PyResult<String> {
        to_json(self.core.definition())
    }

    /// The lengths that a code may have, in characters.
    fn lengths(&self) -> Vec<usize> {
        self.core.lengths()
    }

    /// Whether a code begins with its parent's.
    fn nests(&self) -> bool {
        self.core.nests()
    }

    /// Whether codes may come as whole numbers.
    fn takes_integers(&self) -> bool {
        self.core.takes_integers()
    }

    /// Raises what is wrong with a code, if anything is.
    fn check(&self, py: Python<'_>, code: &str) -> PyResult<()> {
        self.core.check(code).map_err(|fault| fault_error(py, &fault.to_fault()))
    }

    /// The parts of a code, as JSON.
    fn parse(&self, py: Python<'_>, code: &str) -> PyResult<String> {
        match self.core.parse(code) {
            Ok(parsed) => to_json(&parsed),
            Err(fault) => Err(fault_error(py, &fault.to_fault())),
        }
    }

    /// The code that is made of parts: pairs of a segment and its value.
    fn format(&self, py: Python<'_>, parts: Vec<(String, String)>) -> PyResult<String> {
        let parts: Vec<(&str, &str)> =
            parts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ok(or_refuse(py, self.core.format(&parts))?.to_string())
    }

    /// The code of the parent, where codes nest.
    fn parent_of(&self, py: Python<'_>, code: &str) -> PyResult<Option<String>> {
        Ok(self.core.parent_of(&read_code(py, code)?).map(|code| code.to_string()))
    }

    /// Whether a code may stand beneath another.
    fn extends(&self, parent: &str, child: &str) -> bool {
        self.core.extends(parent, child)
    }

    /// The code that a whole number stands for.
    fn from_integer(&self, number: u64) -> Option<String> {
        self.core.from_integer(number).map(|code| code.to_string())
    }

    /// The code without the zeros that fill it up.
    fn strip(&self, py: Python<'_>, code: &str) -> PyResult<String> {
        match self.core.strip(code) {
            Ok(code) => Ok(code.to_string()),
            Err(fault) => Err(fault_error(py, &fault.to_fault())),
        }
    }

    /// Whether the scheme has room for so many children of each parent, as JSON.
    fn capacity_check(&self, py: Python<'_>, children: Vec<(String, u64)>) -> PyResult<String> {
        let children = children
            .into_iter()
            .map(|(code, count)| Ok((read_code(py, &code)?, count)))
            .collect::<PyResult<Vec<(GridCode, u64)>>>()?;
        to_json(&self.core.capacity_check(&children))
    }

    /// What overflows if a total is spread evenly over so many parents, as JSON; None if nothing does.
    fn spread_check(&self, py: Python<'_>, total: u64, parents: u64) -> PyResult<Option<String>> {
        if parents == 0 {
            return Err(raised(py, "no_parent", "there is no parent to spread over".to_owned(), &[]));
        }
        self.core.spread_check(total, parents).map(|overflow| to_json(&overflow)).transpose()
    }
}
