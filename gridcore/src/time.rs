//! Time as data: UTC seconds and half-open intervals. The core has no clock.

use std::fmt;

/// A half-open stretch of time in UTC seconds since 1970-01-01: from `from` on, up to but not at `until`.
///
/// A bound that is missing is open: [`Interval::ALWAYS`] has neither.
///
/// ```
/// use gridcore::Interval;
/// let april = Interval::new(Some(1_648_771_200), Some(1_651_363_200))?;
/// assert!(april.contains(1_648_771_200));
/// assert!(!april.contains(1_651_363_200));
/// assert!(Interval::new(Some(5), Some(5)).is_err());
/// # Ok::<(), gridcore::EmptyInterval>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Interval {
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    from: Option<i64>,
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    until: Option<i64>,
}

/// The end of an interval is not after its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmptyInterval {
    /// The start, in UTC seconds.
    pub from: i64,
    /// The end, in UTC seconds.
    pub until: i64,
}

impl fmt::Display for EmptyInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the interval ends at {}, which is not after its start at {}", self.until, self.from)
    }
}

impl std::error::Error for EmptyInterval {}

impl Interval {
    /// All of time.
    pub const ALWAYS: Self = Self { from: None, until: None };

    /// The interval from `from` up to `until`.
    ///
    /// # Errors
    ///
    /// [`EmptyInterval`] if it holds no second.
    pub fn new(from: Option<i64>, until: Option<i64>) -> Result<Self, EmptyInterval> {
        match (from, until) {
            (Some(from), Some(until)) if from >= until => Err(EmptyInterval { from, until }),
            _ => Ok(Self { from, until }),
        }
    }

    /// The first second of it, if it has one.
    #[must_use]
    pub const fn from(self) -> Option<i64> {
        self.from
    }

    /// The first second after it, if there is one.
    #[must_use]
    pub const fn until(self) -> Option<i64> {
        self.until
    }

    /// Whether the second `at` lies in it.
    #[must_use]
    pub fn contains(self, at: i64) -> bool {
        self.from.is_none_or(|from| from <= at) && self.until.is_none_or(|until| at < until)
    }

    /// Whether it has a bound on either side.
    #[must_use]
    pub const fn is_bounded(self) -> bool {
        self.from.is_some() || self.until.is_some()
    }

    /// What two intervals have in common, if anything.
    ///
    /// ```
    /// use gridcore::Interval;
    /// let (a, b) = (Interval::new(None, Some(10))?, Interval::new(Some(4), None)?);
    /// assert_eq!(a.intersect(b), Some(Interval::new(Some(4), Some(10))?));
    /// assert_eq!(a.intersect(Interval::new(Some(10), None)?), None);
    /// # Ok::<(), gridcore::EmptyInterval>(())
    /// ```
    #[must_use]
    pub fn intersect(self, other: Self) -> Option<Self> {
        let from = self.from.max(other.from);
        let until = match (self.until, other.until) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Self::new(from, until).ok()
    }

    /// Whether the two have a second in common.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.intersect(other).is_some()
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for Interval {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(serde::Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Bounds {
            #[serde(default)]
            from: Option<i64>,
            #[serde(default)]
            until: Option<i64>,
        }
        let bounds = Bounds::deserialize(deserializer)?;
        Self::new(bounds.from, bounds.until).map_err(serde::de::Error::custom)
    }
}
