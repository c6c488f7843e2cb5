//! How surely a pair belongs together, read off its levels.

use super::Tier;
use crate::roster::pairs::level;
use crate::roster::{ComparisonKind, Model};

/// The comparisons that tiers look at, by their place in the model.
pub(super) struct Tiers {
    ids: Vec<usize>,
    names: Vec<usize>,
    phones: Vec<usize>,
    births: Vec<usize>,
}

impl Tiers {
    pub(super) fn new(model: &Model) -> Self {
        let of = |kinds: &[ComparisonKind]| {
            let places = model.comparisons.iter().enumerate();
            places
                .filter(|(_, comparison)| kinds.contains(&comparison.kind))
                .map(|(place, _)| place)
                .collect()
        };
        Self {
            ids: of(&[ComparisonKind::Id, ComparisonKind::Token]),
            names: of(&[ComparisonKind::Name, ComparisonKind::Names]),
            phones: of(&[ComparisonKind::Phone]),
            births: of(&[ComparisonKind::Birth]),
        }
    }

    /// The tier of a pair with these levels.
    pub(super) fn of(&self, levels: u64) -> Tier {
        let agree = |places: &[usize]| places.iter().any(|&place| level(levels, place) == 1);
        if agree(&self.ids) {
            Tier::Id
        } else if agree(&self.names) && agree(&self.phones) {
            Tier::PhoneName
        } else if agree(&self.names) && agree(&self.births) {
            Tier::NameBirth
        } else {
            Tier::Probable
        }
    }
}
