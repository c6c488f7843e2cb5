//! Save and load: versioned JSON, by code; what is loaded comes in through the same door as rows.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde::{Deserialize, Serialize, de};

use super::builder::{Options, Root, SchemeDoor};
use super::fault::BuildError;
use super::rows::{Cell, GridRow, RowStore};
use super::schema::LevelSchema;
use super::scheme::CodeScheme;
use super::{GridTree, build};
use crate::error::{Fault, Lang, Problem};
use crate::id::{GridCode, GridIndex};
use crate::saved::{self, Envelope, Unread};

const ENVELOPE: Envelope = Envelope::new("gridcore.tree", 1, "tree", "网格体系");

/// Why a text is no saved tree.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum LoadError {
    /// The text is not JSON.
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
    },
    /// The text is JSON, but of another format.
    UnknownFormat {
        /// The format it names, if it names one.
        found: Option<String>,
    },
    /// The tree was saved by a later version.
    UnknownVersion {
        /// The version it was saved by.
        found: u64,
    },
    /// A field is missing, unknown, or holds something that does not fit.
    BadField {
        /// The line, from 1.
        line: usize,
        /// The character in the line, from 1.
        column: usize,
        /// What is wrong with it, in English.
        reason: String,
    },
    /// The rows make no tree.
    Build(BuildError),
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for LoadError {}

impl Problem for LoadError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "not_json",
            Self::UnknownFormat { .. } => "unknown_format",
            Self::UnknownVersion { .. } => "unknown_version",
            Self::BadField { .. } => "bad_field",
            Self::Build(error) => error.code(),
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        vec![match self {
            Self::NotJson { line, column } => saved::not_json(fault, *line, *column),
            Self::UnknownFormat { found } => ENVELOPE.unknown_format(fault, found.as_deref()),
            Self::UnknownVersion { found } => ENVELOPE.unknown_version(fault, *found),
            Self::BadField { line, column, reason } => ENVELOPE.bad_field(fault, *line, *column, reason),
            Self::Build(error) => return error.faults(),
        }]
    }
}

/// A tree on its way out: written row by row, never held twice.
#[derive(Serialize)]
struct Out<'a> {
    format: &'static str,
    version: u64,
    schema: &'a LevelSchema,
    scheme: Option<&'a CodeScheme>,
    /// A root that is no row.
    root: Option<RootOut<'a>>,
    rows: RowsOut<'a>,
}

#[derive(Serialize)]
struct RootOut<'a> {
    code: GridCode,
    name: &'a str,
    level: u8,
}

struct RowsOut<'a>(&'a GridTree);

impl Serialize for RowsOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let tree = self.0;
        let rows = tree.indices().skip(usize::from(tree.has_named_root()));
        let mut list = serializer.serialize_seq(Some(rows.len()))?;
        for grid in rows {
            list.serialize_element(&RowOut { tree, grid })?;
        }
        list.end()
    }
}

struct RowOut<'a> {
    tree: &'a GridTree,
    grid: GridIndex,
}

impl Serialize for RowOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (tree, grid) = (self.tree, self.grid);
        let mut row = serializer.serialize_map(None)?;
        row.serialize_entry("code", &tree.code(grid))?;
        if let Some(parent) = tree.parent(grid) {
            row.serialize_entry("parent", &tree.code(parent))?;
        }
        row.serialize_entry("name", tree.name(grid))?;
        row.serialize_entry("level", &tree.level(grid))?;
        if let Some(kind) = tree.kind(grid) {
            row.serialize_entry("kind", kind)?;
        }
        if let Some(footprint) = tree.footprint(grid) {
            row.serialize_entry("footprint", footprint)?;
        }
        if tree.inner.weights.iter().any(|(_, values)| !values[grid.get()].is_nan()) {
            row.serialize_entry("weights", &WeightsOut { tree, grid })?;
        }
        row.end()
    }
}

struct WeightsOut<'a> {
    tree: &'a GridTree,
    grid: GridIndex,
}

impl Serialize for WeightsOut<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut weights = serializer.serialize_map(None)?;
        for (name, values) in &self.tree.inner.weights {
            let value = values[self.grid.get()];
            if !value.is_nan() {
                // Adding zero turns -0 into 0: the two are equal, so they are written as one.
                weights.serialize_entry(name, &(value + 0.0))?;
            }
        }
        weights.end()
    }
}

impl Serialize for GridTree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let root = self.has_named_root().then(|| RootOut {
            code: self.code(self.root()),
            name: self.name(self.root()),
            level: self.level(self.root()),
        });
        let rows = RowsOut(self);
        let Envelope { format, version, .. } = ENVELOPE;
        Out { format, version, schema: self.schema(), scheme: self.scheme(), root, rows }
            .serialize(serializer)
    }
}

/// A saved tree as it comes in. Format and version stand first, so they are looked at before anything else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a saved tree")]
struct In {
    #[serde(rename = "format", deserialize_with = "format")]
    _format: (),
    #[serde(rename = "version", deserialize_with = "version")]
    _version: (),
    #[serde(default)]
    schema: LevelSchema,
    #[serde(default)]
    scheme: Option<CodeScheme>,
    #[serde(default)]
    root: Option<RootIn>,
    rows: Vec<GridRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a root with a code and a name")]
struct RootIn {
    code: GridCode,
    name: String,
    #[serde(default)]
    level: Option<u8>,
}

fn format<'de, D: Deserializer<'de>>(field: D) -> Result<(), D::Error> {
    let found = String::deserialize(field)?;
    ENVELOPE.check_format(Some(found)).map_err(|unread| de::Error::custom(explain(unread)))
}

fn version<'de, D: Deserializer<'de>>(field: D) -> Result<(), D::Error> {
    let found = u64::deserialize(field)?;
    ENVELOPE.check_version(found).map_err(|unread| de::Error::custom(explain(unread)))
}

impl In {
    fn build(self) -> Result<GridTree, BuildError> {
        let mut options =
            Options { schema: self.schema, scheme: SchemeDoor(self.scheme), ..Options::default() };
        if let Some(RootIn { code, name, level }) = self.root {
            options.root = Root::Named { code, name };
            options.root_level = level;
        }
        build::strict(&RowStore::new(self.rows).columns(), &options, &[])
    }
}

impl<'de> Deserialize<'de> for GridTree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        In::deserialize(deserializer)?.build().map_err(de::Error::custom)
    }
}

/// Save and load.
impl GridTree {
    /// The tree as JSON: its format and version, the schema, the scheme, a root that is no row, the rows in preorder.
    ///
    /// Equal trees are written byte for byte alike, whatever rows they came from.
    ///
    /// ```
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "中山市").weight("households", 3.0)])?;
    /// assert_eq!(
    ///     tree.to_json(),
    ///     r#"{"format":"gridcore.tree","version":1,"schema":{"levels":[],"skips":false},"scheme":null,"root":null,"#
    ///         .to_owned()
    ///         + r#""rows":[{"code":"1","name":"中山市","level":0,"weights":{"households":3.0}}]}"#
    /// );
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    #[must_use]
    #[expect(clippy::missing_panics_doc, reason = "it would panic on a broken invariant only")]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).expect("keys are texts and numbers are finite")
    }

    /// Loads a tree from JSON that [`to_json`](Self::to_json) wrote, or a person after its example.
    ///
    /// # Errors
    /// [`LoadError`]: the text is no JSON, of another format or a later version, a field does not fit, or the
    /// rows make no tree; then with every fault, as [`from_rows`](Self::from_rows) reports it.
    ///
    /// ```
    /// use gridcore::{GridTree, Problem};
    /// let error = GridTree::from_json(r#"{"format":"gridcore.tree","version":2}"#).unwrap_err();
    /// assert_eq!(error.code(), "unknown_version");
    /// let lost = r#"{"format":"gridcore.tree","version":1,"rows":[{"code":"1","name":"a"},{"code":"2","parent":"3","name":"b"}]}"#;
    /// assert_eq!(GridTree::from_json(lost).unwrap_err().faults()[0].code, "unknown_parent");
    /// ```
    pub fn from_json(text: &str) -> Result<Self, LoadError> {
        ENVELOPE.read::<In>(text).map_err(explain)?.build().map_err(LoadError::Build)
    }
}

/// Says what is wrong with a text that was not read.
fn explain(unread: Unread) -> LoadError {
    match unread {
        Unread::Format(found) => LoadError::UnknownFormat { found },
        Unread::Version(found) => LoadError::UnknownVersion { found },
        Unread::At(error) if error.is_data() => {
            // A field that nobody knows may have a name of any length.
            let reason = without_values(&error).chars().take(200).collect();
            LoadError::BadField { line: error.line(), column: error.column(), reason }
        }
        Unread::At(error) => LoadError::NotJson { line: error.line(), column: error.column() },
    }
}

/// The reason without values, which may be anybody's.
fn without_values(error: &serde_json::Error) -> String {
    const KINDS: [(&str, &str); 3] =
        [("u64", "a whole number"), ("u8", "a whole number from 0 to 255"), ("f64", "a number")];
    saved::in_plain_words(error, &KINDS, |what, chosen| match what.split_once('"') {
        Some((kind, _)) if chosen => kind.trim_end(),
        _ => what,
    })
}

impl Serialize for Cell {
    /// A text, a number or nothing.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Missing => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Integer(number) => serializer.serialize_i64(*number),
            Self::Float(number) if number.is_nan() => serializer.serialize_none(),
            Self::Float(number) if number.is_finite() => serializer.serialize_f64(*number),
            Self::Float(_) => Err(S::Error::custom("an infinite number has no saved form")),
            Self::Other(kind) => {
                Err(S::Error::custom(format!("a value of the kind {kind:?} has no saved form")))
            }
        }
    }
}

impl<'de> Deserialize<'de> for Cell {
    /// Takes any value: one that fits nowhere is a fault at the door, with its row.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CellVisitor)
    }
}

struct CellVisitor;

impl<'de> Visitor<'de> for CellVisitor {
    type Value = Cell;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text, a number or nothing")
    }

    fn visit_unit<E>(self) -> Result<Cell, E> {
        Ok(Cell::Missing)
    }

    fn visit_none<E>(self) -> Result<Cell, E> {
        Ok(Cell::Missing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cell, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_str<E>(self, text: &str) -> Result<Cell, E> {
        Ok(Cell::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Cell, E> {
        Ok(Cell::Text(text))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Cell, E> {
        Ok(Cell::Integer(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Cell, E> {
        // A number past 2^63 fits no code and no level: as a float it is refused by its column.
        Ok(i64::try_from(number).map_or(Cell::Float(number as f64), Cell::Integer))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Cell, E> {
        Ok(Cell::Float(number))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Cell, E> {
        Ok(Cell::Other("boolean".to_owned()))
    }

    fn visit_bytes<E>(self, _: &[u8]) -> Result<Cell, E> {
        Ok(Cell::Other("bytes".to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Cell, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Cell::Other("list".to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Cell, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Cell::Other("object".to_owned()))
    }
}

impl Serialize for GridRow {
    /// The fields that are present.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = [
            ("code", &self.code),
            ("parent", &self.parent),
            ("name", &self.name),
            ("level", &self.level),
            ("kind", &self.kind),
            ("footprint", &self.footprint),
        ];
        let present = fields.iter().filter(|(_, cell)| **cell != Cell::Missing).count();
        let mut row =
            serializer.serialize_struct("GridRow", present + usize::from(!self.weights.is_empty()))?;
        for (name, cell) in fields {
            if *cell == Cell::Missing {
                row.skip_field(name)?;
            } else {
                row.serialize_field(name, cell)?;
            }
        }
        if self.weights.is_empty() {
            row.skip_field("weights")?;
        } else if self.weights.values().all(|value| value.is_finite()) {
            row.serialize_field("weights", &self.weights)?;
        } else {
            return Err(S::Error::custom("a weight that is infinite or not a number has no saved form"));
        }
        row.end()
    }
}

/// A row as it comes in; a field with another name is refused, so that a misspelt one is not lost in silence.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, expecting = "a grid as a row")]
struct RowIn {
    #[serde(default)]
    code: Cell,
    #[serde(default)]
    parent: Cell,
    #[serde(default)]
    name: Cell,
    #[serde(default)]
    level: Cell,
    #[serde(default)]
    kind: Cell,
    #[serde(default)]
    footprint: Cell,
    #[serde(default)]
    weights: BTreeMap<String, Cell>,
}

impl<'de> Deserialize<'de> for GridRow {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let RowIn { code, parent, name, level, kind, footprint, weights } = RowIn::deserialize(deserializer)?;
        let mut row = Self { code, parent, name, level, kind, footprint, weights: BTreeMap::new() };
        for (name, value) in weights {
            let value = match value {
                Cell::Missing => continue,
                Cell::Integer(number) => number as f64,
                Cell::Float(number) => number,
                other => {
                    let found = other.kind();
                    return Err(de::Error::custom(format!("the weight is {found} where a number is wanted")));
                }
            };
            row.weights.insert(name, value);
        }
        Ok(row)
    }
}
