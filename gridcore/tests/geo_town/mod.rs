//! Made-up towns whose grids are known to tile: rectangles cut again and again, with corners that meet edges.
#![allow(dead_code, reason = "each test file takes what it needs")]
#![allow(clippy::unwrap_used, reason = "a test may fail by panicking")]

use gridcore::geo::{FootprintOptions, Footprints, Reference};
use gridcore::{GridRow, GridTree};
use proptest::prelude::*;

/// A rectangle with whole corners: west, south, east, north.
pub(crate) type Rectangle = [i32; 4];

#[derive(Clone, Debug)]
pub(crate) struct Town {
    pub(crate) whole: Rectangle,
    /// Each district with its cells, which tile it.
    pub(crate) districts: Vec<(Rectangle, Vec<Rectangle>)>,
}

/// Cuts a rectangle as the choices say: which piece, along which axis, where.
fn cut(whole: Rectangle, choices: &[(u8, bool, u8)]) -> Vec<Rectangle> {
    let mut pieces = vec![whole];
    for &(which, upright, at) in choices {
        let chosen = usize::from(which) % pieces.len();
        let [w, s, e, n] = pieces[chosen];
        let (low, high) = if upright { (w, e) } else { (s, n) };
        if high - low < 2 {
            continue;
        }
        let middle = low + 1 + i32::from(at) % (high - low - 1);
        let (one, other) = if upright {
            ([w, s, middle, n], [middle, s, e, n])
        } else {
            ([w, s, e, middle], [w, middle, e, n])
        };
        pieces[chosen] = one;
        pieces.push(other);
    }
    pieces
}

pub(crate) fn towns() -> impl Strategy<Value = Town> {
    let choices = |most| prop::collection::vec(any::<(u8, bool, u8)>(), 0..most);
    (choices(6), choices(6)).prop_map(|(first, second)| {
        let whole = [0, 0, 24, 24];
        let districts =
            cut(whole, &first).into_iter().map(|district| (district, cut(district, &second))).collect();
        Town { whole, districts }
    })
}

impl Town {
    pub(crate) fn tree(&self) -> GridTree {
        let mut rows = vec![GridRow::new("1", "town")];
        for (d, (_, cells)) in self.districts.iter().enumerate() {
            rows.push(GridRow::new(format!("1{d:02}"), format!("district {d}")).under("1"));
            for c in 0..cells.len() {
                rows.push(
                    GridRow::new(format!("1{d:02}{c:02}"), format!("cell {c}")).under(format!("1{d:02}")),
                );
            }
        }
        GridTree::from_rows(rows).unwrap()
    }

    /// Every grid with its code and rectangle.
    pub(crate) fn rectangles(&self) -> Vec<(String, Rectangle)> {
        let mut all = vec![("1".to_owned(), self.whole)];
        for (d, (district, cells)) in self.districts.iter().enumerate() {
            all.push((format!("1{d:02}"), *district));
            all.extend(cells.iter().enumerate().map(|(c, cell)| (format!("1{d:02}{c:02}"), *cell)));
        }
        all
    }

    pub(crate) fn footprints(&self) -> Footprints {
        footprints(&self.tree(), &self.rectangles(), "metres:local", |[x, y]| [x, y])
    }

    /// The town on the earth and askew: no edge runs along an axis, so that corners meet edges only to rounding.
    pub(crate) fn askew(&self) -> Footprints {
        let place = |[x, y]: [f64; 2]| [113.3 + (x + y / 3.0) * 1e-4, 22.5 + (y - x / 7.0) * 1e-4];
        footprints(&self.tree(), &self.rectangles(), "wgs84", place)
    }
}

/// Rectangles as footprints, each corner moved by `place`.
pub(crate) fn footprints(
    tree: &GridTree,
    rectangles: &[(String, Rectangle)],
    reference: &str,
    place: impl Fn([f64; 2]) -> [f64; 2],
) -> Footprints {
    let features: Vec<String> = rectangles
        .iter()
        .map(|(code, rectangle)| {
            let [w, s, e, n] = rectangle.map(f64::from);
            let ring = [[w, s], [e, s], [e, n], [w, n], [w, s]].map(&place);
            feature(code, &format!(r#"{{"type":"Polygon","coordinates":[{ring:?}]}}"#))
        })
        .collect();
    let reference: Reference = reference.parse().unwrap();
    Footprints::from_geojson(tree, &collection(&features), &FootprintOptions::new().reference(reference))
        .unwrap()
}

pub(crate) fn feature(code: &str, geometry: &str) -> String {
    format!(r#"{{"type":"Feature","properties":{{"code":"{code}"}},"geometry":{geometry}}}"#)
}

pub(crate) fn collection(features: &[String]) -> String {
    format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","))
}
