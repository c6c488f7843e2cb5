//! Times with a zone as clocks on the wall there show them: the day of a birth hangs on it.

use std::collections::HashMap;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowTimestampType, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType,
};
use arrow_array::{ArrayRef, PrimitiveArray};
use arrow_schema::{DataType, TimeUnit};
use gridcore::Fault;
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::arrow::Chunks;
use crate::error::Unfit;

const SECONDS_OF_DAY: i64 = 86_400;

/// A column of times with a zone as one of wall times; nothing of any other column.
pub(crate) fn wall_times(py: Python<'_>, chunks: &Chunks) -> PyResult<Option<Chunks>> {
    let DataType::Timestamp(unit, Some(name)) = &chunks.data_type else { return Ok(None) };
    let mut zone = Zone::new(py, name)?;
    let shifted = |array: &ArrayRef| match unit {
        TimeUnit::Second => shifted::<TimestampSecondType>(array, 1, &mut zone),
        TimeUnit::Millisecond => shifted::<TimestampMillisecondType>(array, 1_000, &mut zone),
        TimeUnit::Microsecond => shifted::<TimestampMicrosecondType>(array, 1_000_000, &mut zone),
        TimeUnit::Nanosecond => shifted::<TimestampNanosecondType>(array, 1_000_000_000, &mut zone),
    };
    let arrays = chunks.arrays.iter().map(shifted).collect::<PyResult<_>>()?;
    Ok(Some(Chunks { data_type: DataType::Timestamp(*unit, None), arrays }))
}

fn shifted<T: ArrowTimestampType>(array: &ArrayRef, second: i64, zone: &mut Zone<'_>) -> PyResult<ArrayRef> {
    let mut wall = |value: i64| Ok(value.saturating_add(zone.offset(value.div_euclid(second))? * second));
    let array = array.as_primitive::<T>();
    let walls = array.iter().map(|value| value.map(&mut wall).transpose());
    Ok(Arc::new(walls.collect::<PyResult<PrimitiveArray<T>>>()?))
}

/// A zone of Python's `zoneinfo`, asked once for each day on which its clocks are not put forward or back.
struct Zone<'py> {
    /// The zone, and the first second of 1970 in UTC.
    asked: Option<(Bound<'py, PyAny>, Bound<'py, PyAny>)>,
    /// How far ahead of UTC it is, if that is always the same.
    fixed: i64,
    /// The same by day; none where it changes.
    days: HashMap<i64, Option<i64>>,
}

impl<'py> Zone<'py> {
    fn new(py: Python<'py>, name: &str) -> PyResult<Self> {
        if let Some(fixed) = fixed(name) {
            return Ok(Self { asked: None, fixed, days: HashMap::new() });
        }
        let read = || -> PyResult<_> {
            let zone = py.import("zoneinfo")?.getattr("ZoneInfo")?.call1((name,))?;
            let datetime = py.import("datetime")?;
            let fields = PyDict::new(py);
            fields.set_item("tzinfo", datetime.getattr("timezone")?.getattr("utc")?)?;
            Ok((zone, datetime.getattr("datetime")?.call((1970, 1, 1), Some(&fields))?))
        };
        let asked = read().map_err(|_| unknown(py, name))?;
        Ok(Self { asked: Some(asked), fixed: 0, days: HashMap::new() })
    }

    /// By how many seconds its clocks are ahead of UTC at a second.
    fn offset(&mut self, second: i64) -> PyResult<i64> {
        if self.asked.is_none() {
            return Ok(self.fixed);
        }
        let day = second.div_euclid(SECONDS_OF_DAY);
        let of_day = if let Some(known) = self.days.get(&day) {
            *known
        } else {
            let start = day.saturating_mul(SECONDS_OF_DAY);
            let (first, last) = (self.ask(start)?, self.ask(start.saturating_add(SECONDS_OF_DAY - 1))?);
            let whole = (first == last).then_some(first);
            self.days.insert(day, whole);
            whole
        };
        of_day.map_or_else(|| self.ask(second), Ok)
    }

    fn ask(&self, second: i64) -> PyResult<i64> {
        let Some((zone, epoch)) = &self.asked else { return Ok(self.fixed) };
        let py = zone.py();
        let later = py.import("datetime")?.getattr("timedelta")?;
        // Python's calendar has the years 1 to 9999 only: what lies beyond is no birth.
        let Ok(time) = later.call1((0, second)).and_then(|since| epoch.add(since)) else { return Ok(0) };
        let Ok(time) = time.call_method1("astimezone", (zone,)) else { return Ok(0) };
        let ahead: f64 = time.call_method0("utcoffset")?.call_method0("total_seconds")?.extract()?;
        #[expect(clippy::cast_possible_truncation, reason = "a day has 86,400 seconds")]
        Ok(ahead.round() as i64)
    }
}

/// What a zone such as `UTC` or `+08:00` is ahead of UTC.
fn fixed(name: &str) -> Option<i64> {
    if matches!(name, "UTC" | "Z" | "Etc/UTC" | "GMT") {
        return Some(0);
    }
    let (sign, rest) = match name.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let digits: String = rest.chars().filter(|&one| one != ':').collect();
    if !matches!(digits.len(), 2 | 4) || !digits.bytes().all(|one| one.is_ascii_digit()) {
        return None;
    }
    let (hours, minutes) = digits.split_at(2);
    let number = |text: &str| if text.is_empty() { Some(0) } else { text.parse::<i64>().ok() };
    Some(sign * (number(hours)? * 3_600 + number(minutes)? * 60))
}

fn unknown(py: Python<'_>, name: &str) -> PyErr {
    let name: String = name.chars().take(40).collect();
    let fault = Fault {
        code: "unknown_zone".to_owned(),
        found: Some(name.clone()),
        message: format!("there is no time zone {name:?}"),
        message_zh: format!("没有时区 {name:?}"),
        remedy: "use a zone that Python's zoneinfo knows, or times without one".to_owned(),
        remedy_zh: "请使用 Python zoneinfo 所知的时区，或去掉时区".to_owned(),
        ..Fault::default()
    };
    Unfit::error(py, vec![fault])
}
