//! How long work is watched: a callback that hears of progress and may stop the work, and a limit in units of work.

use std::ops::ControlFlow;

use gridcore::control::{Control, Progress};
use js_sys::Function;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{Options, wrong};
use crate::report::plain;

/// The wishes of a caller about long work: `limit` in units of work, and `progress`, a function.
pub(crate) struct Watch<'w>(&'w JsValue);

impl<'w> Watch<'w> {
    pub(crate) fn new(options: &'w JsValue) -> Self {
        Self(options)
    }

    /// Runs the work under the wishes. What the callback throws is thrown again; false from it stops the work.
    pub(crate) fn run<T>(&self, work: impl FnOnce(&mut Control<'_>) -> T) -> Result<T, JsValue> {
        let options = Options::new("options", self.0, &["limit", "progress"])?;
        let limit = options.size("limit")?;
        let control = limit.map_or_else(Control::free, |units| Control::limited(units as u64));
        let Some(progress) = options.get("progress")? else {
            let mut control = control;
            return Ok(work(&mut control));
        };
        let progress: Function =
            progress.dyn_into().map_err(|value| wrong("progress", &value, ("a function", "函数")))?;
        let mut thrown = None;
        let mut watch = |Progress { done, total }: Progress| {
            let heard =
                plain(&Progress { done, total }).and_then(|value| progress.call1(&JsValue::NULL, &value));
            match heard {
                Ok(value) if value.as_bool() == Some(false) => ControlFlow::Break(()),
                Ok(_) => ControlFlow::Continue(()),
                Err(error) => {
                    thrown = Some(error);
                    ControlFlow::Break(())
                }
            }
        };
        let mut control = control.watched(&mut watch);
        let answer = work(&mut control);
        thrown.map_or(Ok(answer), Err)
    }
}
