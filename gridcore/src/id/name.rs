//! Names that are plain texts: each a type of its own, so that none is taken for another.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use super::MalformedCode;

/// Declares one kind of name: 1 to 128 bytes, without control characters and without white space at either end.
macro_rules! name {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(try_from = "String", into = "String"))]
        pub struct $name(Arc<str>);

        impl $name {
            /// The text of it.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = MalformedCode;

            fn from_str(text: &str) -> Result<Self, MalformedCode> {
                match MalformedCode::of(text) {
                    Some(reason) => Err(reason),
                    None => Ok(Self(text.into())),
                }
            }
        }

        impl TryFrom<&str> for $name {
            type Error = MalformedCode;

            fn try_from(text: &str) -> Result<Self, MalformedCode> {
                text.parse()
            }
        }

        impl TryFrom<String> for $name {
            type Error = MalformedCode;

            fn try_from(text: String) -> Result<Self, MalformedCode> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0.as_ref().to_owned()
            }
        }

        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }
    };
}

/// Names that may be shown.
macro_rules! shown {
    ($($name:ident)*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }
    )*};
}

name! {
    /// A person (人员) as a token that says nothing of its own: never a name, a phone or an identity number.
    ///
    /// Neither `Display` nor `Debug` shows it, since a caller may have put more into it; [`as_str`](Self::as_str) does.
    ///
    /// ```
    /// use gridcore::PersonId;
    /// let person: PersonId = "p-7f3a".parse()?;
    /// assert_eq!(person.as_str(), "p-7f3a");
    /// assert_eq!(format!("{person:?}"), "PersonId(…)");
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    PersonId
}

impl fmt::Debug for PersonId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonId(…)")
    }
}

name! {
    /// A unit (单位): an organisation that sends people.
    ///
    /// ```
    /// use gridcore::UnitId;
    /// assert_eq!("u-12".parse::<UnitId>()?.to_string(), "u-12");
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    UnitId
}

name! {
    /// A team (小组/突击队): people who answer for something together.
    ///
    /// ```
    /// use gridcore::TeamId;
    /// assert_eq!("t-3".parse::<TeamId>()?.to_string(), "t-3");
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    TeamId
}

name! {
    /// A domain (领域) of duty: epidemic control, forest fire, work safety, publicity.
    ///
    /// ```
    /// use gridcore::Domain;
    /// assert_eq!("forest_fire".parse::<Domain>()?.to_string(), "forest_fire");
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    Domain
}

name! {
    /// A mode (平时/战时) in which a part of the city is run.
    ///
    /// ```
    /// use gridcore::Mode;
    /// assert_eq!("wartime".parse::<Mode>()?.to_string(), "wartime");
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    Mode
}

name! {
    /// A post (岗位): a role at a grid that somebody holds.
    ///
    /// ```
    /// use gridcore::PostId;
    /// assert_eq!("grid_head".parse::<PostId>()?.to_string(), "grid_head");
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    PostId
}

name! {
    /// A skill, a language or a role that a person brings and a task asks for.
    ///
    /// ```
    /// use gridcore::Skill;
    /// assert_eq!("medic".parse::<Skill>()?.to_string(), "medic");
    /// # Ok::<(), gridcore::MalformedCode>(())
    /// ```
    Skill
}

shown!(UnitId TeamId Domain Mode PostId Skill);
