//! What may be wrong with a question of apportionment.

use std::fmt;

use super::ApportionParty;
use crate::error::{Fault, Lang, Problem, report};

/// The most decimal places that weights are scaled by.
const MOST_DECIMALS: u32 = 9;

/// One thing that keeps seats from being shared out.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ApportionFault {
    /// There are no parties.
    NoParties,
    /// No party has a weight.
    NoWeight,
    /// The weights add up to more than 64 bits hold.
    WeightsTooLarge,
    /// The minimums add up to more than the seats.
    TooFewSeats {
        /// The seats.
        seats: u64,
        /// The sum of the minimums, at most [`u64::MAX`].
        minimums: u64,
    },
    /// A party's cap is below its minimum.
    CapBelowMinimum {
        /// The place of the party, from 0.
        party: usize,
        /// Its cap.
        cap: u64,
        /// Its minimum.
        minimum: u64,
    },
    /// The caps leave seats over; a party without weight counts with its minimum.
    TooManySeats {
        /// The seats.
        seats: u64,
        /// The most that could be given out.
        most: u64,
    },
    /// A weight is not a number, or infinite.
    NotFinite {
        /// The place of the party, from 0.
        party: usize,
    },
    /// A weight is less than 0.
    Negative {
        /// The place of the party, from 0.
        party: usize,
    },
    /// A weight, scaled, is more than 64 bits hold.
    WeightTooLarge {
        /// The place of the party, from 0.
        party: usize,
    },
    /// A weight is above 0, but would be scaled to 0.
    WeightVanishes {
        /// The place of the party, from 0.
        party: usize,
    },
    /// More than 9 decimal places were asked for.
    TooManyDecimals {
        /// How many.
        decimals: u32,
    },
}

impl ApportionFault {
    fn to_fault(&self) -> Fault {
        match *self {
            Self::NoParties => Fault::new("no_parties")
                .says("there are no parties to share the seats", "没有参与分配的各方")
                .remedy("give at least one weight", "请至少给出一个权重"),
            Self::NoWeight => Fault::new("no_weight")
                .says("no party has a weight above 0", "各方的权重都是 0")
                .remedy("give weights such as households or people", "请给出户数、人口等权重"),
            Self::WeightsTooLarge => Fault::new("weights_too_large")
                .says("the weights add up to more than 64 bits hold", "权重之和超出 64 位整数")
                .remedy("use a larger unit of weight", "请改用更大的权重单位"),
            Self::TooFewSeats { seats, minimums } => Fault::new("too_few_seats")
                .found(seats, minimums)
                .says(
                    format!("there are {seats} seats, and the minimums add up to {minimums}"),
                    format!("共有 {seats} 个名额，而各方最低数之和为 {minimums}"),
                )
                .remedy("give more seats or lower the minimums", "请增加名额或降低最低数"),
            Self::CapBelowMinimum { party, cap, minimum } => Fault::new("cap_below_minimum")
                .at(party)
                .found(cap, minimum)
                .says(
                    format!("the cap of {cap} is below the minimum of {minimum}"),
                    format!("上限 {cap} 低于最低数 {minimum}"),
                )
                .remedy("raise the cap or lower the minimum", "请提高上限或降低最低数"),
            Self::TooManySeats { seats, most } => Fault::new("too_many_seats")
                .found(seats, most)
                .says(
                    format!("there are {seats} seats, and no more than {most} can be given under the caps"),
                    format!("共有 {seats} 个名额，而上限之内最多分出 {most} 个"),
                )
                .remedy("give fewer seats, raise the caps or give weights", "请减少名额、提高上限或给出权重"),
            Self::NotFinite { party } => Fault::new("weight_not_finite")
                .at(party)
                .says("the weight is not a finite number", "权重不是有限数")
                .remedy("fill in the weight, or 0", "请填写权重，或填 0"),
            Self::Negative { party } => Fault::new("weight_negative")
                .at(party)
                .says("the weight is below 0", "权重小于 0")
                .remedy("give a weight of 0 or more", "权重应不小于 0"),
            Self::WeightTooLarge { party } => Fault::new("weights_too_large")
                .at(party)
                .says("the weight, scaled, is more than 64 bits hold", "放大后的权重超出 64 位整数")
                .remedy("keep fewer decimals or use a larger unit", "请减少小数位或改用更大的单位"),
            Self::WeightVanishes { party } => Fault::new("weight_vanishes")
                .at(party)
                .says(
                    "the weight is above 0, but less than half of the last decimal kept",
                    "权重大于 0，但不足所保留末位小数的一半",
                )
                .remedy("keep more decimals or use a smaller unit", "请保留更多小数位或改用更小的单位"),
            Self::TooManyDecimals { decimals } => Fault::new("too_many_decimals")
                .found(decimals, MOST_DECIMALS)
                .says(
                    format!("{decimals} decimals were asked for, more than {MOST_DECIMALS}"),
                    format!("要求保留 {decimals} 位小数，超过 {MOST_DECIMALS} 位"),
                )
                .remedy("keep fewer decimals or use a smaller unit", "请减少小数位或改用更小的单位"),
        }
    }
}

/// Why seats can't be shared out: every fault.
///
/// ```
/// use gridcore::{Apportion, ApportionMethod, Problem};
/// let error = Apportion::new(1, ApportionMethod::DHondt).minimum(1).among(&[0, 0]).unwrap_err();
/// let codes: Vec<String> = error.faults().into_iter().map(|fault| fault.code).collect();
/// assert_eq!(codes, ["no_weight", "too_few_seats"]);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApportionError {
    faults: Vec<ApportionFault>,
}

impl ApportionError {
    /// The faults as values.
    ///
    /// ```
    /// use gridcore::{Apportion, ApportionFault, ApportionMethod};
    /// let error = Apportion::new(1, ApportionMethod::DHondt).among(&[]).unwrap_err();
    /// assert_eq!(error.list(), [ApportionFault::NoParties]);
    /// ```
    #[must_use]
    pub fn list(&self) -> &[ApportionFault] {
        &self.faults
    }
}

impl Problem for ApportionError {
    fn code(&self) -> &'static str {
        "apportion_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(ApportionFault::to_fault).collect()
    }
}

impl fmt::Display for ApportionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report(&self.faults(), Lang::En))
    }
}

impl std::error::Error for ApportionError {}

fn finish<T>(value: T, faults: Vec<ApportionFault>) -> Result<T, ApportionError> {
    if faults.is_empty() { Ok(value) } else { Err(ApportionError { faults }) }
}

/// Looks for every fault of a question.
pub(super) fn check(seats: u64, parties: &[ApportionParty]) -> Result<(), ApportionError> {
    if parties.is_empty() {
        return finish((), vec![ApportionFault::NoParties]);
    }
    let mut faults = Vec::new();
    // No list is so long that 128 bits couldn't hold the sum of its 64-bit numbers.
    let total: u128 = parties.iter().map(|of| u128::from(of.weight)).sum();
    if total == 0 {
        faults.push(ApportionFault::NoWeight);
    }
    if total > u128::from(u64::MAX) {
        faults.push(ApportionFault::WeightsTooLarge);
    }
    let minimums: u128 = parties.iter().map(|of| u128::from(of.minimum)).sum();
    if minimums > u128::from(seats) {
        let minimums = u64::try_from(minimums).unwrap_or(u64::MAX);
        faults.push(ApportionFault::TooFewSeats { seats, minimums });
    }
    for (party, &ApportionParty { minimum, cap, .. }) in parties.iter().enumerate() {
        if let Some(cap) = cap.filter(|&cap| cap < minimum) {
            faults.push(ApportionFault::CapBelowMinimum { party, cap, minimum });
        }
    }
    let most: u128 = parties
        .iter()
        .map(|of| u128::from(if of.weight == 0 { of.minimum } else { of.cap.unwrap_or(u64::MAX) }))
        .sum();
    if total > 0 && most < u128::from(seats) {
        faults.push(ApportionFault::TooManySeats { seats, most: most as u64 });
    }
    finish((), faults)
}

/// Weights with decimals as whole numbers: each times 10 to the `decimals`, rounded to the nearest.
///
/// Seats are shared out by whole weights alone, so that no comparison is blurred; this is the door for others.
///
/// ```
/// use gridcore::scaled_weights;
/// assert_eq!(scaled_weights(&[441.85, 0.0, 12.0], 2)?, [44_185, 0, 1200]);
/// assert!(scaled_weights(&[f64::NAN, -1.0, 0.001], 2).is_err());
/// # Ok::<(), gridcore::ApportionError>(())
/// ```
///
/// # Errors
/// [`ApportionError`] with every fault: a weight that is no finite number, below 0, too large, or above 0 and scaled
/// to 0; more than 9 decimals.
#[expect(clippy::cast_sign_loss, reason = "what is below 0 is a fault, and its number is never used")]
pub fn scaled_weights(weights: &[f64], decimals: u32) -> Result<Vec<u64>, ApportionError> {
    const BEYOND: f64 = 18_446_744_073_709_551_616.0; // 2⁶⁴
    if decimals > MOST_DECIMALS {
        return finish(Vec::new(), vec![ApportionFault::TooManyDecimals { decimals }]);
    }
    let scale = 10_u64.pow(decimals) as f64; // exact: less than 2⁵³
    let mut faults = Vec::new();
    let mut scaled = Vec::with_capacity(weights.len());
    for (party, &weight) in weights.iter().enumerate() {
        let rounded = (weight * scale).round();
        if !weight.is_finite() {
            faults.push(ApportionFault::NotFinite { party });
        } else if weight < 0.0 {
            faults.push(ApportionFault::Negative { party });
        } else if rounded >= BEYOND {
            faults.push(ApportionFault::WeightTooLarge { party });
        } else if weight > 0.0 && rounded == 0.0 {
            faults.push(ApportionFault::WeightVanishes { party });
        }
        scaled.push(rounded as u64); // saturates where a fault was found
    }
    finish(scaled, faults)
}
