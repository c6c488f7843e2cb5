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
    /// Nearer than anything that can be reached.
    const NEAR: Self;
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
            const NEAR: Self = <$number>::MIN;
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
    /// The dearest cost less the cheapest.
    pub(super) width: i128,
}

impl Spread {
    /// The spread of some costs; nothing spreads nowhere.
    pub(super) fn of(costs: &[i64]) -> Self {
        let (low, high) =
            costs.iter().fold((i64::MAX, i64::MIN), |(low, high), &c| (low.min(c), high.max(c)));
        if low > high {
            return Self { low: 0, width: 0 };
        }
        Self { low, width: i128::from(high) - i128::from(low) }
    }

    /// Whether lanes of this kind hold the spread.
    pub(super) fn fits<L: Lane>(self) -> bool {
        self.width <= i128::from(L::LIMIT.wide())
    }
}
