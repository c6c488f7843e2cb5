//! Footprints as `GeoJSON`.

use geojson::{Feature, FeatureCollection, Geometry, GeometryValue, Position};
use serde_json::{Map, Value};

use crate::id::GridIndex;
use crate::tree::GridTree;

use super::Footprints;

impl Footprints {
    /// Writes a `GeoJSON` `FeatureCollection` with one feature for each grid that has an outline, in preorder.
    ///
    /// The properties of a feature are `code`, `name`, `level`, `kind` (null without one) and `path`, the names from the
    /// root to the grid. The collection says its `reference` and, if the outlines are made up, `invented: true`; so does
    /// each feature then, because features are passed on alone. What is written reads back as the same footprints.
    /// To add numbers, see [`StrengthMap::to_geojson`](crate::map::StrengthMap::to_geojson).
    ///
    /// ```
    /// # use gridcore::geo::{FootprintOptions, Footprints};
    /// # use gridcore::{GridRow, GridTree};
    /// let square = r#"{"type": "Polygon", "coordinates": [[[113, 22], [114, 22], [114, 23], [113, 23], [113, 22]]]}"#;
    /// let tree = GridTree::from_rows([GridRow::new("1", "city").footprint(square)])?;
    /// let text = Footprints::from_tree(&tree, &FootprintOptions::new().invented(true))?.to_geojson();
    /// assert!(text.contains(r#""reference":"wgs84""#) && text.contains(r#""invented":true"#));
    /// let again = Footprints::from_geojson(&tree, &text, &FootprintOptions::new())?;
    /// assert!(again.is_invented() && again.to_geojson() == text);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Complexity
    /// O(n) time and space in the number of corners.
    #[must_use]
    pub fn to_geojson(&self) -> String {
        let features = self.grids().map(|grid| self.feature(grid, Map::new())).collect();
        self.collection(features, Map::new()).to_string()
    }

    /// One grid as a feature, with more properties; its geometry is null without an outline.
    pub(in super::super) fn feature(&self, grid: GridIndex, more: Map<String, Value>) -> Feature {
        let mut properties = describe(self.tree(), grid);
        properties.extend(more);
        if self.is_invented() {
            properties.insert("invented".to_owned(), Value::Bool(true));
        }
        Feature { geometry: self.geometry(grid), properties: Some(properties), ..Feature::default() }
    }

    /// Features as a collection that says its reference, with more members.
    pub(in super::super) fn collection(
        &self,
        features: Vec<Feature>,
        mut members: Map<String, Value>,
    ) -> FeatureCollection {
        members.insert("reference".to_owned(), Value::String(self.reference().to_string()));
        if self.is_invented() {
            members.insert("invented".to_owned(), Value::Bool(true));
        }
        FeatureCollection { bbox: None, features, foreign_members: Some(members) }
    }

    fn geometry(&self, grid: GridIndex) -> Option<Geometry> {
        let position = |&at: &[f64; 2]| Position::from(at);
        let mut polygons: Vec<Vec<Vec<Position>>> = self
            .get(grid)?
            .polygons()
            .map(|polygon| polygon.into_iter().map(|ring| ring.iter().map(position).collect()).collect())
            .collect();
        let value = if polygons.len() == 1 {
            GeometryValue::Polygon { coordinates: polygons.swap_remove(0) }
        } else {
            GeometryValue::MultiPolygon { coordinates: polygons }
        };
        Some(Geometry::new(value))
    }
}

/// What a feature says of its grid.
fn describe(tree: &GridTree, grid: GridIndex) -> Map<String, Value> {
    let path: Vec<Value> = tree.path(grid).into_iter().map(|above| tree.name(above).into()).collect();
    let mut properties = Map::new();
    properties.insert("code".to_owned(), tree.code(grid).to_string().into());
    properties.insert("name".to_owned(), tree.name(grid).into());
    properties.insert("level".to_owned(), tree.level(grid).into());
    properties.insert("kind".to_owned(), tree.kind(grid).into());
    properties.insert("path".to_owned(), path.into());
    properties
}
