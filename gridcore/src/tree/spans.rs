//! Span of control (管理幅度): how many grids stand directly beneath one, level by level, held against a profile.

use std::fmt;
use std::sync::Arc;

use super::{GridTree, Label};
use crate::error::{Fault, Lang, Problem};
use crate::id::{GridCode, GridIndex};

/// How many grids one may answer for: a rule that is data.
///
/// ```
/// use gridcore::tree::SpanProfile;
/// let profile = SpanProfile::ics();
/// assert_eq!((profile.least(), profile.best(), profile.most()), (Some(3), Some(5), 7));
/// assert!(SpanProfile::new(Some(9), None, 7).is_err());
/// # Ok::<(), gridcore::tree::SpanProfileError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "ProfileRow", into = "ProfileRow"))]
pub struct SpanProfile {
    least: Option<usize>,
    best: Option<usize>,
    most: usize,
}

#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct ProfileRow {
    #[serde(default)]
    min: Option<usize>,
    #[serde(default)]
    best: Option<usize>,
    max: usize,
}

#[cfg(feature = "serde")]
impl TryFrom<ProfileRow> for SpanProfile {
    type Error = SpanProfileError;

    fn try_from(row: ProfileRow) -> Result<Self, SpanProfileError> {
        Self::new(row.min, row.best, row.max)
    }
}

#[cfg(feature = "serde")]
impl From<SpanProfile> for ProfileRow {
    fn from(profile: SpanProfile) -> Self {
        Self { min: profile.least, best: profile.best, max: profile.most }
    }
}

impl SpanProfile {
    /// A profile: the fewest, the best number and the most grids directly beneath one that has any.
    ///
    /// # Errors
    /// [`SpanProfileError`] if the most is 0, or the three are not in ascending order.
    pub fn new(
        min: impl Into<Option<usize>>,
        best: impl Into<Option<usize>>,
        max: usize,
    ) -> Result<Self, SpanProfileError> {
        let (least, best) = (min.into(), best.into());
        let order = [least, best, Some(max)];
        if max > 0 && order.iter().flatten().is_sorted() {
            Ok(Self { least, best, most: max })
        } else {
            Err(SpanProfileError { least, best, most: max })
        }
    }

    /// The Incident Command System's: three to seven, five at best.
    #[must_use]
    pub fn ics() -> Self {
        Self { least: Some(3), best: Some(5), most: 7 }
    }

    /// The fewest, if it names any.
    #[must_use]
    pub fn least(&self) -> Option<usize> {
        self.least
    }

    /// The best number, if it names one.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        self.best
    }

    /// The most.
    #[must_use]
    pub fn most(&self) -> usize {
        self.most
    }

    /// Whether a span breaks the profile; a grid without any beneath it has no span to judge.
    ///
    /// ```
    /// use gridcore::tree::{SpanBreach, SpanProfile};
    /// let profile = SpanProfile::ics();
    /// assert_eq!(profile.judge(23), Some(SpanBreach::TooWide));
    /// assert_eq!([0, 3, 7].map(|span| profile.judge(span)), [None, None, None]);
    /// ```
    #[must_use]
    pub fn judge(&self, span: usize) -> Option<SpanBreach> {
        if span > self.most {
            Some(SpanBreach::TooWide)
        } else if span > 0 && self.least.is_some_and(|least| span < least) {
            Some(SpanBreach::TooNarrow)
        } else {
            None
        }
    }
}

/// Why three numbers make no [`SpanProfile`].
///
/// ```
/// use gridcore::{Problem, tree::SpanProfile};
/// let error = SpanProfile::new(Some(9), None, 7).expect_err("the least is above the most");
/// assert_eq!(error.code(), "bad_span_profile");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanProfileError {
    least: Option<usize>,
    best: Option<usize>,
    most: usize,
}

impl fmt::Display for SpanProfileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for SpanProfileError {}

impl Problem for SpanProfileError {
    fn code(&self) -> &'static str {
        "bad_span_profile"
    }

    fn faults(&self) -> Vec<Fault> {
        let show = |number: Option<usize>| number.map_or("-".to_owned(), |number| number.to_string());
        let found = format!("{}, {}, {}", show(self.least), show(self.best), self.most);
        vec![
            Fault::new("bad_span_profile")
                .found(&found, "min <= best <= max, and max at least 1")
                .says(
                    format!("min, best, max are not in ascending order from 1 on: {found}"),
                    format!("下限、最佳、上限须自小到大且上限至少为 1：{found}"),
                )
                .remedy("put them in order", "请按大小排列"),
        ]
    }
}

/// How a span breaks a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum SpanBreach {
    /// More grids than one can answer for.
    TooWide,
    /// Fewer grids than are worth a grid above them.
    TooNarrow,
}

/// A grid whose span breaks the profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanOffender {
    /// The grid.
    pub grid: GridIndex,
    /// How many grids stand directly beneath it.
    pub span: usize,
    /// The bound that it breaks.
    pub bound: usize,
    /// On which side.
    pub breach: SpanBreach,
}

/// An offender as a row.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SpanOffenderRow {
    /// The code of the grid.
    pub grid: GridCode,
    /// Its level.
    pub level: u8,
    /// How many grids stand directly beneath it.
    pub span: usize,
    /// The bound that it breaks.
    pub bound: usize,
    /// On which side.
    pub breach: SpanBreach,
}

impl SpanOffenderRow {
    /// The offence in one sentence.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let Self { grid, span, bound, breach, .. } = self;
        match (lang, breach) {
            (Lang::En, SpanBreach::TooWide) => {
                format!("{grid} has {span} grids directly beneath it, more than {bound}")
            }
            (Lang::En, SpanBreach::TooNarrow) => {
                format!("{grid} has {span} grids directly beneath it, fewer than {bound}")
            }
            (Lang::Zh, SpanBreach::TooWide) => format!("{grid} 直接下辖 {span} 个网格，多于 {bound} 个"),
            (Lang::Zh, SpanBreach::TooNarrow) => format!("{grid} 直接下辖 {span} 个网格，少于 {bound} 个"),
        }
    }
}

/// How many grids of a level have one span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SpanCount {
    /// The span: grids directly beneath.
    pub span: usize,
    /// How many grids have it.
    pub grids: usize,
}

/// The spans of one level.
///
/// ```
/// # use gridcore::{GridRow, GridTree};
/// # let tree = GridTree::from_rows([
/// #     GridRow::new("1", "city"),
/// #     GridRow::new("11", "north").under("1"),
/// #     GridRow::new("12", "south").under("1"),
/// # ])?;
/// use gridcore::tree::SpanProfile;
/// let spans = tree.spans(&SpanProfile::ics());
/// let city = spans.level(0).expect("there is a root");
/// assert_eq!((city.children, city.heads, city.mean), (2, 1, Some(2.0)));
/// assert_eq!((city.min, city.median, city.max, city.too_narrow), (Some(2), Some(2.0), Some(2), 1));
/// assert_eq!((city.histogram[0].span, city.histogram[0].grids), (2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LevelSpan {
    /// The level.
    pub level: u8,
    /// What the level is called, if the schema says.
    pub label: Option<Label>,
    /// How many grids of the level have grids beneath them; only these have a span.
    pub heads: usize,
    /// How many have none.
    pub leaves: usize,
    /// How many grids stand directly beneath those of the level.
    pub children: usize,
    /// The mean span, `children / heads`; nothing if no grid of the level has any beneath it.
    pub mean: Option<f64>,
    /// The least span.
    pub min: Option<usize>,
    /// The middle span; halfway between the two in the middle of an even number.
    pub median: Option<f64>,
    /// The greatest span.
    pub max: Option<usize>,
    /// How many grids have each span, ascending; those without any beneath them left out.
    pub histogram: Vec<SpanCount>,
    /// How many spans are too wide.
    pub too_wide: usize,
    /// How many are too narrow.
    pub too_narrow: usize,
}

impl LevelSpan {
    /// Sums up the spans of one level.
    fn new(
        level: u8,
        label: Option<Label>,
        leaves: usize,
        mut spans: Vec<u32>,
        profile: &SpanProfile,
    ) -> Self {
        spans.sort_unstable();
        let heads = spans.len();
        let children: usize = spans.iter().map(|&span| span as usize).sum();
        let at = |place: usize| spans.get(place).map(|&span| span as usize);
        let median = match (at(heads.wrapping_sub(1) / 2), at(heads / 2)) {
            (Some(low), Some(high)) => Some((low + high) as f64 / 2.0),
            _ => None,
        };
        let histogram = spans.chunk_by(|a, b| a == b);
        let histogram: Vec<SpanCount> =
            histogram.map(|same| SpanCount { span: same[0] as usize, grids: same.len() }).collect();
        let breaches = |breach: SpanBreach| {
            let broken = histogram.iter().filter(|count| profile.judge(count.span) == Some(breach));
            broken.map(|count| count.grids).sum()
        };
        Self {
            level,
            label,
            heads,
            leaves,
            children,
            mean: (heads > 0).then(|| children as f64 / heads as f64),
            min: at(0),
            median,
            max: spans.last().map(|&span| span as usize),
            too_wide: breaches(SpanBreach::TooWide),
            too_narrow: breaches(SpanBreach::TooNarrow),
            histogram,
        }
    }
}

/// The spans of a tree, or of a part of it: immutable, cheap to clone.
#[derive(Clone, Debug)]
pub struct Spans {
    tree: GridTree,
    profile: SpanProfile,
    levels: Arc<[LevelSpan]>,
    offenders: Arc<[SpanOffender]>,
}

impl Spans {
    /// The profile that the spans are held against.
    #[must_use]
    pub fn profile(&self) -> SpanProfile {
        self.profile
    }

    /// The levels that have grids, from the highest.
    #[must_use]
    pub fn levels(&self) -> &[LevelSpan] {
        &self.levels
    }

    /// One level, if it has grids.
    #[must_use]
    pub fn level(&self, level: u8) -> Option<&LevelSpan> {
        self.levels.iter().find(|span| span.level == level)
    }

    /// Every grid whose span breaks the profile, in preorder.
    #[must_use]
    pub fn offenders(&self) -> &[SpanOffender] {
        &self.offenders
    }

    /// The offenders as rows, in preorder.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::{Lang, tree::SpanProfile};
    /// let spans = tree.spans(&SpanProfile::ics());
    /// let texts: Vec<String> = spans.offender_rows().map(|row| row.text(Lang::En)).collect();
    /// assert_eq!(texts, ["1 has 2 grids directly beneath it, fewer than 3"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn offender_rows(&self) -> impl Iterator<Item = SpanOffenderRow> {
        self.offenders.iter().map(|offender| SpanOffenderRow {
            grid: self.tree.code(offender.grid),
            level: self.tree.level(offender.grid),
            span: offender.span,
            bound: offender.bound,
            breach: offender.breach,
        })
    }
}

impl GridTree {
    /// How many grids stand directly beneath a grid (管理幅度).
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "a"), GridRow::new("2", "b").under("1")])?;
    /// assert_eq!(tree.span(tree.root()), 1);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    pub fn span(&self, grid: GridIndex) -> usize {
        self.children(grid).count()
    }

    /// The spans of all levels, with their distribution and every grid that breaks the profile.
    ///
    /// ```
    /// use gridcore::tree::SpanProfile;
    /// use gridcore::{GridRow, GridTree};
    ///
    /// let city = GridRow::new("1", "city");
    /// let towns = (10..18).map(|code| GridRow::new(code.to_string(), code.to_string()).under("1"));
    /// let tree = GridTree::from_rows(std::iter::once(city).chain(towns))?;
    /// let spans = tree.spans(&SpanProfile::ics());
    /// assert_eq!(spans.levels()[0].max, Some(8));
    /// assert_eq!(spans.offenders()[0].grid, tree.root());
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    ///
    /// # Complexity
    /// O(n + h log h) time for n grids of which h have any beneath them, O(n) space.
    #[must_use]
    pub fn spans(&self, profile: &SpanProfile) -> Spans {
        self.spans_under(self.root(), profile)
    }

    /// The spans of a grid and everything beneath it.
    ///
    /// # Complexity
    /// That of [`spans`](Self::spans) for the grids of the subtree.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::tree::SpanProfile;
    /// let north = tree.find("11").expect("it is in the tree");
    /// assert_eq!(tree.spans_under(north, &SpanProfile::ics()).levels()[0].leaves, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn spans_under(&self, grid: GridIndex, profile: &SpanProfile) -> Spans {
        let subtree = self.subtree(grid);
        let mut span = vec![0_u32; subtree.len()];
        for below in self.descendants(grid) {
            span[self.inner.parent[below.get()] as usize - grid.get()] += 1;
        }
        let mut found: Vec<(usize, Vec<u32>)> = vec![(0, Vec::new()); 256];
        let mut offenders = Vec::new();
        for (grid, &span) in subtree.zip(&span) {
            let (leaves, spans) = &mut found[usize::from(self.level(grid))];
            if span == 0 {
                *leaves += 1;
                continue;
            }
            spans.push(span);
            let span = span as usize;
            if let Some(breach) = profile.judge(span) {
                let bound = match breach {
                    SpanBreach::TooWide => profile.most,
                    SpanBreach::TooNarrow => profile.least.unwrap_or(0),
                };
                offenders.push(SpanOffender { grid, span, bound, breach });
            }
        }
        let levels =
            found.into_iter().zip(0_u8..=u8::MAX).filter(|((leaves, spans), _)| *leaves + spans.len() > 0);
        let levels = levels.map(|((leaves, spans), level)| {
            let label = self.schema().level(level).map(|level| level.label.clone());
            LevelSpan::new(level, label, leaves, spans, profile)
        });
        Spans { tree: self.clone(), profile: *profile, levels: levels.collect(), offenders: offenders.into() }
    }
}
