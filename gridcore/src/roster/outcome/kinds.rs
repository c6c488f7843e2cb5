//! The words of the outcome's tables: states, tiers, reasons; each a stable `snake_case` name.

/// Declares an enum of stable names: what it is in tables, all of it, and the way back.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $id:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them, in the order of tables.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable name, as tables have it.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self {
                    $(Self::$variant => $id,)*
                }
            }
        }
    };
}
pub(crate) use names;

names! {
    /// What came of a row (状态): each row has exactly one.
    ///
    /// ```
    /// use gridcore::roster::RowState;
    /// assert_eq!(RowState::Missing.id(), "missing");
    /// ```
    RowState {
        /// It has its counterpart on the other side (一致).
        Matched = "matched",
        /// A row of the left without a counterpart (漏登).
        Missing = "missing",
        /// A row of the right without a counterpart (多出).
        Extra = "extra",
        /// Another row of its own side stands for the same person (重复).
        Duplicate = "duplicate",
        /// It may be one with a row that it is listed with; somebody has to look (待核).
        Review = "review",
        /// In a deduplication of one roster: the row stands for its person (保留).
        Kept = "kept",
    }
}

names! {
    /// How surely a pair belongs together, by what agrees (依据): of each matched pair the first that applies.
    ///
    /// A tier is read off the levels of the pair's comparisons, where `exact` is level 1: the same value after both were
    /// brought into one form. It says why a pair is believed, and not how likely it is, which its probability does. One tier
    /// is more than a label: a pair with the same identity number, whose check digit is right, under the same name is sure.
    /// It is settled before all others, and no model speaks against it; only somebody's decision does. Of several such rows
    /// on a side one is matched and the others double it.
    ///
    /// ```
    /// use gridcore::roster::Tier;
    /// assert_eq!(Tier::ALL.iter().map(|tier| tier.id()).collect::<Vec<_>>(), ["decided", "id", "phone_name", "name_birth", "probable"]);
    /// ```
    Tier {
        /// Somebody decided so (人工判定).
        Decided = "decided",
        /// The identity number, or its token, agrees exactly (证件号一致), whatever the name is.
        Id = "id",
        /// Phone and name agree exactly (电话与姓名一致).
        PhoneName = "phone_name",
        /// Name and date of birth agree exactly (姓名与出生日期一致).
        NameBirth = "name_birth",
        /// Nothing of that; the weights of all fields together say so (综合判断).
        Probable = "probable",
    }
}

names! {
    /// Why a row has no counterpart (原因).
    MissReason {
        /// No row of the other side came near it.
        NoCandidate = "no_candidate",
        /// It was compared with no row: all its blocks were too large, and the pairs allowed were used up.
        NotCompared = "not_compared",
        /// The nearest row of the other side is too unlike.
        TooUnlike = "too_unlike",
        /// The nearest row of the other side belongs to another row.
        Taken = "taken",
        /// Somebody decided that they are different.
        Decided = "decided",
    }
}

names! {
    /// Why a row counts as another's double (重复原因).
    DoubleReason {
        /// The two rows agree within their own side.
        SameSide = "same_side",
        /// Both belong to the same row of the other side, which the other one won.
        SameCounterpart = "same_counterpart",
    }
}

names! {
    /// Why a pair is to be looked at (待核原因).
    ReviewReason {
        /// Its probability is below that of a match and above that of a difference.
        Doubtful = "doubtful",
        /// Likely enough, but left over when pairs were settled.
        LeftOver = "left_over",
    }
}
