//! Footprints from `GeoJSON` (RFC 7946).

use geojson::{Geometry, GeometryValue, PolygonType};
use serde_json::{Map, Value};

use crate::error::shortened;
use crate::id::GridIndex;
use crate::tree::GridTree;

use super::super::bounds::Bounds;
use super::super::plane::{Budget, Lattice, Tangle, check};
use super::super::position::{Axis, BadCoordinate};
use super::super::reference::Reference;
use super::fault::{FootprintError, FootprintFault, FootprintFaultKind as Kind};
use super::options::FootprintOptions;
use super::{Footprints, Shapes};

/// Polygons, each its rings, each closed.
type Outline = Vec<Vec<Vec<[f64; 2]>>>;

/// Pairs of edges that may be compared, besides 500 for each position: seconds at most.
const COMPARISONS: u64 = 20_000_000;

/// What is gathered while features are read.
struct Reader<'o> {
    options: &'o FootprintOptions,
    reference: Reference,
    faults: Vec<FootprintFault>,
    positions: usize,
    budget: Budget,
}

impl Reader<'_> {
    fn new(options: &FootprintOptions, reference: Reference) -> Reader<'_> {
        Reader { options, reference, faults: Vec::new(), positions: 0, budget: Budget(COMPARISONS) }
    }

    fn fault(&mut self, feature: Option<usize>, grid: Option<&str>, kind: Kind) {
        let grid = grid.map(shortened);
        self.faults.push(FootprintFault { feature, grid, kind });
    }

    /// Reads a geometry; what is wrong with it goes into the faults.
    fn outline(&mut self, feature: Option<usize>, grid: Option<&str>, geometry: Value) -> Option<Outline> {
        let before = self.faults.len();
        let polygons = match polygons(geometry) {
            Ok(polygons) => polygons,
            Err(kind) => {
                self.fault(feature, grid, kind);
                return None;
            }
        };
        let positions: usize = polygons.iter().flatten().map(Vec::len).sum();
        self.positions += positions;
        if self.positions > self.options.most_positions {
            return None;
        }
        self.budget.0 += 500 * positions as u64;
        if polygons.is_empty() || polygons.iter().any(Vec::is_empty) {
            self.fault(feature, grid, Kind::EmptyGeometry);
            return None;
        }
        let mut outline = Outline::new();
        let mut ring_number = 0;
        for polygon in polygons {
            let mut rings = Vec::new();
            for ring in polygon {
                match self.ring(ring_number, &ring) {
                    Ok(ring) => rings.push(ring),
                    Err(kind) => self.fault(feature, grid, kind),
                }
                ring_number += 1;
            }
            outline.push(rings);
        }
        if self.faults.len() > before {
            return None;
        }
        if let Err(tangle) = soundness(&outline, &mut self.budget) {
            let kind = match tangle {
                Tangle::Ring(ring) => Kind::SelfIntersecting { ring },
                Tangle::Flat(ring) => Kind::FlatRing { ring },
                Tangle::Rings => Kind::RingsOverlap,
                Tangle::Costly => Kind::TooIntricate,
            };
            self.fault(feature, grid, kind);
            return None;
        }
        Some(outline)
    }

    /// Checks one ring. Anything beyond the second coordinate, such as a height, is left out.
    fn ring(&self, ring: usize, positions: &[geojson::Position]) -> Result<Vec<[f64; 2]>, Kind> {
        let mut closed = Vec::with_capacity(positions.len() + 1);
        for position in positions {
            let &[x, y, ..] = position.as_slice() else { return Err(Kind::MalformedGeometry) };
            for (axis, value) in [(Axis::X, x), (Axis::Y, y)] {
                if let Some(fault) = BadCoordinate::of(&self.reference, axis, value) {
                    return Err(Kind::Coordinate { ring, axis, fault });
                }
            }
            closed.push([x + 0.0, y + 0.0]); // no −0
        }
        if let (Some(&first), Some(last)) = (closed.first(), closed.last())
            && first.map(f64::to_bits) != last.map(f64::to_bits)
        {
            if !self.options.close_rings {
                return Err(Kind::OpenRing { ring });
            }
            closed.push(first);
        }
        if closed.len() < 4 { Err(Kind::ShortRing { ring, found: closed.len() }) } else { Ok(closed) }
    }

    /// Ends the reading: all faults, or the footprints. Outlines come as (grid, feature, outline).
    fn finish(
        mut self,
        tree: &GridTree,
        invented: bool,
        mut outlines: Vec<(GridIndex, Outline)>,
    ) -> Result<Footprints, FootprintError> {
        if self.positions > self.options.most_positions {
            let kind = Kind::TooManyPositions { most: self.options.most_positions };
            self.faults.insert(0, FootprintFault { feature: None, grid: None, kind });
        }
        if !self.faults.is_empty() {
            return Err(FootprintError { faults: self.faults });
        }
        outlines.sort_unstable_by_key(|&(grid, _)| grid);
        let mut shapes = Shapes::default();
        for (grid, outline) in &outlines {
            shapes.push(*grid, outline);
        }
        Ok(Footprints::new(tree, self.reference, invented, shapes))
    }
}

/// Lays a lattice over an outline and checks it there.
fn soundness(outline: &Outline, budget: &mut Budget) -> Result<(), Tangle> {
    let bounds = outline.iter().flatten().flatten().fold(Bounds::NOTHING, |bounds, &at| bounds.with(at));
    let lattice = Lattice::over(bounds);
    let polygons: Vec<Vec<_>> =
        outline.iter().map(|polygon| polygon.iter().map(|ring| lattice.contour(ring)).collect()).collect();
    check(&polygons, budget)
}

/// The polygons of a geometry.
fn polygons(geometry: Value) -> Result<Vec<PolygonType>, Kind> {
    let found = match &geometry {
        Value::Null => return Err(Kind::NoGeometry),
        Value::Object(members) => match members.get("type") {
            Some(Value::String(name)) => shortened(name),
            _ => return Err(Kind::WrongGeometry { found: "geometry without a type".to_owned() }),
        },
        other => return Err(Kind::WrongGeometry { found: kind_of(other).to_owned() }),
    };
    if found != "Polygon" && found != "MultiPolygon" {
        return Err(Kind::WrongGeometry { found });
    }
    match serde_json::from_value::<Geometry>(geometry).map(|geometry| geometry.value) {
        Ok(GeometryValue::Polygon { coordinates }) => Ok(vec![coordinates]),
        Ok(GeometryValue::MultiPolygon { coordinates }) => Ok(coordinates),
        Ok(_) | Err(_) => Err(Kind::MalformedGeometry),
    }
}

/// The kind of a value, for a message.
fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "truth value",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "object",
    }
}

/// The kind of an object by its member `type`.
fn type_of(value: &Value) -> String {
    match value.get("type") {
        Some(Value::String(name)) => shortened(name),
        _ => kind_of(value).to_owned(),
    }
}

/// What a text says of its coordinates: with a member `reference`, or the `crs` of old.
fn stated_reference(members: &Map<String, Value>) -> Result<Option<Reference>, String> {
    let old = || members.get("crs").and_then(|crs| crs.pointer("/properties/name"));
    match members.get("reference").or_else(old) {
        Some(Value::String(name)) => match name.parse() {
            Ok(reference) => Ok(Some(reference)),
            Err(_) => Err(shortened(name)),
        },
        Some(other) => Err(kind_of(other).to_owned()),
        None => Ok(None),
    }
}

fn is_true(value: Option<&Value>) -> bool {
    value == Some(&Value::Bool(true))
}

/// The code in the properties of a feature.
fn code_of(properties: Option<&Value>, name: &str) -> Result<String, Kind> {
    match properties.and_then(|properties| properties.get(name)) {
        None | Some(Value::Null) => Err(Kind::NoCode { property: name.to_owned() }),
        Some(Value::String(code)) => Ok(code.clone()),
        Some(Value::Number(number)) if number.is_u64() => Ok(number.to_string()),
        Some(other) => Err(Kind::CodeKind { found: kind_of(other) }),
    }
}

impl Footprints {
    /// Reads the outlines of grids from a `GeoJSON` `FeatureCollection`.
    ///
    /// Each feature names its grid with a property (see [`FootprintOptions::code_property`]) and has a `Polygon` or
    /// a `MultiPolygon`. The coordinates are WGS-84, as RFC 7946 says, unless the options or a member `reference` of
    /// the collection (or its `crs`, of the older specification) say otherwise. A member or property
    /// `invented: true` marks all outlines as made up. Heights and other properties are left out.
    ///
    /// ```
    /// use gridcore::geo::{FootprintOptions, Footprints};
    /// use gridcore::{GridRow, GridTree, Problem};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city")])?;
    /// let text = r#"{"type": "FeatureCollection", "features": [
    ///   {"type": "Feature", "properties": {"code": "2"}, "geometry": {"type": "Point", "coordinates": [0, 0]}},
    ///   {"type": "Feature", "properties": {"code": "1"}, "geometry": {"type": "Polygon", "coordinates":
    ///     [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}}]}"#;
    /// let error = Footprints::from_geojson(&tree, text, &FootprintOptions::new()).expect_err("three faults");
    /// let codes: Vec<_> = error.faults().into_iter().map(|fault| (fault.row, fault.code)).collect();
    /// assert_eq!(codes, [
    ///     (Some(0), "unknown_grid".to_owned()),
    ///     (Some(0), "wrong_geometry".to_owned()),
    ///     (Some(1), "self_intersecting".to_owned()),
    /// ]);
    /// # Ok::<(), gridcore::BuildError>(())
    /// ```
    ///
    /// # Errors
    /// [`FootprintError`] with every fault: no JSON or another kind of it, nesting deeper than 128, more positions than
    /// the options allow, an unknown or contradicting coordinate reference, a feature without a code or of an unknown
    /// grid, two features of one grid, no or another geometry, an empty one, rings that are short, open, flat, cross
    /// themselves or each other, and coordinates that are out of range. (JSON has no infinite numbers: a number too
    /// large for one makes the text no JSON.)
    ///
    /// # Complexity
    /// O(n log n) time in the number of positions for the outlines of maps; O(n) space. Hostile outlines end with a
    /// fault after 2·10⁷ + 500 n comparisons of edges.
    pub fn from_geojson(
        tree: &GridTree,
        text: &str,
        options: &FootprintOptions,
    ) -> Result<Self, FootprintError> {
        let whole =
            |kind| FootprintError { faults: vec![FootprintFault { feature: None, grid: None, kind }] };
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let value: Value = serde_json::from_str(text)
            .map_err(|error| whole(Kind::NotJson { line: error.line(), column: error.column() }))?;
        let found = type_of(&value);
        let (Value::Object(mut members), "FeatureCollection") = (value, found.as_str()) else {
            return Err(whole(Kind::NotCollection { found }));
        };
        let Some(Value::Array(features)) = members.remove("features") else {
            return Err(whole(Kind::NotCollection {
                found: "FeatureCollection without features".to_owned(),
            }));
        };
        let stated = stated_reference(&members).map_err(|found| whole(Kind::UnknownReference { found }))?;
        let reference = match (stated, &options.reference) {
            (Some(found), Some(wanted)) if found != *wanted => {
                return Err(whole(Kind::ReferenceMismatch { found, wanted: wanted.clone() }));
            }
            (stated, wanted) => stated.or_else(|| wanted.clone()).unwrap_or_default(),
        };
        let mut invented = options.invented || is_true(members.get("invented"));

        let mut reader = Reader::new(options, reference);
        let mut first_of: Vec<Option<u32>> = vec![None; tree.len()];
        let mut outlines = Vec::new();
        for (number, mut feature) in features.into_iter().enumerate() {
            let found = type_of(&feature);
            if found != "Feature" {
                reader.fault(Some(number), None, Kind::NotFeature { found });
                continue;
            }
            let geometry = feature.get_mut("geometry").map_or(Value::Null, Value::take);
            let properties = feature.get("properties");
            invented |= is_true(properties.and_then(|properties| properties.get("invented")));
            let code = code_of(properties, &options.code_property);
            let mut place = None;
            match &code {
                Err(kind) => reader.fault(Some(number), None, kind.clone()),
                Ok(code) => match tree.find(code) {
                    None => reader.fault(Some(number), Some(code), Kind::UnknownGrid),
                    Some(grid) => {
                        place = Some(grid);
                        let first = *first_of[grid.get()].get_or_insert(number as u32) as usize;
                        if first != number {
                            reader.fault(Some(number), Some(code), Kind::DuplicateGrid { first });
                        }
                    }
                },
            }
            let outline = reader.outline(Some(number), code.as_deref().ok(), geometry);
            if let (Some(grid), Some(outline)) = (place, outline) {
                outlines.push((grid, outline));
            }
        }
        reader.finish(tree, invented, outlines)
    }

    /// Reads the outlines that came with the rows of the tree: a `GeoJSON` geometry in the column `footprint`.
    ///
    /// A geometry with the member `invented: true` marks all outlines as made up.
    ///
    /// ```
    /// use gridcore::geo::{FootprintOptions, Footprints, Reference};
    /// use gridcore::{GridRow, GridTree};
    /// let square = r#"{"type": "Polygon", "coordinates": [[[0, 0], [9, 0], [9, 9], [0, 9], [0, 0]]]}"#;
    /// let tree = GridTree::from_rows([GridRow::new("1", "city").footprint(square)])?;
    /// let metres = FootprintOptions::new().reference(Reference::metres("local")?);
    /// let footprints = Footprints::from_tree(&tree, &metres)?;
    /// assert_eq!(footprints.get(tree.root()).expect("it has an outline").area_m2(), 81.0);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`FootprintError`] with every fault, as for [`from_geojson`](Self::from_geojson).
    ///
    /// # Complexity
    /// As [`from_geojson`](Self::from_geojson).
    pub fn from_tree(tree: &GridTree, options: &FootprintOptions) -> Result<Self, FootprintError> {
        let mut reader = Reader::new(options, options.reference.clone().unwrap_or_default());
        let mut outlines = Vec::new();
        let mut invented = options.invented;
        for grid in tree.indices() {
            let Some(text) = tree.footprint(grid) else { continue };
            let row = tree.row(grid);
            let code = tree.code(grid).to_string();
            match serde_json::from_str::<Value>(text) {
                Ok(geometry) => {
                    invented |= is_true(geometry.get("invented"));
                    let outline = reader.outline(row, Some(&code), geometry);
                    outlines.extend(outline.map(|outline| (grid, outline)));
                }
                Err(error) => {
                    let kind = Kind::NotJson { line: error.line(), column: error.column() };
                    reader.fault(row, Some(&code), kind);
                }
            }
        }
        reader.faults.sort_by_key(|fault| fault.feature);
        reader.finish(tree, invented, outlines)
    }
}
