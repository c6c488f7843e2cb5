//! The arguments of a vector, and the tree that it asks about.

use std::sync::OnceLock;

use gridcore::geo::{FootprintOptions, Footprints, Reference};
use gridcore::tree::{Cell, Column};
use gridcore::{
    CodeScheme, Fault, GridCode, GridColumns, GridIndex, GridTree, GridTreeBuilder, LevelSchema, Lossy,
    Problem, Root, samples,
};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// The answer to a question.
pub type Answer = Result<Value, Stop>;

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum Stop {
    /// The core refuses.
    Refused {
        /// The stable code of the error.
        code: String,
        /// Every fault behind it.
        faults: Vec<Fault>,
    },
    /// The vector does not make sense.
    Vector(String),
}

impl<P: Problem> From<P> for Stop {
    fn from(problem: P) -> Self {
        Self::Refused { code: problem.code().to_owned(), faults: problem.faults() }
    }
}

/// The arguments of a vector.
pub struct Input<'a>(&'a Map<String, Value>);

impl<'a> Input<'a> {
    /// The arguments in an object.
    #[must_use]
    pub fn new(arguments: &'a Map<String, Value>) -> Self {
        Self(arguments)
    }

    /// The argument as it stands.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name)
    }

    /// An argument; one that may be missing is an `Option`.
    ///
    /// # Errors
    /// [`Stop::Vector`] if it is not there, or something else.
    pub fn get<T: DeserializeOwned>(&self, name: &str) -> Result<T, Stop> {
        let value = self.0.get(name).cloned().unwrap_or(Value::Null);
        serde_json::from_value(value).map_err(|error| Stop::Vector(format!("{name}: {error}")))
    }

    /// A code scheme, by name or definition.
    ///
    /// # Errors
    /// [`Stop::Vector`] if it is none.
    pub fn scheme(&self, name: &str) -> Result<Option<CodeScheme>, Stop> {
        self.named(name, CodeScheme::builtin)
    }

    fn named<T: DeserializeOwned>(
        &self,
        name: &str,
        builtin: fn(&str) -> Option<T>,
    ) -> Result<Option<T>, Stop> {
        if let Some(found) = self.value(name).and_then(Value::as_str).and_then(builtin) {
            return Ok(Some(found));
        }
        self.get(name)
    }

    /// What the tree is to be built with.
    ///
    /// # Errors
    /// [`Stop::Vector`] if an option makes no sense.
    pub fn builder(&self) -> Result<GridTreeBuilder, Stop> {
        let mut builder =
            GridTree::builder().weights(self.get::<Option<Vec<String>>>("weights")?.unwrap_or_default());
        if let Some(schema) = self.named("schema", LevelSchema::builtin)? {
            builder = builder.schema(schema);
        }
        if let Some(scheme) = self.scheme("code_scheme")? {
            builder = builder.scheme(scheme);
        }
        match self.value("root") {
            None | Some(Value::Null) => {}
            Some(Value::String(code)) => {
                builder = builder.root(Root::Existing(code.parse::<GridCode>().map_err(wrong)?));
            }
            Some(root) => {
                let text = |key: &str| root.get(key).and_then(Value::as_str).unwrap_or_default();
                let code = text("code").parse::<GridCode>().map_err(wrong)?;
                builder = builder.root(Root::Named { code, name: text("name").to_owned() });
            }
        }
        Ok(builder)
    }

    /// The tree that the vector asks about.
    ///
    /// # Errors
    /// What the core refuses, or [`Stop::Vector`].
    pub fn tree(&self) -> Result<GridTree, Stop> {
        static CITY: OnceLock<GridTree> = OnceLock::new();
        if let Some(year) = self.get::<Option<u16>>("edition")? {
            return Ok(samples::register(year)?);
        }
        if self.value("city").is_some() {
            return Ok(CITY.get_or_init(|| samples::zhongshan().tree().clone()).clone());
        }
        if let Some(text) = self.get::<Option<String>>("json")? {
            return Ok(GridTree::from_json(&text)?);
        }
        if let Some(bytes) = self.csv()? {
            return Ok(self.builder()?.from_csv(&bytes)?);
        }
        let held = self.columns()?;
        Ok(self.builder()?.from_columns(&held.columns())?)
    }

    /// What can be built of the tree.
    ///
    /// # Errors
    /// [`Stop::Vector`].
    pub fn lossy(&self) -> Result<Lossy, Stop> {
        if let Some(bytes) = self.csv()? {
            return Ok(self.builder()?.from_csv_lossy(&bytes));
        }
        let held = self.columns()?;
        Ok(self.builder()?.from_columns_lossy(&held.columns()))
    }

    fn csv(&self) -> Result<Option<Vec<u8>>, Stop> {
        if let Some(text) = self.get::<Option<String>>("csv")? {
            return Ok(Some(text.into_bytes()));
        }
        let text: Option<String> = self.get("csv_base64")?;
        text.map(|text| from_base64(&text).ok_or_else(|| Stop::Vector("csv_base64".to_owned()))).transpose()
    }

    fn columns(&self) -> Result<Held, Stop> {
        if let Some(Value::Object(columns)) = self.value("columns") {
            let list = |values: &Value| values.as_array().map(|values| values.iter().map(cell).collect());
            let columns = columns.iter().map(|(name, values)| Some((name.clone(), settled(list(values)?))));
            return Ok(Held(columns.collect::<Option<_>>().ok_or(Stop::Vector("columns".to_owned()))?));
        }
        let rows: Vec<Map<String, Value>> = self.get("rows")?;
        let mut columns: Vec<(String, Vec<Cell>)> = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            for (key, value) in row {
                let place = columns.iter().position(|(name, _)| name == key).unwrap_or_else(|| {
                    columns.push((key.clone(), vec![Cell::Missing; rows.len()]));
                    columns.len() - 1
                });
                columns[place].1[number] = cell(value);
            }
        }
        Ok(Held(columns.into_iter().map(|(name, cells)| (name, settled(cells))).collect()))
    }

    /// The grid of an optional argument; the root without.
    ///
    /// # Errors
    /// What the core refuses, or [`Stop::Vector`].
    pub fn grid(&self, tree: &GridTree, name: &str) -> Result<GridIndex, Stop> {
        let code: Option<String> = self.get(name)?;
        Ok(code.map_or(Ok(tree.root()), |code| tree.index([code]).map(|found| found[0]))?)
    }

    /// Rows with those keys only that the argument `keys` names; all of them without it.
    ///
    /// # Errors
    /// [`Stop::Vector`] if a row has no such key.
    pub fn picked(&self, rows: Value) -> Answer {
        let Some(keys) = self.get::<Option<Vec<String>>>("keys")? else { return Ok(rows) };
        let Value::Array(rows) = rows else { return Err(wrong("no list of rows")) };
        let pick = |row: Value| {
            let cell = |key: &String| Some((key.clone(), row.get(key)?.clone()));
            keys.iter().map(cell).collect::<Option<Map<_, _>>>().map(Value::Object)
        };
        let rows: Option<Vec<Value>> = rows.into_iter().map(pick).collect();
        rows.map(Value::Array).ok_or_else(|| wrong("a row lacks a key"))
    }

    /// The footprints that the vector asks about.
    ///
    /// # Errors
    /// What the core refuses, or [`Stop::Vector`].
    pub fn footprints(&self, tree: &GridTree) -> Result<Footprints, Stop> {
        let wishes: Map<String, Value> = self.get("footprints")?;
        let wishes = Input(&wishes);
        let mut options =
            FootprintOptions::new().invented(wishes.get::<Option<bool>>("invented")? == Some(true));
        if let Some(name) = wishes.get::<Option<String>>("code_property")? {
            options = options.code_property(name);
        }
        options = options.close_rings(wishes.get::<Option<bool>>("close_rings")? == Some(true));
        if let Some(crs) = wishes.get::<Option<String>>("crs")? {
            options = options.reference(reference(&crs)?);
        }
        Ok(match wishes.value("geojson") {
            Some(geojson) => Footprints::from_geojson(tree, &geojson.to_string(), &options)?,
            None => Footprints::from_tree(tree, &options)?,
        })
    }
}

/// A coordinate reference by its name.
///
/// # Errors
/// [`Stop::Vector`] if there is none of that name.
pub(crate) fn reference(name: &str) -> Result<Reference, Stop> {
    name.parse().map_err(wrong)
}

/// An argument that makes no sense.
pub(crate) fn wrong(error: impl Into<Box<dyn std::error::Error>>) -> Stop {
    Stop::Vector(error.into().to_string())
}

/// A value as JSON.
pub(crate) fn json(value: impl serde::Serialize) -> Answer {
    serde_json::to_value(value).map_err(wrong)
}

/// Columns as a caller would hold them.
struct Held(Vec<(String, HeldColumn)>);

enum HeldColumn {
    Integers(Vec<Option<i64>>),
    Floats(Vec<Option<f64>>),
    Cells(Vec<Cell>),
}

impl Held {
    fn columns(&self) -> GridColumns<'_> {
        self.0.iter().fold(GridColumns::new(), |columns, (name, column)| {
            columns.with(
                name,
                match column {
                    HeldColumn::Integers(numbers) => Column::Integers(numbers),
                    HeldColumn::Floats(numbers) => Column::Floats(numbers),
                    HeldColumn::Cells(cells) => Column::Cells(cells),
                },
            )
        })
    }
}

/// A column that holds numbers alone is one of numbers.
fn settled(cells: Vec<Cell>) -> HeldColumn {
    let whole = |cell: &Cell| matches!(cell, Cell::Integer(_) | Cell::Missing);
    let number = |cell: &Cell| whole(cell) || matches!(cell, Cell::Float(_));
    if !cells.iter().all(number) || cells.iter().all(|cell| *cell == Cell::Missing) {
        return HeldColumn::Cells(cells);
    }
    if cells.iter().all(whole) {
        let value = |cell| if let Cell::Integer(value) = cell { Some(value) } else { None };
        return HeldColumn::Integers(cells.into_iter().map(value).collect());
    }
    let value = |cell| match cell {
        Cell::Integer(value) => Some(value as f64),
        Cell::Float(value) => Some(value),
        _ => None,
    };
    HeldColumn::Floats(cells.into_iter().map(value).collect())
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Missing,
        Value::String(text) => Cell::Text(text.clone()),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Cell::Integer(whole),
            (None, Some(float)) => Cell::Float(float),
            (None, None) => Cell::Other("number".to_owned()),
        },
        Value::Bool(_) => Cell::Other("bool".to_owned()),
        Value::Array(_) => Cell::Other("list".to_owned()),
        Value::Object(_) => Cell::Other("object".to_owned()),
    }
}

/// Bytes from base64, with or without its padding.
fn from_base64(text: &str) -> Option<Vec<u8>> {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::new();
    let (mut bits, mut held) = (0u32, 0);
    for character in text.trim_end_matches('=').bytes() {
        bits = bits << 6 | u32::try_from(ALPHABET.iter().position(|&letter| letter == character)?).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Some(bytes)
}
