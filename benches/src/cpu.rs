//! CPU time and memory of this process.

/// User and system seconds of all threads so far.
#[must_use]
pub fn now() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// The least CPU seconds of several runs, and the last result.
///
/// # Panics
/// If `runs` is 0.
pub fn best<T>(runs: usize, mut run: impl FnMut() -> T) -> (f64, T) {
    let mut least = f64::INFINITY;
    let mut result = None;
    for _ in 0..runs {
        drop(result.take()); // the memory of one run is not there beside that of the next
        let start = now();
        result = Some(run());
        least = least.min(now() - start);
    }
    (least, result.expect("at least one run"))
}

/// Megabytes of memory that a run took at its peak above what was there before it; none where the system doesn't say.
pub fn peak<T>(run: impl FnOnce() -> T) -> (Option<f64>, T) {
    let reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = status("VmRSS:");
    let result = run();
    let after = status("VmHWM:");
    let above = before.zip(after).filter(|_| reset).map(|(before, after)| (after - before) / 1e3);
    (above, result)
}

/// A line of this process's status, in kilobytes.
fn status(line: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let value = status.lines().find_map(|text| text.strip_prefix(line))?;
    value.trim().trim_end_matches("kB").trim().parse().ok()
}
