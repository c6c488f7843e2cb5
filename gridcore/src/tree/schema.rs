//! Levels as data: how many, what they are called, which kinds of grid each allows.

use std::fmt;

use crate::error::{Fault, Problem};

/// A name in Chinese and in English.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Label {
    /// The Chinese name.
    pub zh: String,
    /// The English name.
    pub en: String,
}

impl Label {
    /// A name in both languages.
    ///
    /// ```
    /// use gridcore::tree::Label;
    /// assert_eq!(Label::new("镇街", "town").en, "town");
    /// ```
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// A kind of grid that a level allows.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Kind {
    /// The value in the `kind` column.
    pub id: String,
    /// What it is called.
    pub label: Label,
}

/// One level (层级) of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Level {
    /// What a grid of this level is called.
    pub label: Label,
    /// The kinds it allows; empty for any.
    #[cfg_attr(feature = "serde", serde(default))]
    pub kinds: Vec<Kind>,
    /// The post (岗位) that answers for a grid of this level by default.
    #[cfg_attr(feature = "serde", serde(default))]
    pub post: Option<Label>,
}

impl Level {
    /// A level that allows any kind and calls for no post.
    ///
    /// ```
    /// use gridcore::tree::Level;
    /// let level = Level::new("村（社区）", "community").kind("village", "村", "village");
    /// assert_eq!(level.kinds[0].id, "village");
    /// ```
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { label: Label::new(zh, en), kinds: Vec::new(), post: None }
    }

    /// Allows one more kind.
    #[must_use]
    pub fn kind(mut self, id: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.kinds.push(Kind { id: id.into(), label: Label::new(zh, en) });
        self
    }

    /// Names the post that answers for a grid of this level.
    #[must_use]
    pub fn post(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.post = Some(Label::new(zh, en));
        self
    }

    /// Whether a grid of this kind may stand on this level.
    #[must_use]
    pub fn allows(&self, kind: &str) -> bool {
        self.kinds.is_empty() || self.kinds.iter().any(|allowed| allowed.id == kind)
    }
}

/// The levels of a tree, from the root (level 0) down.
///
/// ```
/// use gridcore::LevelSchema;
/// let schema = LevelSchema::four_level();
/// assert_eq!(schema.levels().len(), 5); // the city and four levels of grids
/// assert_eq!(schema.level(1).expect("there is one").label.zh, "一级网格（镇街）");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "SchemaRow", into = "SchemaRow"))]
pub struct LevelSchema {
    levels: Vec<Level>,
    skips: bool,
}

#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct SchemaRow {
    levels: Vec<Level>,
    #[serde(default)]
    skips: bool,
}

#[cfg(feature = "serde")]
impl TryFrom<SchemaRow> for LevelSchema {
    type Error = LevelSchemaError;

    fn try_from(row: SchemaRow) -> Result<Self, LevelSchemaError> {
        let schema = if row.levels.is_empty() { Self::free() } else { Self::new(row.levels)? };
        Ok(schema.allow_skips(row.skips))
    }
}

#[cfg(feature = "serde")]
impl From<LevelSchema> for SchemaRow {
    fn from(schema: LevelSchema) -> Self {
        Self { levels: schema.levels, skips: schema.skips }
    }
}

impl Default for LevelSchema {
    /// Any depth, no names, any kind.
    fn default() -> Self {
        Self::free()
    }
}

impl LevelSchema {
    /// A schema with these levels; the first is the root's.
    ///
    /// # Errors
    /// [`LevelSchemaError`] if there is no level, there are more than 256, or a level names a kind twice or an empty one.
    pub fn new(levels: impl IntoIterator<Item = Level>) -> Result<Self, LevelSchemaError> {
        let levels: Vec<Level> = levels.into_iter().collect();
        let mut reasons = Vec::new();
        if levels.is_empty() {
            reasons.push(LevelSchemaFault::NoLevel);
        }
        if levels.len() > 256 {
            reasons.push(LevelSchemaFault::TooManyLevels(levels.len()));
        }
        for (number, level) in levels.iter().enumerate() {
            for (place, kind) in level.kinds.iter().enumerate() {
                if kind.id.is_empty() || level.kinds[..place].iter().any(|other| other.id == kind.id) {
                    reasons.push(LevelSchemaFault::BadKind { level: number, kind: kind.id.clone() });
                }
            }
        }
        if reasons.is_empty() { Ok(Self { levels, skips: false }) } else { Err(LevelSchemaError { reasons }) }
    }

    /// Any depth up to 255, no names, any kind.
    #[must_use]
    pub fn free() -> Self {
        Self { levels: Vec::new(), skips: false }
    }

    /// The four-level grid network (四级网格): the city and four levels beneath it, with the posts they call for.
    ///
    /// Level 3 has two kinds: villagers' or residents' groups, and residential compounds.
    #[must_use]
    pub fn four_level() -> Self {
        let levels = vec![
            Level::new("市", "city").kind("city", "市", "city"),
            Level::new("一级网格（镇街）", "level-1 grid (town)")
                .kind("town", "镇", "town")
                .kind("street", "街道", "subdistrict")
                .post("镇街党委（党工委）书记", "secretary of the town Party committee"),
            Level::new("二级网格（村、社区）", "level-2 grid (village or community)")
                .kind("village", "村", "village")
                .kind("community", "社区", "community")
                .post("村（社区）党组织书记", "secretary of the village or community Party organisation"),
            Level::new("三级网格", "level-3 grid")
                .kind("group", "村（居）民小组", "villagers' or residents' group")
                .kind("compound", "商住小区", "residential compound")
                .post(
                    "村（居）民小组、商住小区党支部书记",
                    "secretary of the group's or compound's Party branch",
                ),
            Level::new("四级网格", "level-4 grid")
                .kind("leaf", "网格", "grid")
                .post("直接责任人", "person directly responsible"),
        ];
        Self { levels, skips: false }
    }

    /// The levels of the national code table (统计用区划): country, province, prefecture, county, town, village.
    #[must_use]
    pub fn national() -> Self {
        let levels = vec![
            Level::new("国家", "country"),
            Level::new("省级", "province"),
            Level::new("地级", "prefecture"),
            Level::new("县级", "county"),
            Level::new("乡级", "town"),
            Level::new("村级", "village"),
        ];
        Self { levels, skips: false }
    }

    /// The names of the schemas that are built in.
    pub const BUILTINS: [&str; 3] = ["four_level", "national", "free"];

    /// A schema by its name, one of [`BUILTINS`](Self::BUILTINS).
    ///
    /// ```
    /// use gridcore::LevelSchema;
    /// assert_eq!(LevelSchema::builtin("national"), Some(LevelSchema::national()));
    /// assert_eq!(LevelSchema::builtin("feudal"), None);
    /// ```
    #[must_use]
    pub fn builtin(name: &str) -> Option<Self> {
        match name {
            "four_level" => Some(Self::four_level()),
            "national" => Some(Self::national()),
            "free" => Some(Self::free()),
            _ => None,
        }
    }

    /// Says whether a grid may stand more than one level below its parent.
    #[must_use]
    pub fn allow_skips(mut self, allowed: bool) -> Self {
        self.skips = allowed;
        self
    }

    /// Whether a grid may stand more than one level below its parent.
    #[must_use]
    pub fn skips(&self) -> bool {
        self.skips
    }

    /// All levels, from the root's; empty in a [free](Self::free) schema.
    #[must_use]
    pub fn levels(&self) -> &[Level] {
        &self.levels
    }

    /// One level, if the schema names it.
    #[must_use]
    pub fn level(&self, level: u8) -> Option<&Level> {
        self.levels.get(usize::from(level))
    }

    /// The deepest level there may be.
    #[must_use]
    pub fn deepest(&self) -> u8 {
        if self.levels.is_empty() { u8::MAX } else { (self.levels.len() - 1) as u8 }
    }
}

/// Why these levels make no [`LevelSchema`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LevelSchemaError {
    reasons: Vec<LevelSchemaFault>,
}

/// One reason of a [`LevelSchemaError`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LevelSchemaFault {
    /// The list of levels is empty.
    NoLevel,
    /// There are more than 256 levels: this many.
    TooManyLevels(usize),
    /// A level names a kind twice, or an empty one.
    BadKind {
        /// The number of the level.
        level: usize,
        /// The kind.
        kind: String,
    },
}

impl LevelSchemaError {
    /// Every reason.
    #[must_use]
    pub fn reasons(&self) -> &[LevelSchemaFault] {
        &self.reasons
    }
}

impl fmt::Display for LevelSchemaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(crate::Lang::En))
    }
}

impl std::error::Error for LevelSchemaError {}

impl Problem for LevelSchemaError {
    fn code(&self) -> &'static str {
        "bad_schema"
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = |reason: &LevelSchemaFault| match reason {
            LevelSchemaFault::NoLevel => Fault::new("no_level")
                .says("the schema has no level", "层级方案没有任何层级")
                .remedy("name at least the root's level", "至少写明根的层级"),
            LevelSchemaFault::TooManyLevels(count) => Fault::new("too_many_levels")
                .found(count, "at most 256")
                .says(format!("the schema has {count} levels"), format!("层级方案有 {count} 个层级"))
                .remedy("name at most 256 levels", "至多 256 个层级"),
            LevelSchemaFault::BadKind { level, kind } => Fault::new("bad_kind")
                .found(format!("{kind:?}"), "a kind named once")
                .says(
                    format!("level {level} names the kind {kind:?}, which is empty or named twice"),
                    format!("第 {level} 级的类型 {kind:?} 为空或重复"),
                )
                .remedy("name each kind of a level once", "每级的每种类型只写一次"),
        };
        self.reasons.iter().map(fault).collect()
    }
}
