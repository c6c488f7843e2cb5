//! Classes of numbers, and their colours.

use super::options::Breaks;

/// Nine steps of the viridis scale (Smith and van der Walt, CC0) from many to few: told apart by the colour-blind, and in grey.
const SCALE: [&str; 9] =
    ["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962", "#addc30", "#fde725"];

/// The largest number of each class, ascending; numbers above zero fall into the first class that reaches them.
///
/// # Complexity
/// O(n log n) time.
pub(super) fn breaks(mut numbers: Vec<u64>, classes: usize, by: Breaks) -> Vec<u64> {
    numbers.retain(|&number| number > 0);
    numbers.sort_unstable();
    let (Some(&least), Some(&most)) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let class = |k: usize| match by {
        Breaks::Quantile => numbers[(k * numbers.len()).div_ceil(classes).max(1) - 1],
        Breaks::Equal => {
            let width = u128::from(most - least + 1);
            // The largest whole number of the k-th of equal shares of the range.
            let share = (width * k as u128).div_ceil(classes as u128);
            least + (share as u64 - 1)
        }
    };
    let mut ends: Vec<u64> = (1..=classes).map(class).collect();
    ends.dedup();
    ends.retain(|&end| end >= least);
    ends
}

/// The colour of the `class`-th of some classes: the darker, the more.
pub(super) fn colour(class: usize, classes: usize) -> &'static str {
    let last = SCALE.len() - 1;
    let from_many = classes.saturating_sub(1 + class);
    SCALE[if classes < 2 { last / 2 } else { from_many * last / (classes - 1) }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_share_the_cells_and_equal_steps_the_range() {
        let numbers: Vec<u64> = (1..=10).collect();
        assert_eq!(breaks(numbers.clone(), 5, Breaks::Quantile), [2, 4, 6, 8, 10]);
        assert_eq!(breaks(numbers.clone(), 3, Breaks::Quantile), [4, 7, 10]);
        assert_eq!(breaks(numbers, 5, Breaks::Equal), [2, 4, 6, 8, 10]);
        assert_eq!(breaks(vec![0, 1, 1, 1, 1, 100], 4, Breaks::Quantile), [1, 100]);
        assert_eq!(breaks(vec![1, 100], 4, Breaks::Equal), [25, 50, 75, 100]);
        assert_eq!(breaks(vec![7, 7, 0], 5, Breaks::Equal), [7]);
        assert_eq!(breaks(vec![3, 4], 9, Breaks::Equal), [3, 4]);
        assert!(breaks(vec![0, 0], 5, Breaks::Quantile).is_empty());
        assert_eq!(breaks(vec![1, u64::MAX], 2, Breaks::Equal), [1 << 63, u64::MAX]);
    }

    #[test]
    fn colours_run_from_light_to_dark() {
        assert_eq!(colour(0, 5), "#fde725");
        assert_eq!(colour(4, 5), "#440154");
        assert_eq!(colour(0, 1), colour(2, 5));
        for classes in 2..=9 {
            let mut seen: Vec<&str> = (0..classes).map(|class| colour(class, classes)).collect();
            seen.dedup();
            assert_eq!(seen.len(), classes);
        }
    }
}
