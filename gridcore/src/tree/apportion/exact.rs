//! Exact comparison of fractions, and the quotients of the divisor methods.

use std::cmp::Ordering;

use super::ApportionMethod;

/// Compares `a / b` with `c / d`; `b` and `d` are not 0.
///
/// By cross-multiplication where 128 bits hold the products, otherwise by the digits of the continued fractions, which
/// never overflow and end after as many steps as Euclid's algorithm.
pub(super) fn compare(mut a: u128, mut b: u128, mut c: u128, mut d: u128) -> Ordering {
    loop {
        if let (Some(left), Some(right)) = (a.checked_mul(d), c.checked_mul(b)) {
            return left.cmp(&right);
        }
        let whole = (a / b).cmp(&(c / d));
        let (left, right) = (a % b, c % d);
        if whole.is_ne() || left == 0 || right == 0 {
            return whole.then(left.cmp(&right));
        }
        // left / b < right / d just when d / right < b / left.
        (a, b, c, d) = (d, right, b, left);
    }
}

/// The claim of a party to its next seat: its weight over the divisor of that seat, or the square of that.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotient {
    over: u128,
    /// 0 where the first seat comes before any other.
    under: u128,
}

impl Quotient {
    /// The quotient of the seat after `held` seats.
    pub(super) fn next(method: ApportionMethod, weight: u64, held: u64) -> Self {
        let (weight, held) = (u128::from(weight), u128::from(held));
        let (over, under) = match method {
            ApportionMethod::SainteLague => (2 * weight, 2 * held + 1),
            ApportionMethod::HuntingtonHill if held == 0 => (weight, 0),
            ApportionMethod::HuntingtonHill => (weight * weight, held * (held + 1)),
            ApportionMethod::DHondt | ApportionMethod::LargestRemainder => (weight, held + 1),
        };
        Self { over, under }
    }

    /// The quotient as a float; none if it comes before any other.
    pub(super) fn value(self, method: ApportionMethod) -> Option<f64> {
        if self.under == 0 {
            return None;
        }
        let value = self.over as f64 / self.under as f64;
        // A square root is exactly rounded on every platform.
        Some(if method == ApportionMethod::HuntingtonHill { value.sqrt() } else { value })
    }
}

impl Ord for Quotient {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.under, other.under) {
            // Among first seats that come before all others, the larger weight comes first.
            (0, 0) => self.over.cmp(&other.over),
            (0, _) => Ordering::Greater,
            (_, 0) => Ordering::Less,
            (under, others) => compare(self.over, under, other.over, others),
        }
    }
}

impl PartialOrd for Quotient {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Quotient {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Quotient {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fractions_too_large_to_multiply_are_compared() {
        let most = u128::MAX;
        assert_eq!(compare(most, most - 1, most - 1, most - 2), Ordering::Less);
        assert_eq!(compare(most, 2, most - 1, 2), Ordering::Greater);
        assert_eq!(compare(most, 3, most, 3), Ordering::Equal);
        assert_eq!(compare(most - 1, most, most - 2, most - 1), Ordering::Greater);
        assert_eq!(compare(0, most, 1, most), Ordering::Less);
        // 2·(2¹²⁷ − 1) over 2·3 is (2¹²⁷ − 1) over 3.
        assert_eq!(compare(most - 1, 6, (most - 1) / 2, 3), Ordering::Equal);
    }

    proptest! {
        #[test]
        fn continued_fractions_agree_with_products(a in any::<u64>(), b in 1..=u64::MAX, c in any::<u64>(), d in 1..=u64::MAX) {
            let [a, b, c, d] = [a, b, c, d].map(u128::from);
            let expected = (a * d).cmp(&(c * b));
            prop_assert_eq!(compare(a, b, c, d), expected);
            // Scaled up so far that the products overflow.
            let (up, other) = (u128::from(u64::MAX), u128::from(u64::MAX) - 2);
            prop_assert_eq!(compare(a * up, b * up, c * other, d * other), expected);
        }
    }
}
