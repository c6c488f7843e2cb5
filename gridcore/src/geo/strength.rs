//! The strength map over footprints: `GeoJSON` and choropleth.

use serde_json::{Map, Value as Json};

use crate::error::Lang;
use crate::id::GridIndex;
use crate::map::{
    Drawing, MapCells, MapOptionFault, MapOptions, MapOptionsError, Shape, StrengthMap, Value, Values, draw,
    number, width,
};

use super::bounds::Bounds;
use super::footprint::Footprints;

/// How high the names over a picture are, in its units.
const LABEL: f64 = 12.0;

/// Says no if footprints belong to another tree.
fn same_tree(map: &StrengthMap, footprints: &Footprints) -> Result<(), MapOptionsError> {
    let (one, other) = (map.tree(), footprints.tree());
    let same = one.len() == other.len()
        && one
            .indices()
            .all(|grid| one.code(grid) == other.code(grid) && one.parent(grid) == other.parent(grid));
    if same { Ok(()) } else { Err(MapOptionsError { faults: vec![MapOptionFault::OtherTree] }) }
}

/// Where places go in a picture: scaled alike in both directions, north up, in the middle of a frame.
struct Projection {
    origin: [f64; 2],
    scale: [f64; 2],
    corner: [f64; 2],
}

impl Projection {
    /// Fits a rectangle of places into a frame. Degrees east are narrowed by the cosine of the middle latitude.
    fn new(bounds: Bounds, geographic: bool, [x, y, width, height]: [f64; 4]) -> Self {
        let middle = f64::midpoint(bounds.south, bounds.north);
        let narrow = if geographic { libm::cos(middle.to_radians()).max(0.01) } else { 1.0 };
        let (wide, high) = ((bounds.east - bounds.west) * narrow, bounds.north - bounds.south);
        let scale = (width / wide).min(height / high);
        let corner = [x + (width - wide * scale) / 2.0, y + (height - high * scale) / 2.0];
        Self { origin: [bounds.west, bounds.north], scale: [scale * narrow, scale], corner }
    }

    fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [
            self.corner[0] + (x - self.origin[0]) * self.scale[0],
            self.corner[1] + (self.origin[1] - y) * self.scale[1],
        ]
    }

    /// The place of a name in the middle of a rectangle, if it fits in there.
    fn label(&self, bounds: Bounds, name: &str) -> Option<(f64, f64, String)> {
        let [left, top] = self.place([bounds.west, bounds.north]);
        let [right, bottom] = self.place([bounds.east, bounds.south]);
        let wide = width(name, LABEL);
        let fits = wide < right - left && LABEL < bottom - top;
        let corner = (f64::midpoint(left, right) - wide / 2.0, f64::midpoint(top, bottom) + LABEL / 3.0);
        fits.then(|| (corner.0, corner.1, name.to_owned()))
    }

    /// Rings as the data of an SVG path, in hundredths of a pixel; steps too short to see are left out.
    fn path<'r>(&self, rings: impl Iterator<Item = &'r [[f64; 2]]>) -> String {
        let mut data = String::new();
        for ring in rings {
            let mut last = None;
            for &at in ring.split_last().map_or(ring, |(_, open)| open) {
                let at = self.place(at).map(|n| (n * 100.0).round());
                if last.map(|last: [f64; 2]| last.map(f64::to_bits)) == Some(at.map(f64::to_bits)) {
                    continue;
                }
                data.push(if last.is_none() { 'M' } else { 'L' });
                number(&mut data, at[0] / 100.0);
                data.push(' ');
                number(&mut data, at[1] / 100.0);
                last = Some(at);
            }
            data.push('Z');
        }
        data
    }
}

/// Counts of people by role, as an object.
fn by_role(map: &StrengthMap, count: impl Fn(Option<&str>) -> u64) -> Json {
    map.roles().iter().map(|role| (role.clone(), Json::from(count(Some(role))))).collect::<Map<_, _>>().into()
}

impl StrengthMap {
    /// Writes the map as a `GeoJSON` `FeatureCollection`: one feature for each cell, in preorder.
    ///
    /// Besides `code`, `name`, `level`, `kind` and `path` a feature has
    /// - `own`, the people directly at the grid, and `total`, those with all grids below; of the role the options ask for,
    ///   or of all;
    /// - `own_by_role` and `total_by_role`, if the options ask for no role.
    ///
    /// The collection has `roster_size`, `in_features` (the sum of `total`, or with [`MapCells::All`] of `own`) and
    /// `above` (those at grids above the features): `in_features + above = roster_size`. A grid without an outline has
    /// a null geometry, so that nobody is lost. With a least cell size ([`MapOptions::min_cell`]) a feature has `total`
    /// alone, null with `withheld: true` where it is withheld.
    ///
    /// ```
    /// use gridcore::geo::{FootprintOptions, Footprints};
    /// use gridcore::map::{CountRow, MapOptions, StrengthMap};
    /// use gridcore::{GridRow, GridTree};
    /// let tree = GridTree::from_rows([GridRow::new("1", "city"), GridRow::new("11", "north").under("1")])?;
    /// let map = StrengthMap::new(&tree, [CountRow::new("1", "head", 1.0), CountRow::new("11", "worker", 3.0)])?;
    /// let none = r#"{"type": "FeatureCollection", "features": []}"#;
    /// let footprints = Footprints::from_geojson(&tree, none, &FootprintOptions::new())?;
    /// let text = map.to_geojson(&footprints, &MapOptions::new())?;
    /// assert!(text.contains(r#""above":1,"in_features":3"#) && text.contains(r#""roster_size":4"#));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`MapOptionsError`] with every wish that cannot be met, or if the footprints belong to another tree.
    ///
    /// # Complexity
    /// O(n + c) time and space for n grids and c corners of outlines.
    pub fn to_geojson(
        &self,
        footprints: &Footprints,
        options: &MapOptions,
    ) -> Result<String, MapOptionsError> {
        options.check(self)?;
        same_tree(self, footprints)?;
        let every = options.cells == MapCells::All && options.min_cell < 2;
        let values = Values::new(self, options, every);
        let feature = |&(grid, value): &(GridIndex, Value)| {
            footprints.feature(grid, self.properties(grid, value, options))
        };
        let features = values.cells.iter().map(feature).collect();
        let mut members = Map::new();
        members.insert("roster_size".to_owned(), values.roster.into());
        members.insert("in_features".to_owned(), (values.roster - values.above).into());
        members.insert("above".to_owned(), values.above.into());
        Ok(footprints.collection(features, members).to_string())
    }

    fn properties(&self, grid: GridIndex, value: Value, options: &MapOptions) -> Map<String, Json> {
        let role = options.role.as_deref();
        let mut properties = Map::new();
        match value {
            Value::Withheld => {
                properties.insert("total".to_owned(), Json::Null);
                properties.insert("withheld".to_owned(), true.into());
            }
            Value::Shown(total) => {
                properties.insert("total".to_owned(), total.into());
            }
        }
        if options.min_cell < 2 {
            properties.insert("own".to_owned(), self.own(grid, role).into());
            if role.is_none() {
                properties.insert("own_by_role".to_owned(), by_role(self, |role| self.own(grid, role)));
                properties.insert("total_by_role".to_owned(), by_role(self, |role| self.total(grid, role)));
            }
        }
        properties
    }

    /// Draws the map over footprints, in SVG: each cell its outline in the colour of its class, north up.
    ///
    /// A cell without an outline of its own is drawn as the highest outlines below it; one without any is not drawn, and
    /// the foot of the picture says how many such cells there are. Without a single outline the picture is the
    /// treemap of [`to_svg`](Self::to_svg). Longitudes are narrowed by the cosine of the middle latitude. If the footprints
    /// are invented the picture says so.
    ///
    /// ```
    /// use gridcore::geo::{FootprintOptions, Footprints};
    /// use gridcore::map::{CountRow, MapOptions, StrengthMap};
    /// use gridcore::{GridRow, GridTree};
    /// let square = r#"{"type":"Polygon","coordinates":[[[113,22],[114,22],[114,23],[113,23],[113,22]]]}"#;
    /// let tree = GridTree::from_rows([GridRow::new("1", "city").footprint(square)])?;
    /// let footprints = Footprints::from_tree(&tree, &FootprintOptions::new().invented(true))?;
    /// let map = StrengthMap::new(&tree, [CountRow::new("1", "head", 1.0)])?;
    /// let picture = map.to_svg_over(&footprints, &MapOptions::new())?;
    /// assert!(picture.contains("data-code=\"1\" data-value=\"1\"><title>city: 1 people</title></path>"));
    /// assert!(picture.contains("The outlines are invented"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`MapOptionsError`] with every wish that cannot be met, or if the footprints belong to another tree.
    ///
    /// # Complexity
    /// O(n + c) time and space for n grids and c corners of outlines.
    pub fn to_svg_over(
        &self,
        footprints: &Footprints,
        options: &MapOptions,
    ) -> Result<String, MapOptionsError> {
        options.check(self)?;
        same_tree(self, footprints)?;
        let values = Values::new(self, options, false);
        let wanted: Vec<GridIndex> = values.cells.iter().map(|&(grid, _)| grid).collect();
        let pieces = footprints.pieces(|grid| wanted.binary_search(&grid).is_ok());
        let shapes = &footprints.inner.shapes;
        let around = pieces.iter().map(|&(slot, _)| shapes.bounds(slot)).reduce(Bounds::join);
        let Some(bounds) = around else { return self.to_svg(options) };
        Ok(draw(self, options, &values, |frame| {
            let room = [frame.x, frame.y, frame.width, frame.height];
            let projection = Projection::new(bounds, footprints.reference().is_geographic(), room);
            let path = |slot: usize| Shape::Path(projection.path(shapes.all_rings(slot)));
            let mut pieces = pieces.iter().peekable();
            let mut missing = 0;
            let mut cells = Vec::with_capacity(values.cells.len());
            for &(grid, value) in &values.cells {
                let mut of_cell = Vec::new();
                while let Some(&(slot, _)) = pieces.next_if(|&&(_, owner)| owner == grid) {
                    of_cell.push(path(slot));
                }
                missing += usize::from(of_cell.is_empty());
                cells.push((grid, value, of_cell));
            }
            let tree = self.tree();
            let under_root = tree.children(tree.root()).filter(|child| wanted.binary_search(child).is_err());
            let (mut lines, mut labels) = (Vec::new(), Vec::new());
            for (child, slot) in under_root.filter_map(|child| Some((child, shapes.slot(child)?))) {
                lines.push(path(slot));
                labels.extend(projection.label(shapes.bounds(slot), tree.name(child)));
            }
            let notes = notes(options.lang, missing, footprints.is_invented());
            Drawing { cells, lines, labels, notes }
        }))
    }
}

fn notes(lang: Lang, missing: usize, invented: bool) -> Vec<String> {
    let mut notes = Vec::new();
    if invented {
        notes.push(match lang {
            Lang::En => "The outlines are invented: they show no real border.".to_owned(),
            Lang::Zh => "边界为虚构，不代表真实界线。".to_owned(),
        });
    }
    if missing > 0 {
        notes.push(match lang {
            Lang::En => format!("Cells without an outline, not drawn: {missing}."),
            Lang::Zh => format!("无边界而未画出的网格：{missing} 个。"),
        });
    }
    notes
}
