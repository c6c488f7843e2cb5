//! Who is sent: a person, a unit, the spare people of a grid, or anyone of a pool.

use std::fmt;

use crate::id::{GridCode, PersonId, UnitId};

/// Who is sent. `Debug` never shows the token of a person.
///
/// As a row's value it is the plain text: the token of the person, the name of the unit, the code of the grid;
/// nothing for anyone of a pool.
///
/// ```
/// use gridcore::deployment::Who;
/// let who = Who::Person("p-7f3a".parse()?);
/// assert_eq!(who.as_text().as_deref(), Some("p-7f3a"));
/// assert_eq!(format!("{who:?}"), "Person(PersonId(…))");
/// # Ok::<(), gridcore::MalformedCode>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Who {
    /// One person.
    Person(PersonId),
    /// People of a unit.
    Unit(UnitId),
    /// Spare people of a grid.
    Grid(GridCode),
    /// Anyone of a pool whose people are not told apart.
    Anyone,
    /// Nobody: places that stay empty. Never in the rows of a plan.
    Nobody,
}

impl Who {
    /// The token, the name or the code.
    #[must_use]
    pub fn as_text(&self) -> Option<String> {
        match self {
            Self::Person(person) => Some(person.as_str().to_owned()),
            Self::Unit(unit) => Some(unit.as_str().to_owned()),
            Self::Grid(grid) => Some(grid.to_string()),
            Self::Anyone | Self::Nobody => None,
        }
    }

    /// The kind of it, in `snake_case`.
    #[cfg(feature = "serde")]
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Person(_) => "person",
            Self::Unit(_) => "unit",
            Self::Grid(_) => "grid",
            Self::Anyone => "anyone",
            Self::Nobody => "nobody",
        }
    }

    /// The inverse of [`kind`](Self::kind) and [`as_text`](Self::as_text).
    #[cfg(feature = "serde")]
    pub(super) fn read(kind: &str, text: Option<&str>) -> Option<Self> {
        Some(match (kind, text) {
            ("person", Some(text)) => Self::Person(text.parse().ok()?),
            ("unit", Some(text)) => Self::Unit(text.parse().ok()?),
            ("grid", Some(text)) => Self::Grid(text.parse().ok()?),
            ("anyone", None) => Self::Anyone,
            ("nobody", None) => Self::Nobody,
            _ => return None,
        })
    }
}

impl fmt::Display for Who {
    /// The name of a unit, the code of a grid; a person only as such.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Person(_) => f.pad("a person"),
            Self::Unit(unit) => unit.fmt(f),
            Self::Grid(grid) => grid.fmt(f),
            Self::Anyone => f.pad("anyone"),
            Self::Nobody => f.pad("nobody"),
        }
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for Who {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.as_text().serialize(serializer)
    }
}
