//! Roll-ups: columns in, a column for every grid out.

use gridcore::tree::{How, Measure, RolledValues};
use js_sys::{Array, Float64Array, Object, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{OBJECT, items, present, text, wrong};
use crate::asked::codes_of;
use crate::builder::unknown_name;
use crate::error::{Answer, refused};
use crate::report::plain;
use crate::table::{Table, Values};
use crate::tree::RawTree;

/// How one column is rolled up, with its numbers.
struct Wish {
    name: String,
    how: How,
    values: Values,
    weights: Option<Values>,
}

fn read_how(value: &JsValue) -> Result<How, JsValue> {
    let name = text("how", value)?;
    match name.as_str() {
        "sum" => Ok(How::Sum),
        "count" => Ok(How::Count),
        "min" => Ok(How::Min),
        "max" => Ok(How::Max),
        "mean" => Ok(How::Mean),
        _ => Err(unknown_name("how", &name, "sum, count, min, max, mean")),
    }
}

impl Wish {
    /// `"sum"`, or `["mean", "households"]` with the name of a column of weights.
    fn read(table: &Table, name: String, wish: &JsValue) -> Result<Self, JsValue> {
        let values = table.values(&name)?;
        let Some(pair) = wish.dyn_ref::<Array>() else {
            return Ok(Self { name, how: read_how(wish)?, values, weights: None });
        };
        let weights = table.values(&text("how", &pair.get(1))?)?;
        Ok(Self { name, how: read_how(&pair.get(0))?, values, weights: Some(weights) })
    }

    fn measure(&self) -> Measure<'_> {
        let measure = Measure::new(&self.name, self.how, self.values.view());
        match &self.weights {
            Some(weights) => measure.weighted_by(weights.view()),
            None => measure,
        }
    }
}

/// A column on its way out: a typed array where no value is missing, an array with null otherwise.
fn column(values: &RolledValues) -> Answer {
    match values {
        RolledValues::Floats(values) => Ok(Float64Array::from(&values[..]).into()),
        RolledValues::Integers(values) => {
            // Beyond 2⁵³ − 1 a number would be rounded; then `plain` refuses it.
            if let Some(large) = values.iter().find(|value| value.unsigned_abs() >= 1 << 53) {
                return plain(large);
            }
            let values: Vec<f64> = values.iter().map(|&value| value as f64).collect();
            Ok(Float64Array::from(&values[..]).into())
        }
        RolledValues::SomeIntegers(values) => plain(values),
        RolledValues::SomeFloats(values) => plain(values),
        _ => Err(unknown_name("how", "", "sum, count, min, max, mean")),
    }
}

#[wasm_bindgen]
impl RawTree {
    /// Rolls columns of a table up the tree.
    pub fn rollup(&self, table: &JsValue, how: &JsValue, by: &JsValue) -> Answer {
        if !how.is_object() || Array::is_array(how) {
            return Err(wrong("how", how, OBJECT));
        }
        let by = present(by.clone()).map_or_else(|| Ok("code".to_owned()), |by| text("by", &by))?;
        let table = Table::read(table)?;
        let at = table.grids(&self.core, &by)?;
        let mut wishes = Vec::new();
        for entry in items(&Object::entries(how.unchecked_ref())) {
            let entry: &Array = entry.unchecked_ref();
            wishes.push(Wish::read(&table, entry.get(0).as_string().unwrap_or_default(), &entry.get(1))?);
        }
        let measures: Vec<Measure<'_>> = wishes.iter().map(Wish::measure).collect();
        let rolled = self.core.rollup(&at, &measures).map_err(refused)?;
        let values = Object::new();
        for rolled in rolled.columns() {
            Reflect::set(&values, &rolled.name().into(), &column(rolled.values())?)?;
        }
        let answer = Object::new();
        Reflect::set(&answer, &"code".into(), &codes_of(&self.core, self.core.indices().map(Some)))?;
        Reflect::set(&answer, &"values".into(), &values)?;
        Ok(answer.into())
    }

    /// The totals of a weight by position.
    pub fn total(&self, weight: &JsValue) -> Result<Float64Array, JsValue> {
        let totals = self.core.total(&text("weight", weight)?).map_err(refused)?;
        Ok(Float64Array::from(&totals[..]))
    }
}
