//! What a column of a roster may be about.

/// What a column is about (字段).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FieldKind {
    /// The row's own number or id in its list; never compared.
    Record,
    /// An identity number (身份证号, GB 11643).
    Id,
    /// A keyed token in the place of an identity number or a phone: it agrees or it does not.
    Token,
    /// A whole name (姓名).
    Name,
    /// A given name (名).
    Given,
    /// A family name (姓).
    Family,
    /// A phone number (电话).
    Phone,
    /// A date of birth (出生日期).
    Birth,
    /// The sex (性别).
    Sex,
    /// An address (住址).
    Address,
    /// The code of a grid (网格).
    Grid,
    /// The number of a household (户号).
    Household,
    /// Any other text, compared by its likeness.
    Text,
    /// Any other value: it agrees or it does not.
    Exact,
}

impl FieldKind {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Record,
        Self::Id,
        Self::Token,
        Self::Name,
        Self::Given,
        Self::Family,
        Self::Phone,
        Self::Birth,
        Self::Sex,
        Self::Address,
        Self::Grid,
        Self::Household,
        Self::Text,
        Self::Exact,
    ];

    /// The stable name, as rules and tables have it.
    ///
    /// ```
    /// assert_eq!(gridcore::roster::FieldKind::Birth.id(), "birth");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Id => "id",
            Self::Token => "token",
            Self::Name => "name",
            Self::Given => "given",
            Self::Family => "family",
            Self::Phone => "phone",
            Self::Birth => "birth",
            Self::Sex => "sex",
            Self::Address => "address",
            Self::Grid => "grid",
            Self::Household => "household",
            Self::Text => "text",
            Self::Exact => "exact",
        }
    }

    /// What messages call it, in Chinese.
    pub(crate) const fn zh(self) -> &'static str {
        match self {
            Self::Record => "记录编号",
            Self::Id => "身份证号",
            Self::Token => "令牌",
            Self::Name => "姓名",
            Self::Given => "名",
            Self::Family => "姓",
            Self::Phone => "电话",
            Self::Birth => "出生日期",
            Self::Sex => "性别",
            Self::Address => "住址",
            Self::Grid => "网格编码",
            Self::Household => "户号",
            Self::Text => "文本",
            Self::Exact => "值",
        }
    }
}
