//! The layout notation (网格布局记法) `1+26+307+1307`: how many grids a tree has at each level, from the top.

use std::fmt;
use std::str::FromStr;

use super::numeral::{self, NumeralFault, Reading};
use crate::error::{Fault, Lang, Problem, report};

/// The most levels a layout may have: as many as a tree.
const MAX_LEVELS: usize = 256;

/// How many grids there are at each level, from the top (布局): written `1+26+307+1307`.
///
/// Read with `+` or `＋`, spaces, full-width digits, commas between thousands and Chinese numerals; written without
/// any of these. A level may be empty where a tree skips it.
///
/// ```
/// use gridcore::Layout;
/// let cuiheng: Layout = "１＋26 + 307＋1,307".parse()?;
/// assert_eq!(cuiheng.to_string(), "1+26+307+1307");
/// assert_eq!(cuiheng.total(), 1641);
/// assert_eq!(cuiheng.counts(), [1, 26, 307, 1307]);
/// # Ok::<(), gridcore::LayoutError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Layout {
    counts: Vec<u64>,
    total: u64,
}

/// One level where a layout and a count differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LayoutMismatch {
    /// The level, from 0 at the top of the layout.
    pub level: usize,
    /// How many grids the layout declares; none if it has no such level.
    pub declared: Option<u64>,
    /// How many grids were counted; none if there is no such level.
    pub counted: Option<u64>,
}

impl LayoutMismatch {
    /// The mismatch as a flat record with its texts in both languages.
    ///
    /// ```
    /// let declared: gridcore::Layout = "1+26".parse()?;
    /// let fault = declared.check(&[1, 25])[0].to_fault();
    /// assert_eq!(fault.message, "level 1 has 25 grids, and 26 are declared");
    /// # Ok::<(), gridcore::LayoutError>(())
    /// ```
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let Self { level, declared, counted } = *self;
        let (declared, counted) = (declared.unwrap_or(0), counted.unwrap_or(0));
        Fault::new("layout_mismatch")
            .found(counted, declared)
            .says(
                format!("level {level} has {counted} grids, and {declared} are declared"),
                format!("第 {level} 层（从 0 起）有 {counted} 个网格，声明为 {declared} 个"),
            )
            .remedy("correct the layout or the table of grids", "请更正布局或网格表")
    }

    /// The mismatch in one sentence.
    ///
    /// ```
    /// use gridcore::{Lang, Layout};
    /// let declared: Layout = "1+26".parse()?;
    /// assert!(declared.check(&[1])[0].text(Lang::Zh).contains("声明为 26 个"));
    /// # Ok::<(), gridcore::LayoutError>(())
    /// ```
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.to_fault().text(lang)
    }
}

impl Layout {
    /// A layout from the counts per level, from the top.
    ///
    /// ```
    /// use gridcore::Layout;
    /// assert_eq!(Layout::new([1, 23, 287, 3300, 10117])?.to_string(), "1+23+287+3300+10117");
    /// # Ok::<(), gridcore::LayoutError>(())
    /// ```
    ///
    /// # Errors
    /// [`LayoutError`]: no level, more than 256, or more grids in all than 64 bits hold.
    pub fn new(counts: impl Into<Vec<u64>>) -> Result<Self, LayoutError> {
        let counts = counts.into();
        let mut faults = Vec::new();
        if counts.is_empty() {
            faults.push(LayoutFault::Empty);
        }
        if counts.len() > MAX_LEVELS {
            faults.push(LayoutFault::TooDeep { levels: counts.len() });
        }
        let total = counts.iter().try_fold(0_u64, |sum, &count| sum.checked_add(count));
        match total {
            Some(total) if faults.is_empty() => Ok(Self { counts, total }),
            Some(_) => Err(LayoutError { faults }),
            None => {
                faults.push(LayoutFault::TotalTooLarge);
                Err(LayoutError { faults })
            }
        }
    }

    /// How many grids there are at each level, from the top.
    ///
    /// ```
    /// let layout: gridcore::Layout = "9+18+99+1153".parse()?;
    /// assert_eq!(layout.counts().last(), Some(&1153));
    /// # Ok::<(), gridcore::LayoutError>(())
    /// ```
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.counts
    }

    /// How many grids there are in all.
    ///
    /// ```
    /// let layout: gridcore::Layout = "1+26+307+1307".parse()?;
    /// assert_eq!(layout.total(), 1641);
    /// # Ok::<(), gridcore::LayoutError>(())
    /// ```
    #[must_use]
    pub const fn total(&self) -> u64 {
        self.total
    }

    /// The mean number of grids below each grid, between each level and the next; none below an empty level.
    ///
    /// ```
    /// let layout: gridcore::Layout = "1+26+307+1307".parse()?;
    /// let shown: Vec<String> = layout.fan_outs().iter().flatten().map(|mean| format!("{mean:.3}")).collect();
    /// assert_eq!(shown, ["26.000", "11.808", "4.257"]);
    /// # Ok::<(), gridcore::LayoutError>(())
    /// ```
    #[must_use]
    pub fn fan_outs(&self) -> Vec<Option<f64>> {
        let between = self.counts.iter().zip(self.counts.iter().skip(1));
        between.map(|(&above, &below)| (above > 0).then(|| below as f64 / above as f64)).collect()
    }

    /// Compares the layout with counts per level, from the same top: every level that differs, from the top.
    ///
    /// A level that one side lacks differs, unless the other has no grid there.
    ///
    /// ```
    /// use gridcore::{Layout, LayoutMismatch};
    /// let declared: Layout = "1+26+307+1307".parse()?;
    /// assert!(declared.check(&[1, 26, 307, 1307]).is_empty());
    /// let found = declared.check(&[1, 26, 306]);
    /// assert_eq!(found[0], LayoutMismatch { level: 2, declared: Some(307), counted: Some(306) });
    /// assert_eq!(found[1], LayoutMismatch { level: 3, declared: Some(1307), counted: None });
    /// # Ok::<(), gridcore::LayoutError>(())
    /// ```
    #[must_use]
    pub fn check(&self, counts: &[u64]) -> Vec<LayoutMismatch> {
        let levels = self.counts.len().max(counts.len());
        let rows = (0..levels).map(|level| LayoutMismatch {
            level,
            declared: self.counts.get(level).copied(),
            counted: counts.get(level).copied(),
        });
        rows.filter(|row| row.declared.unwrap_or(0) != row.counted.unwrap_or(0)).collect()
    }
}

impl fmt::Display for Layout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (level, count) in self.counts.iter().enumerate() {
            if level > 0 {
                f.write_str("+")?;
            }
            write!(f, "{count}")?;
        }
        Ok(())
    }
}

impl FromStr for Layout {
    type Err = LayoutError;

    fn from_str(text: &str) -> Result<Self, LayoutError> {
        let plain = numeral::plain(text);
        if plain.is_empty() {
            return Err(LayoutError { faults: vec![LayoutFault::Empty] });
        }
        let mut counts = Vec::new();
        let mut faults = Vec::new();
        for (level, part) in plain.split(|&character| character == '+').enumerate() {
            if level == MAX_LEVELS {
                let levels = plain.iter().filter(|&&character| character == '+').count() + 1;
                faults.push(LayoutFault::TooDeep { levels });
                break;
            }
            let start = part.iter().take_while(|&&character| character == ' ').count();
            let end = part.len() - part.iter().rev().take_while(|&&character| character == ' ').count();
            let part = part.get(start..end).unwrap_or_default();
            match numeral::read(part) {
                Ok(Some((Reading::Number(numeral), used))) if used == part.len() => {
                    counts.push(numeral.value);
                }
                Err(NumeralFault::TooLarge) => faults.push(LayoutFault::TooLarge { level }),
                _ => faults.push(LayoutFault::NoCount { level, empty: part.is_empty() }),
            }
        }
        if faults.is_empty() { Self::new(counts) } else { Err(LayoutError { faults }) }
    }
}

impl TryFrom<String> for Layout {
    type Error = LayoutError;

    fn try_from(text: String) -> Result<Self, LayoutError> {
        text.parse()
    }
}

impl From<Layout> for String {
    fn from(layout: Layout) -> Self {
        layout.to_string()
    }
}

/// One thing wrong with a layout.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutFault {
    /// There is no level.
    Empty,
    /// What stands between two `+` is no count.
    NoCount {
        /// The level, from 0.
        level: usize,
        /// Whether nothing stands there.
        empty: bool,
    },
    /// A count is larger than 64 bits hold.
    TooLarge {
        /// The level, from 0.
        level: usize,
    },
    /// There are more than 256 levels.
    TooDeep {
        /// How many there are.
        levels: usize,
    },
    /// The counts add up to more than 64 bits hold.
    TotalTooLarge,
}

impl LayoutFault {
    fn to_fault(&self) -> Fault {
        let (code, en, zh, remedy, remedy_zh) = match self {
            Self::Empty => (
                "layout_empty",
                "the layout has no level".to_owned(),
                "布局没有层级".to_owned(),
                "write the count of each level, as in 1+26+307+1307",
                "请写出各级数量，如 1+26+307+1307",
            ),
            Self::NoCount { level, empty: true } => (
                "layout_count",
                format!("the layout has no count at level {level}"),
                format!("布局第 {level} 层（从 0 起）没有数量"),
                "write a count on both sides of each plus sign",
                "请在每个加号两侧写出数量",
            ),
            Self::NoCount { level, empty: false } => (
                "layout_count",
                format!("what the layout has at level {level} is no whole number"),
                format!("布局第 {level} 层（从 0 起）不是整数"),
                "write a number; an open count such as N can't be checked",
                "请写出数字；N 之类的不定数量无法核对",
            ),
            Self::TooLarge { level } => (
                "layout_too_large",
                format!("the count at level {level} is larger than 64 bits hold"),
                format!("第 {level} 层（从 0 起）的数量超出 64 位整数"),
                "correct the count",
                "请更正数量",
            ),
            Self::TooDeep { levels } => (
                "layout_too_deep",
                format!("the layout has {levels} levels, more than 256"),
                format!("布局有 {levels} 层，超过 256 层"),
                "join some levels",
                "请合并层级",
            ),
            Self::TotalTooLarge => (
                "layout_too_large",
                "the counts add up to more than 64 bits hold".to_owned(),
                "各级数量之和超出 64 位整数".to_owned(),
                "correct the counts",
                "请更正数量",
            ),
        };
        Fault::new(code).says(en, zh).remedy(remedy, remedy_zh)
    }
}

/// Why a text or a list of counts is no layout: every fault.
///
/// ```
/// use gridcore::{Layout, Problem};
/// let error = "1++N".parse::<Layout>().unwrap_err();
/// assert_eq!(error.faults().len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayoutError {
    faults: Vec<LayoutFault>,
}

impl LayoutError {
    /// The faults as values, from the top.
    ///
    /// ```
    /// use gridcore::{Layout, LayoutFault};
    /// let error = "1+3+N".parse::<Layout>().unwrap_err();
    /// assert_eq!(error.list(), [LayoutFault::NoCount { level: 2, empty: false }]);
    /// ```
    #[must_use]
    pub fn list(&self) -> &[LayoutFault] {
        &self.faults
    }
}

impl Problem for LayoutError {
    fn code(&self) -> &'static str {
        "layout_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(LayoutFault::to_fault).collect()
    }
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report(&self.faults(), Lang::En))
    }
}

impl std::error::Error for LayoutError {}
