//! How footprints are read.

use super::super::reference::Reference;

/// How footprints are read: where the code stands, what is known of the coordinates, what is forgiven.
///
/// ```
/// use gridcore::geo::{FootprintOptions, Reference};
/// let options = FootprintOptions::new().code_property("gridCode").reference(Reference::Gcj02).invented(true);
/// assert_ne!(options, FootprintOptions::new());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FootprintOptions {
    pub(super) code_property: String,
    pub(super) reference: Option<Reference>,
    pub(super) invented: bool,
    pub(super) close_rings: bool,
    pub(super) most_positions: usize,
}

impl Default for FootprintOptions {
    fn default() -> Self {
        Self {
            code_property: "code".to_owned(),
            reference: None,
            invented: false,
            close_rings: false,
            most_positions: 20_000_000,
        }
    }
}

impl FootprintOptions {
    /// The code in the property `code`, coordinates as the file says or else WGS-84, nothing forgiven, at most 20 million positions.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the property that holds the code of the grid.
    #[must_use]
    pub fn code_property(mut self, name: impl Into<String>) -> Self {
        self.code_property = name.into();
        self
    }

    /// Says what the coordinates are measured in; a file that says otherwise is at fault.
    #[must_use]
    pub fn reference(mut self, reference: Reference) -> Self {
        self.reference = Some(reference);
        self
    }

    /// Says that the outlines are made up; a file may say so too, with a member or property `invented`.
    #[must_use]
    pub fn invented(mut self, invented: bool) -> Self {
        self.invented = invented;
        self
    }

    /// Closes rings whose last position does not repeat the first; unasked, such a ring is a fault.
    #[must_use]
    pub fn close_rings(mut self, close: bool) -> Self {
        self.close_rings = close;
        self
    }

    /// Limits how many positions a file may have; 2³¹ are the most that can be had.
    #[must_use]
    pub fn most_positions(mut self, most: usize) -> Self {
        self.most_positions = most.min(1 << 31);
        self
    }
}
