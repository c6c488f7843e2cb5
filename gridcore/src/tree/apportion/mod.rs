//! Apportionment (名额分配): whole seats by weight, with a method that the caller names.
//!
//! Divisor methods and their laws follow Balinski and Young, *Fair Representation* (2nd edition, 2001). Every
//! comparison is between exact fractions; no float decides anything.

mod award;
mod exact;
mod fault;
mod share;

use crate::error::Lang;

pub use fault::{ApportionError, ApportionFault, scaled_weights};

/// How seats are shared out by weight (分配方法).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ApportionMethod {
    /// Hamilton's, Hare–Niemeyer (最大余数法): the whole part of each quota, then one seat each to the largest
    /// remainders. Keeps within the quota; a further seat in all may cost a party one (the Alabama paradox).
    LargestRemainder,
    /// Webster's (圣拉格法): divisors ½, 1½, 2½ …, which favour neither the large nor the small.
    SainteLague,
    /// The method of equal proportions (亨廷顿–希尔法), in use for the House of the United States: divisors √(n(n+1));
    /// every party with a weight comes before any second seat.
    HuntingtonHill,
    /// Jefferson's (洪德法): divisors 1, 2, 3 …, which favour the large.
    DHondt,
}

impl ApportionMethod {
    /// All methods.
    pub const ALL: [Self; 4] =
        [Self::LargestRemainder, Self::SainteLague, Self::HuntingtonHill, Self::DHondt];

    /// The name, in `snake_case`.
    ///
    /// ```
    /// assert_eq!(gridcore::ApportionMethod::SainteLague.name(), "sainte_lague");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LargestRemainder => "largest_remainder",
            Self::SainteLague => "sainte_lague",
            Self::HuntingtonHill => "huntington_hill",
            Self::DHondt => "d_hondt",
        }
    }

    /// The method with a name.
    ///
    /// ```
    /// use gridcore::ApportionMethod;
    /// for method in ApportionMethod::ALL {
    ///     assert_eq!(ApportionMethod::from_name(method.name()), Some(method));
    /// }
    /// assert_eq!(ApportionMethod::from_name("by_lot"), None);
    /// ```
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.name() == name)
    }

    /// The name in words.
    ///
    /// ```
    /// use gridcore::{ApportionMethod, Lang};
    /// assert_eq!(ApportionMethod::LargestRemainder.text(Lang::Zh), "最大余数法");
    /// ```
    #[must_use]
    pub const fn text(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::LargestRemainder, Lang::En) => "largest remainder",
            (Self::LargestRemainder, Lang::Zh) => "最大余数法",
            (Self::SainteLague, Lang::En) => "Sainte-Laguë",
            (Self::SainteLague, Lang::Zh) => "圣拉格法",
            (Self::HuntingtonHill, Lang::En) => "Huntington–Hill",
            (Self::HuntingtonHill, Lang::Zh) => "亨廷顿–希尔法",
            (Self::DHondt, Lang::En) => "D'Hondt",
            (Self::DHondt, Lang::Zh) => "洪德法",
        }
    }
}

/// One that takes part: a town with its households, a village with its people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct ApportionParty {
    /// The weight, in any unit that is the same for all.
    pub weight: u64,
    /// The fewest seats it gets.
    #[cfg_attr(feature = "serde", serde(default))]
    pub minimum: u64,
    /// The most seats it gets, if there is a bound.
    #[cfg_attr(feature = "serde", serde(default))]
    pub cap: Option<u64>,
}

/// A question of apportionment: so many seats, by that method.
///
/// Seats that tie go to the parties that were given first; the answer names the tie, so that lots can be drawn instead.
///
/// ```
/// use gridcore::{Apportion, ApportionMethod};
/// let towns = [100_000, 80_000, 30_000, 20_000];
/// let fair = Apportion::new(8, ApportionMethod::SainteLague).among(&towns)?;
/// assert_eq!(fair.seats, [3, 3, 1, 1]);
/// let large = Apportion::new(8, ApportionMethod::DHondt).among(&towns)?;
/// assert_eq!(large.seats, [4, 3, 1, 0]);
/// let none_without = Apportion::new(8, ApportionMethod::DHondt).minimum(1).among(&towns)?;
/// assert_eq!(none_without.seats, [3, 3, 1, 1]);
/// # Ok::<(), gridcore::ApportionError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Apportion {
    /// How many seats there are.
    pub seats: u64,
    /// By which method they are shared out.
    pub method: ApportionMethod,
    /// The fewest seats every party gets, unless it asks for more.
    #[cfg_attr(feature = "serde", serde(default))]
    pub minimum: u64,
}

impl Apportion {
    /// A question without bounds.
    ///
    /// ```
    /// use gridcore::{Apportion, ApportionMethod};
    /// let question = Apportion::new(10_117, ApportionMethod::LargestRemainder);
    /// assert_eq!(question.among(&[1, 1, 1])?.seats, [3373, 3372, 3372]);
    /// # Ok::<(), gridcore::ApportionError>(())
    /// ```
    #[must_use]
    pub const fn new(seats: u64, method: ApportionMethod) -> Self {
        Self { seats, method, minimum: 0 }
    }

    /// Gives every party at least so many seats.
    ///
    /// ```
    /// use gridcore::{Apportion, ApportionMethod};
    /// let question = Apportion::new(9, ApportionMethod::LargestRemainder).minimum(2);
    /// assert_eq!(question.among(&[1000, 10, 1])?.seats, [5, 2, 2]);
    /// # Ok::<(), gridcore::ApportionError>(())
    /// ```
    #[must_use]
    pub const fn minimum(mut self, minimum: u64) -> Self {
        self.minimum = minimum;
        self
    }

    /// Shares the seats out among parties with these weights.
    ///
    /// ```
    /// use gridcore::{Apportion, ApportionMethod};
    /// // The Alabama paradox: with one seat more, the smallest party has one less.
    /// let question = |seats| Apportion::new(seats, ApportionMethod::LargestRemainder);
    /// assert_eq!(question(10).among(&[6, 6, 2])?.seats, [4, 4, 2]);
    /// assert_eq!(question(11).among(&[6, 6, 2])?.seats, [5, 5, 1]);
    /// # Ok::<(), gridcore::ApportionError>(())
    /// ```
    ///
    /// # Errors
    /// As from [`among_parties`](Self::among_parties).
    ///
    /// # Complexity
    /// As of [`among_parties`](Self::among_parties).
    pub fn among(&self, weights: &[u64]) -> Result<Apportionment, ApportionError> {
        let parties: Vec<ApportionParty> =
            weights.iter().map(|&weight| ApportionParty { weight, ..ApportionParty::default() }).collect();
        self.among_parties(&parties)
    }

    /// Shares the seats out among parties with bounds of their own.
    ///
    /// In a divisor method a party gets as many seats as its weight divided by the common divisor rounds to, but no
    /// fewer than its minimum and no more than its cap. By largest remainder the quota is bounded first: parties whose
    /// quota lies outside their bounds stand at the bound, the others share what is left in proportion, and remainders
    /// are compared among them. A party without weight gets its minimum.
    ///
    /// ```
    /// use gridcore::{Apportion, ApportionMethod, ApportionParty};
    /// let parties = [
    ///     ApportionParty { weight: 900, minimum: 0, cap: Some(5) },
    ///     ApportionParty { weight: 90, minimum: 0, cap: None },
    ///     ApportionParty { weight: 10, minimum: 2, cap: None },
    /// ];
    /// let answer = Apportion::new(10, ApportionMethod::SainteLague).among_parties(&parties)?;
    /// assert_eq!(answer.seats, [5, 3, 2]);
    /// # Ok::<(), gridcore::ApportionError>(())
    /// ```
    ///
    /// # Errors
    /// [`ApportionError`] with every fault: no parties, no weight, weights that add up to more than 64 bits hold,
    /// a cap below its minimum, minimums above the seats, or caps that leave seats over.
    ///
    /// # Complexity
    /// O(k log k) for k parties in time, O(k) in space, whatever the number of seats.
    pub fn among_parties(&self, parties: &[ApportionParty]) -> Result<Apportionment, ApportionError> {
        let parties: Vec<ApportionParty> = parties
            .iter()
            .map(|party| ApportionParty { minimum: party.minimum.max(self.minimum), ..*party })
            .collect();
        fault::check(self.seats, &parties)?;
        let shares = share::bounded(self.seats, &parties);
        Ok(match self.method {
            ApportionMethod::LargestRemainder => award::by_remainder(self.seats, &shares),
            method => award::by_quotient(self.seats, method, &parties, &shares),
        })
    }
}

/// One seat on either side of the cut of a divisor method.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SeatClaim {
    /// The place of the party, from 0.
    pub party: usize,
    /// Which of its seats, from 1.
    pub seat: u64,
    /// The weight of the party divided by the divisor of this seat, to the precision of a float; none where the
    /// divisor is 0, before all others (the first seat by Huntington–Hill).
    pub quotient: Option<f64>,
}

/// One remainder on either side of the cut of the largest remainders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RemainderClaim {
    /// The place of the party, from 0.
    pub party: usize,
    /// The remainder of its quota, in parts of the weight over which the seats were shared.
    pub remainder: u64,
}

/// Why no other answer is right: what anyone can check with a few divisions.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum ApportionCertificate {
    /// Of a divisor method: every divisor between the two quotients gives this answer.
    Divisor {
        /// The awarded seat with the smallest quotient, beyond the minimums.
        awarded: Option<SeatClaim>,
        /// The refused seat with the largest quotient, below the caps.
        refused: Option<SeatClaim>,
    },
    /// Of the largest remainders: the quota is `weight ÷ seats`.
    Quota {
        /// The seats left for the parties that don't stand at a bound.
        seats: u64,
        /// The weight of these parties.
        weight: u64,
        /// The smallest remainder that was given a seat.
        awarded: Option<RemainderClaim>,
        /// The largest remainder that was not.
        refused: Option<RemainderClaim>,
    },
}

/// Parties with equal claims on either side of the cut.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ApportionTie {
    /// The places of those that got the seat, since they were given first.
    pub awarded: Vec<usize>,
    /// The places of those that might have had it as well.
    pub refused: Vec<usize>,
}

/// Seats shared out.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Apportionment {
    /// The method that was used.
    pub method: ApportionMethod,
    /// The seats of each party, in the order given.
    pub seats: Vec<u64>,
    /// Why no other answer is right.
    pub certificate: ApportionCertificate,
    /// The tie that the order of the parties settled, if there was one.
    pub tie: Option<ApportionTie>,
}

impl Apportionment {
    /// The divisors that give this answer, from the smallest to the largest; the quota twice for the largest remainders.
    ///
    /// To the precision of a float. The smallest is 0 where nothing was refused, and infinite where Huntington–Hill had
    /// to refuse first seats; the largest is none where it is unbounded.
    ///
    /// ```
    /// use gridcore::{Apportion, ApportionMethod};
    /// let answer = Apportion::new(8, ApportionMethod::DHondt).among(&[100_000, 80_000, 30_000, 20_000])?;
    /// // The fourth seat of the first at 25,000 was the last; the first of the fourth at 20,000 would be next.
    /// assert_eq!(answer.divisors(), (20_000.0, Some(25_000.0)));
    /// # Ok::<(), gridcore::ApportionError>(())
    /// ```
    #[must_use]
    pub fn divisors(&self) -> (f64, Option<f64>) {
        match self.certificate {
            ApportionCertificate::Divisor { awarded, refused } => {
                let refused = refused.map_or(0.0, |claim| claim.quotient.unwrap_or(f64::INFINITY));
                (refused, awarded.and_then(|claim| claim.quotient))
            }
            ApportionCertificate::Quota { seats: 0, .. } => (0.0, None),
            ApportionCertificate::Quota { seats, weight, .. } => {
                let quota = weight as f64 / seats as f64;
                (quota, Some(quota))
            }
        }
    }

    /// What was decided at the cut, in one sentence.
    ///
    /// ```
    /// use gridcore::{Apportion, ApportionMethod, Lang};
    /// let answer = Apportion::new(3, ApportionMethod::SainteLague).among(&[5, 5])?;
    /// assert_eq!(
    ///     answer.text(Lang::En),
    ///     "3 seats by Sainte-Laguë among 2; a tie at the cut went to the parties given first: 1 of 2 equal claims",
    /// );
    /// # Ok::<(), gridcore::ApportionError>(())
    /// ```
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let method = self.method.text(lang);
        let total: u64 = self.seats.iter().sum();
        let parties = self.seats.len();
        let tie = self.tie.as_ref().map(|tie| (tie.awarded.len(), tie.awarded.len() + tie.refused.len()));
        match (lang, tie) {
            (Lang::En, None) => format!("{total} seats by {method} among {parties}; no tie at the cut"),
            (Lang::En, Some((awarded, all))) => format!(
                "{total} seats by {method} among {parties}; \
                 a tie at the cut went to the parties given first: {awarded} of {all} equal claims"
            ),
            (Lang::Zh, None) => format!("按{method}将 {total} 个名额分给 {parties} 方；分界处无并列"),
            (Lang::Zh, Some((awarded, all))) => format!(
                "按{method}将 {total} 个名额分给 {parties} 方；分界处有并列，按给定次序取 {all} 方中的 {awarded} 方"
            ),
        }
    }
}
