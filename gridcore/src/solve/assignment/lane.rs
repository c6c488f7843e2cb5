//! The whole numbers that solvers count in: 32 bits when the costs allow it, since twice as many fit a register, else 64.

use std::ops::{Add, AddAssign, Sub, SubAssign};

/// A whole number of some width, with the bounds that keep sums of four of them inside that width.
pub(super) trait Lane:
    Copy + Ord + Add<Output = Self> + Sub<Output = Self> + AddAssign + SubAssign
{
    /// Nothing.
    const ZERO: Self;
    /// Farther than anything that can be reached.
    const FAR: Self;
    /// The largest size that a cost, a price or a distance may have.
    const LIMIT: Self;

    /// A number that is known to fit.
    fn narrow(wide: i64) -> Self;

    /// The same number in 64 bits.
    fn wide(self) -> i64;

    /// Whether the number's size is within the limit.
    fn is_tame(self) -> bool;
}

macro_rules! lane {
    ($number:ty, $limit:expr) => {
        impl Lane for $number {
            const ZERO: Self = 0;
            const FAR: Self = <$number>::MAX;
            const LIMIT: Self = $limit;

            #[inline]
            fn narrow(wide: i64) -> Self {
                wide as Self
            }

            #[inline]
            fn wide(self) -> i64 {
                i64::from(self)
            }

            #[inline]
            fn is_tame(self) -> bool {
                (-Self::LIMIT..=Self::LIMIT).contains(&self)
            }
        }
    };
}

lane!(i32, 1 << 28);
lane!(i64, 1 << 60);

/// The cheapest cost and the spread above it.
#[derive(Clone, Copy)]
pub(super) struct Spread {
    /// The cheapest cost; solvers count from there.
    pub(super) low: i64,
    high: i64,
}

impl Spread {
    /// The spread of some costs; nothing spreads nowhere.
    pub(super) fn of(costs: &[i64]) -> Self {
        // 32-bit comparisons are several times faster, where every cost fits.
        let (mut outside, mut low, mut high) = (0_u64, i32::MAX, i32::MIN);
        for &cost in costs {
            outside |= cost.cast_unsigned().wrapping_add(1 << 31) >> 32;
            (low, high) = (low.min(cost as i32), high.max(cost as i32));
        }
        if costs.is_empty() {
            return Self { low: 0, high: 0 };
        }
        if outside == 0 {
            return Self { low: i64::from(low), high: i64::from(high) };
        }
        let ends =
            costs.iter().fold((i64::MAX, i64::MIN), |(low, high), &cost| (low.min(cost), high.max(cost)));
        Self { low: ends.0, high: ends.1 }
    }

    /// The dearest cost less the cheapest, as far as 64 bits go.
    pub(super) fn width(self) -> i64 {
        self.high.saturating_sub(self.low)
    }

    /// Whether lanes of this kind hold the spread.
    pub(super) fn fits<L: Lane>(self) -> bool {
        self.width() <= L::LIMIT.wide()
    }
}
