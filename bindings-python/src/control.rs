//! The reins of long work in Python: a limit, a callback that hears of progress, and Ctrl-C.

use std::ops::ControlFlow;
use std::time::{Duration, Instant};

use gridcore::control::{Control, Progress};
use pyo3::prelude::*;

/// How often Python is asked whether the work may go on.
const EVERY: Duration = Duration::from_millis(50);

/// What a caller wants of long work: at most so many units, and who hears of its progress.
#[derive(FromPyObject)]
pub(crate) struct Reins {
    #[pyo3(item)]
    limit: Option<u64>,
    #[pyo3(item)]
    watch: Option<Py<PyAny>>,
}

impl Reins {
    /// Works without the interpreter's lock, and asks now and then whether a signal has come in or the callback raises.
    pub(crate) fn run<T, E>(
        self,
        py: Python<'_>,
        work: impl FnOnce(&mut Control<'_>) -> Result<T, E> + Send,
    ) -> PyResult<Result<T, E>>
    where
        T: Send,
        E: Send,
    {
        let mut raised = None;
        let done = py.detach(|| {
            // Asked at the first word of the work, however short it is, and then now and then.
            let mut asked: Option<Instant> = None;
            let mut watch = |progress: Progress| {
                if asked.is_some_and(|asked| asked.elapsed() < EVERY) {
                    return ControlFlow::Continue(());
                }
                let answer = Python::attach(|py| self.ask(py, progress));
                asked = Some(Instant::now());
                match answer {
                    Ok(()) => ControlFlow::Continue(()),
                    Err(error) => {
                        raised = Some(error);
                        ControlFlow::Break(())
                    }
                }
            };
            let control = self.limit.map_or_else(Control::free, Control::limited);
            work(&mut control.watched(&mut watch))
        });
        raised.map_or(Ok(done), Err)
    }

    fn ask(&self, py: Python<'_>, progress: Progress) -> PyResult<()> {
        py.check_signals()?;
        if let Some(watch) = &self.watch {
            watch.call1(py, (progress.done, progress.total))?;
        }
        Ok(())
    }
}
