//! Rounded claims (约数): what a sentence such as 1万多个 says about a count, as an interval.

mod fault;
mod read;
mod words;

use std::fmt;
use std::str::FromStr;

use crate::error::Lang;

pub use fault::ClaimError;

/// How a claim bounds the count it speaks of.
///
/// *v* is the number named. Its *last place* is the place of the last digit that isn't a filling zero: 100 in 1500,
/// 1000 in 1.5万, 10000 in 1万; a number with 万 or 亿 before 多 has that as its last place at most (10万多 is less than
/// 11万, 10多万 less than 20万). The *slack* is half the last place, but at most a tenth of *v* and at least 1.
///
/// 以上, 以下, 以内 include the number, 超过, 不满, 以外 don't, as article 1259 of the Civil Code of China has it; 几 is
/// "more than one and less than ten", as the dictionaries have it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ClaimRule {
    /// `11300人次`: \[v, v\].
    Exact,
    /// `1万多`, `1500余`, `80-odd`, `just over`: \[v + 1, v + last place − 1\].
    More,
    /// `几十`, `数百`, `十几`, `hundreds of`: an open digit from 2 to 9, after a number from 1: 几十 is \[20, 99\].
    Several,
    /// `超过`, `逾`, `不止`, `over`, `more than`: \[v + 1, ∞).
    Over,
    /// `至少`, `以上`, `上万`, `at least`, `or more`: \[v, ∞).
    AtLeast,
    /// `至多`, `以下`, `不超过`, `up to`: \[0, v\].
    AtMost,
    /// `不足`, `不到`, `fewer than`: \[0, v − 1\].
    Under,
    /// `近`, `将近`, `nearly`, `almost`: \[v − slack, v − 1\].
    Near,
    /// `约`, `左右`, `about`, or a bare unit (`万名`): \[v − slack, v + slack\].
    About,
    /// `40—50人`, `三四百`, `between 40 and 50`: both numbers included.
    Range,
}

impl ClaimRule {
    /// The rule in words.
    ///
    /// ```
    /// use gridcore::{ClaimRule, Lang};
    /// assert_eq!(ClaimRule::Over.text(Lang::En), "more than the number");
    /// assert_eq!(ClaimRule::AtLeast.text(Lang::Zh), "不少于此数（含本数）");
    /// ```
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        let (en, zh) = match self {
            Self::Exact => ("exactly the number", "恰为此数"),
            Self::More => {
                ("more than the number, by less than its last place", "多于此数，零头不足其末位的一个单位")
            }
            Self::Several => ("an open digit from 2 to 9", "“几”“数”表示二至九"),
            Self::Over => ("more than the number", "多于此数（不含本数）"),
            Self::AtLeast => ("the number or more", "不少于此数（含本数）"),
            Self::AtMost => ("the number or fewer", "不多于此数（含本数）"),
            Self::Under => ("fewer than the number", "少于此数（不含本数）"),
            Self::Near => (
                "just below the number, by half its last place and a tenth of it at most",
                "略少于此数，相差不过末位的一半和此数的十分之一",
            ),
            Self::About => (
                "the number, give or take half its last place and a tenth of it at most",
                "此数上下，相差不过末位的一半和此数的十分之一",
            ),
            Self::Range => ("from one number to the other, both included", "两数之间（含两端）"),
        };
        match lang {
            Lang::En => en,
            Lang::Zh => zh,
        }
    }
}

/// A rounded claim (约数) about a count, read into the interval it allows.
///
/// Numbers may be written with full-width digits, commas between thousands, decimals before a unit (1.5万), and as
/// Chinese numerals (一百多, 三千三百, 两万). What follows the number is kept as its [`measure`](Self::measure). Claims in
/// English: `over 10,000`, `more than 80`, `about`, `nearly`, `up to`, `at least`, `fewer than`, `1,500-odd`, `40 to 50`.
///
/// ```
/// use gridcore::{Claim, ClaimRule};
/// let claim: Claim = "1万多个四级网格".parse()?;
/// assert_eq!((claim.low(), claim.high()), (10_001, Some(19_999)));
/// assert_eq!(claim.rule(), ClaimRule::More);
/// assert_eq!(claim.measure(), "个四级网格");
/// assert!(claim.admits(10_117));
/// assert!("over 10,000".parse::<Claim>()?.admits(10_117));
/// assert!(!"近5000人".parse::<Claim>()?.admits(5_001));
/// # Ok::<(), gridcore::ClaimError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
pub struct Claim {
    text: String,
    low: u64,
    high: Option<u64>,
    rule: ClaimRule,
    measure: String,
}

impl Claim {
    /// The claim as it was written, without white space around it.
    ///
    /// ```
    /// assert_eq!(" 80多个 ".parse::<gridcore::Claim>()?.text(), "80多个");
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The smallest count the claim allows.
    ///
    /// ```
    /// assert_eq!("80多个".parse::<gridcore::Claim>()?.low(), 81);
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub const fn low(&self) -> u64 {
        self.low
    }

    /// The largest count the claim allows, if it sets one.
    ///
    /// ```
    /// use gridcore::Claim;
    /// assert_eq!("80多个".parse::<Claim>()?.high(), Some(89));
    /// assert_eq!("超万个".parse::<Claim>()?.high(), None);
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub const fn high(&self) -> Option<u64> {
        self.high
    }

    /// The rule the interval follows.
    ///
    /// ```
    /// use gridcore::{Claim, ClaimRule};
    /// assert_eq!("不足80个".parse::<Claim>()?.rule(), ClaimRule::Under);
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub const fn rule(&self) -> ClaimRule {
        self.rule
    }

    /// What is counted: the words after the number, such as 人次 (person-times, which are not persons).
    ///
    /// ```
    /// assert_eq!("11300人次".parse::<gridcore::Claim>()?.measure(), "人次");
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub fn measure(&self) -> &str {
        &self.measure
    }

    /// Whether a count agrees with the claim.
    ///
    /// ```
    /// use gridcore::Claim;
    /// let units: Claim = "80多个单位".parse()?;
    /// assert!(units.admits(83));
    /// assert!(!units.admits(90));
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub fn admits(&self, count: u64) -> bool {
        self.low <= count && self.high.is_none_or(|high| count <= high)
    }

    /// Compares a count with the claim and says how they stand.
    ///
    /// ```
    /// use gridcore::{Claim, Lang, ClaimVerdict};
    /// let claim: Claim = "不足80个".parse()?;
    /// let check = claim.check(83);
    /// assert_eq!(check.verdict, ClaimVerdict::Above);
    /// assert_eq!(check.text(Lang::En), "83 is above 0 to 79, which the claim allows (fewer than the number)");
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub fn check(&self, count: u64) -> ClaimCheck {
        let verdict = match self.high {
            _ if count < self.low => ClaimVerdict::Below,
            Some(high) if count > high => ClaimVerdict::Above,
            _ => ClaimVerdict::Within,
        };
        ClaimCheck { count, low: self.low, high: self.high, rule: self.rule, verdict }
    }
}

/// How a count stands to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum ClaimVerdict {
    /// The claim allows no count so small.
    Below,
    /// The count agrees with the claim.
    Within,
    /// The claim allows no count so large.
    Above,
}

/// A count held against a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClaimCheck {
    /// The count.
    pub count: u64,
    /// The smallest count the claim allows.
    pub low: u64,
    /// The largest count the claim allows, if it sets one.
    pub high: Option<u64>,
    /// The rule behind the two.
    pub rule: ClaimRule,
    /// How the count stands to them.
    pub verdict: ClaimVerdict,
}

impl ClaimCheck {
    /// The comparison in one sentence.
    ///
    /// ```
    /// use gridcore::{Claim, Lang};
    /// let check = "1万多".parse::<Claim>()?.check(10_117);
    /// assert_eq!(
    ///     check.text(Lang::Zh),
    ///     "10117 在说法允许的 10001 至 19999 之内（多于此数，零头不足其末位的一个单位）",
    /// );
    /// # Ok::<(), gridcore::ClaimError>(())
    /// ```
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let Self { count, low, .. } = self;
        let rule = self.rule.text(lang);
        match lang {
            Lang::En => {
                let place = match self.verdict {
                    ClaimVerdict::Below => "below",
                    ClaimVerdict::Within => "within",
                    ClaimVerdict::Above => "above",
                };
                let span = match self.high {
                    Some(high) => format!("{low} to {high}"),
                    None => format!("{low} or more"),
                };
                format!("{count} is {place} {span}, which the claim allows ({rule})")
            }
            Lang::Zh => {
                let place = match self.verdict {
                    ClaimVerdict::Below => "之下",
                    ClaimVerdict::Within => "之内",
                    ClaimVerdict::Above => "之上",
                };
                let span = match self.high {
                    Some(high) => format!("{low} 至 {high} "),
                    None => format!("不少于 {low} "),
                };
                format!("{count} 在说法允许的 {span}{place}（{rule}）")
            }
        }
    }
}

impl FromStr for Claim {
    type Err = ClaimError;

    fn from_str(text: &str) -> Result<Self, ClaimError> {
        read::claim(text)
    }
}

impl fmt::Display for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl TryFrom<String> for Claim {
    type Error = ClaimError;

    fn try_from(text: String) -> Result<Self, ClaimError> {
        text.parse()
    }
}

impl From<Claim> for String {
    fn from(claim: Claim) -> Self {
        claim.text
    }
}
