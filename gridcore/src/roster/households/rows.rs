//! The flat row of a household, and its words.

use std::fmt;

use crate::roster::RosterSide;
use crate::roster::outcome::kinds::names;
use crate::roster::outcome::rows::flat_row;

names! {
    /// How a household was told from others (分户依据).
    ToldBy {
        /// By its number (户号).
        Number = "number",
        /// By its dwelling: the address within the grid (住址).
        Dwelling = "dwelling",
        /// By neither: the row stands for itself.
        Row = "row",
    }
}

names! {
    /// Where the members of a household of the left were found (户对应).
    HouseholdMatch {
        /// In one household of the right, which holds nobody else's members.
        Matched = "matched",
        /// In several households of the right.
        Split = "split",
        /// In one household of the right, together with members of other households of the left.
        Merged = "merged",
        /// In one household of the right that holds nobody else's members, at another dwelling.
        Moved = "moved",
        /// Nowhere; or a household of the right alone.
        None = "none",
    }
}

names! {
    /// The status of a household (户籍状态).
    HouseholdStatus {
        /// At least one member was found at the household's own dwelling, or nowhere else (在册在住).
        LivesHere = "lives_here",
        /// Members were found, all of them at other dwellings (人户分离).
        RegisteredElsewhere = "registered_elsewhere",
        /// No member was found, but others were at its dwelling (空挂户).
        PaperOnly = "paper_only",
        /// No member was found, and nobody at its dwelling (空置).
        Vacant = "vacant",
        /// A household of the right that the left knows nothing of (未登记).
        Unregistered = "unregistered",
        /// It cannot be told: a member is under review, or no member was found and the dwelling cannot be looked up (待定).
        Undecided = "undecided",
    }
}

flat_row! {
    /// A household: every one of the left, and those of the right that no household of the left reaches.
    HouseholdRow {
        /// The side.
        side: RosterSide, shown;
        /// Its number; where it has none, the record id of its first row. Where grids count their households each for itself,
        /// several households have one number, and the grid tells them apart.
        household: String, veiled;
        /// How it was told from others.
        told_by: ToldBy, shown;
        /// The grid of most of its rows.
        grid: Option<String>, shown;
        /// Its rows.
        members: usize, shown;
        /// Of them matched.
        matched: usize, shown;
        /// Of them missing (left) or extra (right).
        unmatched: usize, shown;
        /// Of them doubles.
        duplicate: usize, shown;
        /// Of them to be looked at.
        review: usize, shown;
        /// Where its members were found.
        found: HouseholdMatch, shown;
        /// Its status.
        status: HouseholdStatus, shown;
        /// The households of the other side in which its members were found.
        counterparts: Vec<String>, veiled;
    }
}
