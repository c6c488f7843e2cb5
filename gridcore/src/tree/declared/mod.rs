//! Declared against registered: the counts that a report names, held against those that the tree has.

mod fault;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use super::{Claim, GridTree, Label};
use crate::error::Lang;
use crate::id::{GridCode, GridIndex};

pub use fault::{DeclaredError, DeclaredFault, DeclaredFaultKind};

/// A count as it was declared: a number, or a rounded claim (1万多个).
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(untagged))]
pub enum DeclaredCount {
    /// Exactly so many.
    Exactly(u64),
    /// As many as the claim allows.
    Claim(Claim),
}

impl DeclaredCount {
    fn bounds(&self) -> Bounds {
        match self {
            Self::Exactly(count) => Bounds { low: *count, high: Some(*count) },
            Self::Claim(claim) => Bounds { low: claim.low(), high: claim.high() },
        }
    }
}

impl From<u64> for DeclaredCount {
    fn from(count: u64) -> Self {
        Self::Exactly(count)
    }
}

impl From<Claim> for DeclaredCount {
    fn from(claim: Claim) -> Self {
        Self::Claim(claim)
    }
}

/// One declared count: of the grids of a level in a part of the territory, or in all of it.
///
/// ```
/// use gridcore::Claim;
/// use gridcore::tree::DeclaredRow;
/// let rows = [
///     DeclaredRow::part(["442000003"], 2, 18),
///     DeclaredRow::part(["442000008"], 2, 26),
///     DeclaredRow::total(2, "280多个".parse::<Claim>()?),
/// ];
/// assert!(rows[2].grids.is_empty());
/// # Ok::<(), gridcore::ClaimError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredRow {
    /// The codes of the grids that make up the part; none for the total of the level.
    #[cfg_attr(feature = "serde", serde(default))]
    pub grids: Vec<String>,
    /// The level whose grids were counted.
    pub level: u8,
    /// The count.
    pub declared: DeclaredCount,
}

impl DeclaredRow {
    /// The count of a part of the territory.
    #[must_use]
    pub fn part<S: Into<String>>(
        grids: impl IntoIterator<Item = S>,
        level: u8,
        declared: impl Into<DeclaredCount>,
    ) -> Self {
        Self { grids: grids.into_iter().map(Into::into).collect(), level, declared: declared.into() }
    }

    /// The count of the whole territory.
    #[must_use]
    pub fn total(level: u8, declared: impl Into<DeclaredCount>) -> Self {
        Self { grids: Vec::new(), level, declared: declared.into() }
    }
}

/// What a line of the table stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum DeclaredPart {
    /// A part that was declared.
    Part,
    /// What the total leaves once the declared parts are taken off (其余).
    Rest,
    /// The sum of the parts (小计), where no total was declared.
    Sum,
    /// The declared total (合计).
    Total,
}

/// How the registered count stands to the declared one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum DeclaredVerdict {
    /// It is what was declared.
    Agrees,
    /// Fewer are registered than were declared.
    Fewer,
    /// More are registered than were declared.
    More,
    /// The declared parts alone exceed the declared total, so that nothing is left for the rest.
    PartsExceedTotal,
}

impl DeclaredVerdict {
    /// The verdict in words.
    ///
    /// ```
    /// use gridcore::{Lang, tree::DeclaredVerdict};
    /// assert_eq!(DeclaredVerdict::Fewer.text(Lang::En), "fewer registered");
    /// ```
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Agrees, Lang::En) => "agrees",
            (Self::Agrees, Lang::Zh) => "相符",
            (Self::Fewer, Lang::En) => "fewer registered",
            (Self::Fewer, Lang::Zh) => "登记偏少",
            (Self::More, Lang::En) => "more registered",
            (Self::More, Lang::Zh) => "登记偏多",
            (Self::PartsExceedTotal, Lang::En) => "parts exceed the total",
            (Self::PartsExceedTotal, Lang::Zh) => "分项之和超过总数",
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct DeclaredLine {
    /// What it stands for.
    pub part: DeclaredPart,
    /// The level whose grids were counted.
    pub level: u8,
    /// The codes of the grids of a declared part; none otherwise.
    pub grids: Vec<GridCode>,
    /// What it is called: the names of its grids, or the rest, the sum, the total.
    pub label: Label,
    /// The smallest count that was declared, or follows from what was.
    pub low: u64,
    /// The largest; nothing if there is no bound.
    pub high: Option<u64>,
    /// How many grids of the level the tree has.
    pub registered: u64,
    /// Registered less declared; of a rounded claim the nearest bound, and 0 within it.
    pub difference: i64,
    /// How the two stand to each other.
    pub verdict: DeclaredVerdict,
}

impl DeclaredLine {
    /// The declared count in figures.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree, tree::DeclaredRow};
    /// # let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let rows = [DeclaredRow::total(1, "80多个".parse::<gridcore::Claim>()?)];
    /// assert_eq!(tree.declared(rows)?.lines()[0].declared_text(), "81–89");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn declared_text(&self) -> String {
        match self.high {
            Some(high) if high == self.low => self.low.to_string(),
            Some(high) => format!("{}–{high}", self.low),
            None => format!("≥{}", self.low),
        }
    }
}

/// What a count may be.
#[derive(Clone, Copy)]
struct Bounds {
    low: u64,
    high: Option<u64>,
}

impl Bounds {
    /// The bounds of a sum; where a number would not fit, the weaker bound, which still holds.
    fn plus(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            high: self.high.zip(other.high).and_then(|(one, other)| one.checked_add(other)),
        }
    }

    /// The bounds of a difference that is no less than 0; none if it must be less.
    fn less(self, other: Self) -> Option<Self> {
        let high = match self.high {
            Some(high) => Some(high.checked_sub(other.low)?),
            None => None,
        };
        Some(Self { low: other.high.map_or(0, |high| self.low.saturating_sub(high)), high })
    }

    fn judge(self, registered: u64) -> (DeclaredVerdict, i64) {
        let from = |bound: u64| {
            let difference = i128::from(registered) - i128::from(bound);
            i64::try_from(difference).unwrap_or(i64::MIN)
        };
        match self.high {
            _ if registered < self.low => (DeclaredVerdict::Fewer, from(self.low)),
            Some(high) if registered > high => (DeclaredVerdict::More, from(high)),
            _ => (DeclaredVerdict::Agrees, 0),
        }
    }
}

/// Declared counts beside registered ones: immutable, cheap to clone.
///
/// Level by level: the parts in the order of their rows, then the rest and the total, or the sum where no total was
/// declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredTable {
    lines: Arc<[DeclaredLine]>,
}

impl DeclaredTable {
    /// All lines.
    #[must_use]
    pub fn lines(&self) -> &[DeclaredLine] {
        &self.lines
    }

    /// The lines in which registered and declared differ.
    pub fn mismatches(&self) -> impl Iterator<Item = &DeclaredLine> {
        self.lines.iter().filter(|line| line.verdict != DeclaredVerdict::Agrees)
    }

    /// The line of the rest of a level, if a total and parts were declared for it.
    #[must_use]
    pub fn rest(&self, level: u8) -> Option<&DeclaredLine> {
        self.lines.iter().find(|line| line.level == level && line.part == DeclaredPart::Rest)
    }

    /// The table as Markdown.
    ///
    /// ```
    /// # use gridcore::{GridRow, GridTree};
    /// # let tree = GridTree::from_rows([
    /// #     GridRow::new("1", "city"),
    /// #     GridRow::new("11", "north").under("1"),
    /// #     GridRow::new("12", "south").under("1"),
    /// # ])?;
    /// use gridcore::Lang;
    /// use gridcore::tree::DeclaredRow;
    /// let table = tree.declared([DeclaredRow::total(1, 3)])?;
    /// assert!(table.to_markdown(Lang::Zh).ends_with("| 1 | 合计 | 3 | 2 | -1 | 登记偏少 |\n"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn to_markdown(&self, lang: Lang) -> String {
        let mut text = match lang {
            Lang::En => "| level | part | declared | registered | difference | verdict |\n".to_owned(),
            Lang::Zh => "| 层级 | 部分 | 申报 | 登记 | 差额 | 结论 |\n".to_owned(),
        };
        text.push_str("|---|---|---|---|---|---|\n");
        for line in &*self.lines {
            let label = match lang {
                Lang::En => &line.label.en,
                Lang::Zh => &line.label.zh,
            };
            let sign = if line.difference > 0 { "+" } else { "" };
            // A bar in a name would begin another column.
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {sign}{} | {} |",
                line.level,
                label.replace('|', "\\|"),
                line.declared_text(),
                line.registered,
                line.difference,
                line.verdict.text(lang),
            );
        }
        text
    }
}

/// A declared part while the table is made.
struct Part {
    row: usize,
    grids: Vec<GridIndex>,
    bounds: Bounds,
}

/// The declarations of one level.
#[derive(Default)]
struct Declarations {
    parts: Vec<Part>,
    total: Option<(usize, Bounds)>,
}

impl GridTree {
    /// Holds declared counts against those of the tree: part by part, the rest against a total, and the total.
    ///
    /// ```
    /// use gridcore::tree::{DeclaredRow, DeclaredVerdict};
    /// use gridcore::{GridRow, GridTree};
    ///
    /// let tree = GridTree::from_rows([
    ///     GridRow::new("1", "city"),
    ///     GridRow::new("11", "north").under("1"),
    ///     GridRow::new("111", "mill").under("11"),
    ///     GridRow::new("12", "south").under("1"),
    ///     GridRow::new("121", "quay").under("12"),
    ///     GridRow::new("122", "wharf").under("12"),
    /// ])?;
    /// let table = tree.declared([DeclaredRow::part(["11"], 2, 2), DeclaredRow::total(2, 3)])?;
    /// let rest = table.rest(2).expect("there is a total, and a part");
    /// assert_eq!((rest.low, rest.registered, rest.difference), (1, 2, 1));
    /// assert_eq!(rest.verdict, DeclaredVerdict::More);
    /// assert_eq!(table.mismatches().count(), 2); // north has fewer, the rest has more
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`DeclaredError`] with every fault of every row: an unknown grid or level, a level above the grid, parts of a
    /// level that overlap, a second total.
    ///
    /// # Complexity
    /// O(r log r + Σg) time for r codes with g grids beneath each.
    pub fn declared(
        &self,
        rows: impl IntoIterator<Item = DeclaredRow>,
    ) -> Result<DeclaredTable, DeclaredError> {
        let mut faults = Vec::new();
        let mut levels: BTreeMap<u8, Declarations> = BTreeMap::new();
        for (row, DeclaredRow { grids: codes, level, declared }) in rows.into_iter().enumerate() {
            let mut report = |kind: DeclaredFaultKind| faults.push(DeclaredFault { row, kind });
            let deepest = self.schema().deepest();
            if level > deepest {
                report(DeclaredFaultKind::UnknownLevel { level, deepest });
            }
            let declarations = levels.entry(level).or_default();
            let bounds = declared.bounds();
            if codes.is_empty() {
                match declarations.total {
                    Some((first, _)) => report(DeclaredFaultKind::SecondTotal { first }),
                    None => declarations.total = Some((row, bounds)),
                }
                continue;
            }
            let mut grids = Vec::with_capacity(codes.len());
            for code in codes {
                match self.find(&code) {
                    None => report(DeclaredFaultKind::UnknownGrid { code }),
                    Some(grid) if self.level(grid) > level => {
                        let own = self.level(grid);
                        report(DeclaredFaultKind::LevelAboveGrid { code, level, own });
                    }
                    Some(grid) => grids.push(grid),
                }
            }
            declarations.parts.push(Part { row, grids, bounds });
        }
        for declarations in levels.values() {
            self.find_overlaps(&declarations.parts, &mut faults);
        }
        if !faults.is_empty() {
            faults.sort_by(|a, b| (a.row, a.code()).cmp(&(b.row, b.code())));
            return Err(DeclaredError { faults });
        }
        let counts = self.counts();
        let lines = levels.into_iter().flat_map(|(level, declarations)| {
            let registered = counts.get(usize::from(level)).map_or(0, |&count| count as u64);
            self.lines_of(level, &declarations, registered)
        });
        Ok(DeclaredTable { lines: lines.collect() })
    }

    /// Finds parts that share grids: in preorder a part that begins before another's end lies in it.
    fn find_overlaps(&self, parts: &[Part], faults: &mut Vec<DeclaredFault>) {
        let all = parts.iter().flat_map(|part| part.grids.iter().map(|&grid| (grid, part.row)));
        let mut all: Vec<(GridIndex, usize)> = all.collect();
        all.sort_unstable();
        let mut widest: Option<(GridIndex, usize)> = None;
        for (grid, row) in all {
            match widest {
                Some((above, other)) if self.is_ancestor(above, grid) => {
                    // The later row is told; the earlier one is named.
                    let ((code, row), (other, first)) = if row >= other {
                        ((grid, row), (above, other))
                    } else {
                        ((above, other), (grid, row))
                    };
                    let (code, other) = (self.code(code).to_string(), self.code(other).to_string());
                    let kind = DeclaredFaultKind::Overlap { first, code, other };
                    faults.push(DeclaredFault { row, kind });
                }
                _ => widest = Some((grid, row)),
            }
        }
    }

    fn lines_of(&self, level: u8, declarations: &Declarations, registered: u64) -> Vec<DeclaredLine> {
        let line = |part: DeclaredPart, label: Label, bounds: Bounds, registered: u64| {
            let (verdict, difference) = bounds.judge(registered);
            let Bounds { low, high } = bounds;
            DeclaredLine { part, level, grids: Vec::new(), label, low, high, registered, difference, verdict }
        };
        let mut lines = Vec::new();
        let mut sum = (Bounds { low: 0, high: Some(0) }, 0);
        for part in &declarations.parts {
            let names: Vec<&str> = part.grids.iter().map(|&grid| self.name(grid)).collect();
            let label = Label::new(names.join("、"), names.join(", "));
            let beneath = part.grids.iter().map(|&grid| self.descendants_at(grid, level).count() as u64);
            let registered = beneath.sum::<u64>();
            let grids = part.grids.iter().map(|&grid| self.code(grid)).collect();
            lines.push(DeclaredLine { grids, ..line(DeclaredPart::Part, label, part.bounds, registered) });
            sum = (sum.0.plus(part.bounds), sum.1 + registered);
        }
        let Some((_, total)) = declarations.total else {
            lines.push(line(DeclaredPart::Sum, Label::new("小计", "sum"), sum.0, sum.1));
            return lines;
        };
        if !declarations.parts.is_empty() {
            let label = Label::new("其余", "the rest");
            let left = registered - sum.1;
            lines.push(match total.less(sum.0) {
                Some(rest) => line(DeclaredPart::Rest, label, rest, left),
                None => DeclaredLine {
                    verdict: DeclaredVerdict::PartsExceedTotal,
                    ..line(DeclaredPart::Rest, label, Bounds { low: 0, high: Some(0) }, left)
                },
            });
        }
        lines.push(line(DeclaredPart::Total, Label::new("合计", "total"), total, registered));
        lines
    }
}
