//! The flat rows of the outcome's tables.
//!
//! Rows are numbered from 0 in the caller's tables, grids are shown by their code, and persons' values only masked. No `Debug`
//! shows a record id or a value.

use std::fmt;

use super::{DoubleReason, MissReason, ReviewReason, RowState, Tier};
use crate::roster::RosterSide;

/// Declares a flat row; a field marked `veiled` is not shown by `Debug`.
macro_rules! flat_row {
    ($(#[$doc:meta])* $row:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ty, $veil:tt;)* }) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $row {
            $($(#[$field_doc])* pub $field: $kind,)*
        }

        impl fmt::Debug for $row {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut row = f.debug_struct(stringify!($row));
                $($crate::roster::outcome::rows::flat_row!(@show $veil row self $field);)*
                row.finish()
            }
        }
    };
    (@show shown $row:ident $self:ident $field:ident) => {
        $row.field(stringify!($field), &$self.$field);
    };
    (@show veiled $row:ident $self:ident $field:ident) => {
        $row.field(stringify!($field), &format_args!("…"));
    };
}
pub(crate) use flat_row;

flat_row! {
    /// A pair of rows of the same person.
    MatchRow {
        /// The record id on the left.
        left: String, veiled;
        /// The record id on the right.
        right: String, veiled;
        /// The row of the left table.
        left_row: usize, shown;
        /// The row of the right table.
        right_row: usize, shown;
        /// log2 of the odds that they are the same person.
        weight: f64, shown;
        /// The probability of the same.
        probability: f64, shown;
        /// What agrees: the identity number, phone and name, name and birth, or all fields together.
        tier: Tier, shown;
        /// The pair's own id: the same in every run, as long as the record ids are.
        link: String, veiled;
        /// The grid on the left.
        left_grid: Option<String>, shown;
        /// The grid on the right.
        right_grid: Option<String>, shown;
    }
}

flat_row! {
    /// A row without a counterpart: missing on the right, or extra on the right.
    UnmatchedRow {
        /// The record id.
        id: String, veiled;
        /// The row of its table.
        row: usize, shown;
        /// Its grid.
        grid: Option<String>, shown;
        /// The number of its household.
        household: Option<String>, veiled;
        /// Why it has none.
        reason: MissReason, shown;
        /// The record id of the nearest row of the other side, if any came near.
        nearest: Option<String>, veiled;
        /// That row of the other table.
        nearest_row: Option<usize>, shown;
        /// The probability that they are the same person, were the other row free.
        probability: Option<f64>, shown;
    }
}

flat_row! {
    /// A row that doubles another of its side.
    DuplicateRow {
        /// The side.
        side: RosterSide, shown;
        /// The record id.
        id: String, veiled;
        /// The row of its table.
        row: usize, shown;
        /// The record id of the row that stands for both.
        of: String, veiled;
        /// That row of the same table.
        of_row: usize, shown;
        /// Its grid.
        grid: Option<String>, shown;
        /// Why it counts as a double.
        reason: DoubleReason, shown;
        /// The cluster of the row that stands for both, see [`ClusterRow`].
        cluster: String, veiled;
    }
}

flat_row! {
    /// A pair that somebody has to look at.
    ReviewRow {
        /// The side of the pair's first row.
        left_side: RosterSide, shown;
        /// The side of its second row; in a deduplication the same.
        right_side: RosterSide, shown;
        /// The record id of the first.
        left: String, veiled;
        /// The record id of the second.
        right: String, veiled;
        /// The first row of its table.
        left_row: usize, shown;
        /// The second row of its table.
        right_row: usize, shown;
        /// log2 of the odds that they are the same person.
        weight: f64, shown;
        /// The probability of the same.
        probability: f64, shown;
        /// Why it is to be looked at.
        reason: ReviewReason, shown;
        /// The pair's own id, see [`MatchRow::link`].
        link: String, veiled;
        /// The grid of the first.
        left_grid: Option<String>, shown;
        /// The grid of the second.
        right_grid: Option<String>, shown;
    }
}

flat_row! {
    /// A field in which a matched pair disagrees.
    ConflictRow {
        /// The record id on the left.
        left: String, veiled;
        /// The record id on the right.
        right: String, veiled;
        /// The row of the left table.
        left_row: usize, shown;
        /// The row of the right table.
        right_row: usize, shown;
        /// The field, by its name on the left.
        field: String, shown;
        /// The level at which the field agrees or not, as the model names it.
        level: String, shown;
        /// The value on the left, masked.
        left_value: String, veiled;
        /// The value on the right, masked.
        right_value: String, veiled;
        /// The side whose identity number could be mended.
        repair_side: Option<RosterSide>, shown;
        /// The mended identity number, masked: proposed, never put in.
        repair: Option<String>, veiled;
    }
}

flat_row! {
    /// An identity number with a wrong check digit, and the one number that was probably meant.
    RepairRow {
        /// The side.
        side: RosterSide, shown;
        /// The record id.
        id: String, veiled;
        /// The row of its table.
        row: usize, shown;
        /// The field, by its name on the left.
        field: String, shown;
        /// The number as it stands, masked unless asked for otherwise.
        value: String, veiled;
        /// The number that was probably meant, likewise: proposed, never put in.
        repair: String, veiled;
        /// The first digit that is another, from 1: masks hide where the two numbers differ.
        digit: usize, shown;
        /// Whether it stands the other way round with the next one; else it alone is another.
        swapped: bool, shown;
        /// Whether the row's counterpart has this number.
        confirmed: bool, shown;
    }
}

flat_row! {
    /// A matched person whose grids differ.
    MovedRow {
        /// The record id on the left.
        left: String, veiled;
        /// The record id on the right.
        right: String, veiled;
        /// The row of the left table.
        left_row: usize, shown;
        /// The row of the right table.
        right_row: usize, shown;
        /// The grid on the left.
        from: String, shown;
        /// The grid on the right.
        to: String, shown;
        /// The deepest grid that holds both, where the tree knows them.
        common: Option<String>, shown;
        /// The level of that grid.
        common_level: Option<u8>, shown;
        /// The probability that they are the same person.
        probability: f64, shown;
    }
}

flat_row! {
    /// How many rows of a side came to a state: the conservation table (平衡表).
    CountRow {
        /// The side.
        side: RosterSide, shown;
        /// The state.
        state: RowState, shown;
        /// How many rows.
        rows: usize, shown;
    }
}

flat_row! {
    /// What came of the rows of one grid, and of all grids beneath it.
    ///
    /// `left = left_matched + missing + left_duplicate + left_review + kept`, and
    /// `right = right_matched + extra + right_duplicate + right_review`.
    GridCountRow {
        /// The grid's code; none for the rows without a grid, or whose grid the tree does not know.
        grid: Option<String>, shown;
        /// The grid's name in the tree.
        name: Option<String>, shown;
        /// The grid's level in the tree.
        level: Option<u8>, shown;
        /// Rows of the left.
        left: usize, shown;
        /// Of them matched.
        left_matched: usize, shown;
        /// Of them missing on the right.
        missing: usize, shown;
        /// Of them doubles.
        left_duplicate: usize, shown;
        /// Of them to be looked at.
        left_review: usize, shown;
        /// Of them kept by a deduplication.
        kept: usize, shown;
        /// Rows of the right.
        right: usize, shown;
        /// Of them matched.
        right_matched: usize, shown;
        /// Of them extra.
        extra: usize, shown;
        /// Of them doubles.
        right_duplicate: usize, shown;
        /// Of them to be looked at.
        right_review: usize, shown;
        /// Matched pairs whose left row is here and whose right row is in another grid.
        moved_out: usize, shown;
        /// Matched pairs whose right row is here and whose left row is in another grid.
        moved_in: usize, shown;
    }
}

flat_row! {
    /// A row in its cluster: all rows of one person, of both sides.
    ClusterRow {
        /// The cluster's own id: the same in every run, as long as the row that stands for it is.
        cluster: String, veiled;
        /// The side.
        side: RosterSide, shown;
        /// The record id.
        id: String, veiled;
        /// The row of its table.
        row: usize, shown;
        /// Whether it stands for the cluster on its side.
        canonical: bool, shown;
        /// How many rows the cluster has.
        size: usize, shown;
    }
}
