//! Whether the segments of a scheme have room for the grids of a tree.

use std::collections::BTreeMap;

use super::{CodeScheme, CodeSegment, SchemeShape};
use crate::error::{Fault, Lang};
use crate::id::GridCode;

/// A parent (or a group of parents) with more children than their segment can number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SchemeOverflow {
    /// The parent; none where only a total over several parents was given.
    pub parent: Option<GridCode>,
    /// The segment that numbers the children; empty below the last segment.
    pub segment: String,
    /// Its name in Chinese.
    pub segment_zh: String,
    /// How many children have to be numbered under one parent.
    pub needed: u64,
    /// How many the segment can number.
    pub available: u64,
    /// The remedy within the scheme's alphabet: how wide the segment has to be, in characters.
    pub width_needed: u8,
    /// The remedy without a wider segment: among how many parents all children have to be shared out; none below
    /// the last segment, where no number of parents helps.
    pub parents_needed: Option<u64>,
}

impl SchemeOverflow {
    /// The overflow as a flat record with its texts in both languages.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let torch = CodeScheme::cjt_349().spread_check(1153, 7).unwrap();
    /// assert_eq!(torch.to_fault().code, "scheme_overflow");
    /// ```
    #[must_use]
    pub fn to_fault(&self) -> Fault {
        let Self { needed, available, segment, segment_zh, width_needed, .. } = self;
        let fault = Fault::new("scheme_overflow").found(needed, available);
        let (at, at_zh) = match &self.parent {
            Some(parent) => (format!("{parent} has"), format!("{parent} 有")),
            None => ("some parent has at least".to_owned(), "至少一个上级有".to_owned()),
        };
        let fault = match &self.parent {
            Some(parent) => fault.on(parent),
            None => fault,
        };
        let Some(parents) = self.parents_needed else {
            return fault
                .says(
                    format!("{at} {needed} children, but the scheme has no segment below it"),
                    format!("{at_zh} {needed} 个下级，但编码方案在其下已无码段"),
                )
                .remedy(
                    format!("add a segment of {width_needed} characters"),
                    format!("增加一个 {width_needed} 位的码段"),
                );
        };
        fault
            .says(
                format!("{at} {needed} children, but the segment {segment} can number {available}"),
                format!("{at_zh} {needed} 个下级，但码段“{segment_zh}”只能编 {available} 个"),
            )
            .remedy(
                format!("widen the segment to {width_needed} characters, or share the children among {parents} parents"),
                format!("将码段加宽到 {width_needed} 位，或将下级分到 {parents} 个上级"),
            )
    }

    /// The overflow in one sentence with its remedy.
    ///
    /// ```
    /// use gridcore::{CodeScheme, Lang};
    /// let torch = CodeScheme::cjt_349().spread_check(1153, 7).unwrap();
    /// assert_eq!(
    ///     torch.text(Lang::En),
    ///     "some parent has at least 165 children, but the segment sequence can number 99; \
    ///      widen the segment to 3 characters, or share the children among 12 parents",
    /// );
    /// ```
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.to_fault().text(lang)
    }
}

/// What a capacity check found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SchemeCapacity {
    /// Every parent whose children don't fit, in order of code.
    pub overflows: Vec<SchemeOverflow>,
    /// Parents that are no codes of a nested scheme, so that nothing can be said of them, in order of code.
    pub unknown: Vec<GridCode>,
}

impl SchemeCapacity {
    /// Whether every parent could be judged and has room for its children.
    ///
    /// ```
    /// use gridcore::{CodeScheme, GridCode};
    /// let town: GridCode = "442000001".parse()?;
    /// assert!(CodeScheme::nbs().capacity_check(&[(town.clone(), 999)]).is_enough());
    /// assert!(!CodeScheme::nbs().capacity_check(&[(town, 1000)]).is_enough());
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.overflows.is_empty() && self.unknown.is_empty()
    }
}

impl CodeScheme {
    /// Checks for each parent whether its children can be numbered; counts of one parent given twice are added.
    ///
    /// In a nested scheme the segment after the parent's numbers the children; in a flat one the last segment (the
    /// sequence) does, whatever the parent's own code is. A number of zeros only is not given out: 99 fit two
    /// digits. Free text always has room.
    ///
    /// ```
    /// use gridcore::{CodeScheme, GridCode};
    /// let community: GridCode = "442000001007".parse()?;
    /// let report = CodeScheme::cjt_349().capacity_check(&[(community.clone(), 165)]);
    /// assert_eq!((report.overflows[0].needed, report.overflows[0].available), (165, 99));
    /// assert_eq!(report.overflows[0].width_needed, 3);
    /// assert!(CodeScheme::beijing_db11().capacity_check(&[(community, 165)]).is_enough());
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    ///
    /// # Complexity
    /// O(n log n) in the number of parents.
    #[must_use]
    pub fn capacity_check(&self, children: &[(GridCode, u64)]) -> SchemeCapacity {
        let mut report = SchemeCapacity::default();
        if self.definition().shape == SchemeShape::FreeText {
            return report;
        }
        let mut totals: BTreeMap<&GridCode, u64> = BTreeMap::new();
        for (parent, count) in children {
            let total = totals.entry(parent).or_default();
            *total = total.saturating_add(*count);
        }
        for (parent, needed) in totals {
            let segment = if self.nests() {
                let Some(length) = parent.with_str(|text| self.check(text).ok().map(|()| text.len())) else {
                    report.unknown.push(parent.clone());
                    continue;
                };
                self.segment_at(length)
            } else {
                self.segments().last()
            };
            report.overflows.extend(overflow(segment, Some(parent.clone()), needed, needed));
        }
        report
    }

    /// Checks whether `total` children can be numbered by the last segment under `parents` parents, shared out evenly.
    ///
    /// The need is ⌈total ÷ parents⌉: however they are shared out, some parent has at least that many. No parents
    /// count as one.
    ///
    /// ```
    /// use gridcore::CodeScheme;
    /// let torch = CodeScheme::cjt_349().spread_check(1153, 7).unwrap();
    /// assert_eq!((torch.needed, torch.available), (165, 99));
    /// assert_eq!((torch.width_needed, torch.parents_needed), (3, Some(12)));
    /// assert_eq!(CodeScheme::beijing_db11().spread_check(1153, 7), None);
    /// ```
    #[must_use]
    pub fn spread_check(&self, total: u64, parents: u64) -> Option<SchemeOverflow> {
        let segment = self.segments().last()?;
        overflow(Some(segment), None, total.div_ceil(parents.max(1)), total)
    }

    /// The segment that begins after `length` characters.
    fn segment_at(&self, length: usize) -> Option<&CodeSegment> {
        let mut start = 0;
        self.segments().iter().find(|segment| {
            let here = start == length;
            start += usize::from(segment.width);
            here
        })
    }
}

/// The overflow, if `needed` children of one parent don't fit the segment; `total` is over all parents.
fn overflow(
    segment: Option<&CodeSegment>,
    parent: Option<GridCode>,
    needed: u64,
    total: u64,
) -> Option<SchemeOverflow> {
    let available = segment.map_or(0, CodeSegment::capacity);
    if needed <= available {
        return None;
    }
    let (name, name_zh) = segment.map_or(("", ""), |segment| (&segment.name, &segment.name_zh));
    let wider = |width| match segment {
        Some(segment) => CodeSegment { width, ..segment.clone() }.capacity(),
        None => CodeSegment::digits("", "", width).capacity(),
    };
    Some(SchemeOverflow {
        parent,
        segment: name.to_owned(),
        segment_zh: name_zh.to_owned(),
        needed,
        available,
        // Twenty digits hold any number of 64 bits.
        width_needed: (1..=20).find(|&width| needed <= wider(width)).unwrap_or(20),
        parents_needed: (available > 0).then(|| total.div_ceil(available)),
    })
}
