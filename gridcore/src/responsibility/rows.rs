//! What comes in at the door: one row for each assignment, absence, deputy, post held, member of a team, person, link of a chain.
//!
//! Cells are texts as they come; an optional cell that is empty is none. Times are UTC seconds since 1970-01-01, from
//! `from` on, up to but not at `until`; a bound that is missing is open. No `Debug` shows who a row is about.

use std::fmt;

use super::rules::PostRule;

/// What an assignment asks of somebody (责任类别).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
pub enum Role {
    /// Answers for it (直接责任): exactly one for each grid, domain and mode at a time.
    #[default]
    Accountable,
    /// Helps, with a share of their time (协助).
    Supporting,
    /// Watches over it (督导), from inside or outside the tree.
    Supervising,
}

impl Role {
    /// All roles.
    pub const ALL: [Self; 3] = [Self::Accountable, Self::Supporting, Self::Supervising];

    /// The value in the `role` column.
    ///
    /// ```
    /// assert_eq!(gridcore::responsibility::Role::Supporting.id(), "supporting");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accountable => "accountable",
            Self::Supporting => "supporting",
            Self::Supervising => "supervising",
        }
    }

    /// The role with this value.
    ///
    /// ```
    /// use gridcore::responsibility::Role;
    /// assert_eq!((Role::of("supervising"), Role::of("chief")), (Some(Role::Supervising), None));
    /// ```
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.id() == id)
    }
}

/// Declares a kind of row: fields, setters, and a `Debug` that veils those about people.
macro_rules! row {
    (
        $(#[$doc:meta])* $row:ident
        required { $($(#[$need_doc:meta])* $need:ident $need_veil:tt,)* }
        optional { $($(#[$field_doc:meta])* $field:ident: $kind:tt $veil:tt,)* }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Default, PartialEq)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
        pub struct $row {
            $($(#[$need_doc])* pub $need: String,)*
            $(
                $(#[$field_doc])*
                #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
                pub $field: row!(@type $kind),
            )*
        }

        impl $row {
            /// A row with its required cells, in their order.
            #[must_use]
            pub fn new($($need: impl Into<String>),*) -> Self {
                Self { $($need: $need.into(),)* ..Self::default() }
            }

            $(row!(@setter $(#[$field_doc])* $field $kind);)*
        }

        impl fmt::Debug for $row {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut row = f.debug_struct(stringify!($row));
                $(row.field(stringify!($need), &row!(@show $need_veil self.$need));)*
                $(if self.$field.is_some() {
                    row.field(stringify!($field), &row!(@show $veil self.$field));
                })*
                row.finish()
            }
        }
    };
    (@type text) => { Option<String> };
    (@type time) => { Option<i64> };
    (@type number) => { Option<f64> };
    (@type count) => { Option<u32> };
    (@type flag) => { Option<bool> };
    (@setter $(#[$doc:meta])* $field:ident text) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: impl Into<String>) -> Self {
            self.$field = Some($field.into());
            self
        }
    };
    (@setter $(#[$doc:meta])* $field:ident time) => { row!(@plain $(#[$doc])* $field i64); };
    (@setter $(#[$doc:meta])* $field:ident number) => { row!(@plain $(#[$doc])* $field f64); };
    (@setter $(#[$doc:meta])* $field:ident count) => { row!(@plain $(#[$doc])* $field u32); };
    (@setter $(#[$doc:meta])* $field:ident flag) => { row!(@plain $(#[$doc])* $field bool); };
    (@plain $(#[$doc:meta])* $field:ident $type:ty) => {
        $(#[$doc])*
        #[must_use]
        pub fn $field(mut self, $field: $type) -> Self {
            self.$field = Some($field);
            self
        }
    };
    (@show shown $value:expr) => { $value };
    (@show veiled $value:expr) => { format_args!("…") };
}

row! {
    /// One assignment (责任分配): a person or a team × a grid × a domain × a mode × an interval, in a role.
    ///
    /// ```
    /// use gridcore::responsibility::{AssignmentRow, Role};
    /// let row = AssignmentRow::new("442000118").person("p-7f3a").domain("forest_fire").mode("wartime").from(1_649_037_600);
    /// assert_eq!(row.role, None); // accountable
    /// let helper = AssignmentRow::new("442000118").person("p-1").role(Role::Supporting.id()).share(0.5);
    /// assert!(!format!("{helper:?}").contains("p-1"));
    /// ```
    AssignmentRow
    required {
        /// The code of the grid.
        grid shown,
    }
    optional {
        /// The person's token; a row names a person or a team.
        person: text veiled,
        /// The team's token.
        team: text shown,
        /// The domain; every domain, if it is missing or `*`.
        domain: text shown,
        /// The mode in which it holds; every mode, if it is missing or `*`.
        mode: text shown,
        /// The first second in which it holds.
        from: time shown,
        /// The first second in which it holds no more.
        until: time shown,
        /// The role, as [`Role::id`] has it; accountable, if it is missing.
        role: text shown,
        /// The share of the person's time, more than 0 and at most 1; for supporting roles only.
        share: number shown,
        /// The post in virtue of which the person has it.
        post: text shown,
        /// The front through which it was made.
        front: text shown,
        /// Why the person has it although they do not hold the post that the rule wants.
        reason: text veiled,
    }
}

row! {
    /// A stretch of time in which a person is away (缺勤).
    ///
    /// ```
    /// use gridcore::responsibility::AbsenceRow;
    /// assert_eq!(AbsenceRow::new("p-1").from(0).until(86_400).until, Some(86_400));
    /// ```
    AbsenceRow
    required {
        /// The person's token.
        person veiled,
    }
    optional {
        /// The first second of it.
        from: time shown,
        /// The first second after it.
        until: time shown,
    }
}

row! {
    /// A deputy (代理人): who answers while a holder is absent.
    ///
    /// Of several, those for a grid come before those for all, then those for a domain before those for all, then the
    /// lower order, then the first in the order of tokens; one who is absent is passed over.
    ///
    /// ```
    /// use gridcore::responsibility::DeputyRow;
    /// let row = DeputyRow::new("p-2", "p-1").grid("442000118").order(1);
    /// assert_eq!((row.person.as_str(), row.deputy_of.as_str()), ("p-2", "p-1"));
    /// ```
    DeputyRow
    required {
        /// The deputy's token.
        person veiled,
        /// The holder's token.
        deputy_of veiled,
    }
    optional {
        /// The code of the grid at which, and beneath which, they stand in; everywhere, if it is missing.
        grid: text shown,
        /// The domain; every domain, if it is missing or `*`.
        domain: text shown,
        /// Which of several comes first, from 0.
        order: count shown,
        /// The first second of it.
        from: time shown,
        /// The first second after it.
        until: time shown,
    }
}

row! {
    /// A post that a person holds at a grid (任职).
    ///
    /// ```
    /// use gridcore::responsibility::HoldingRow;
    /// assert_eq!(HoldingRow::new("p-1", "community_party_secretary", "44200011807").grid, "44200011807");
    /// ```
    HoldingRow
    required {
        /// The person's token.
        person veiled,
        /// The post.
        post shown,
        /// The code of the grid.
        grid shown,
    }
    optional {
        /// The first second of it.
        from: time shown,
        /// The first second after it.
        until: time shown,
    }
}

row! {
    /// A member of a team (小组成员).
    ///
    /// ```
    /// use gridcore::responsibility::TeamRow;
    /// assert_eq!(TeamRow::new("t-1", "p-1").lead(true).lead, Some(true));
    /// ```
    TeamRow
    required {
        /// The team's token.
        team shown,
        /// The member's token.
        person veiled,
    }
    optional {
        /// Whether the member leads the team, and so answers for it; at most one does.
        lead: flag shown,
    }
}

row! {
    /// A person whom the office knows (人员). Where any are given, a token that is none of them is reported.
    ///
    /// ```
    /// use gridcore::responsibility::PersonRow;
    /// assert_eq!(PersonRow::new("p-1").capacity(0.5).capacity, Some(0.5));
    /// ```
    PersonRow
    required {
        /// The person's token.
        person veiled,
    }
    optional {
        /// The most that the shares of the person's supporting roles may add up to; 1, if it is missing.
        capacity: number shown,
    }
}

row! {
    /// One grid's place in a chain of command (责任链), such as 林长制 beside the territory.
    ///
    /// Each grid stands once in a chain; the top has no parent. A chain serves the domains that its rows name.
    ///
    /// ```
    /// use gridcore::responsibility::ChainRow;
    /// let top = ChainRow::new("forest_chiefs", "442000").domain("forest_fire");
    /// let row = ChainRow::new("forest_chiefs", "44200011807").parent("442000");
    /// assert_eq!((top.parent, row.domain), (None, None));
    /// ```
    ChainRow
    required {
        /// The name of the chain.
        chain shown,
        /// The code of the grid.
        grid shown,
    }
    optional {
        /// The code of the grid above it in the chain; none for the top.
        parent: text shown,
        /// A domain that the chain serves.
        domain: text shown,
    }
}

/// All tables that a [`Responsibility`](super::Responsibility) is read from.
///
/// ```
/// use gridcore::responsibility::{AbsenceRow, AssignmentRow, DutyTables, PostRule};
/// let tables = DutyTables {
///     assignments: vec![AssignmentRow::new("1").person("p-1")],
///     absences: vec![AbsenceRow::new("p-1").from(0).until(10)],
///     rules: PostRule::four_level(),
///     ..DutyTables::default()
/// };
/// assert!(tables.people.is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct DutyTables {
    /// Who has which duty.
    pub assignments: Vec<AssignmentRow>,
    /// Who is away when.
    pub absences: Vec<AbsenceRow>,
    /// Who stands in for whom.
    pub deputies: Vec<DeputyRow>,
    /// Who holds which post.
    pub holdings: Vec<HoldingRow>,
    /// Who should be head where.
    pub rules: Vec<PostRule>,
    /// Who is in which team.
    pub teams: Vec<TeamRow>,
    /// Whom the office knows.
    pub people: Vec<PersonRow>,
    /// Chains of command beside the territory.
    pub chains: Vec<ChainRow>,
}
