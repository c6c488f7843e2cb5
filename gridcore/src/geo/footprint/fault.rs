//! What can be wrong with footprints: every fault as a value that explains itself.

use std::fmt;

use crate::error::{Fault, Lang, Problem, report};

use super::super::position::{Axis, BadCoordinate};
use super::super::reference::Reference;

/// One fault found while footprints were read.
#[derive(Clone, Debug, PartialEq)]
pub struct FootprintFault {
    /// The number of the feature, from 0, or the row of the grid in its table; none where the whole text is at fault.
    pub feature: Option<usize>,
    /// The code of the grid, if the feature has one.
    pub grid: Option<String>,
    /// What is wrong.
    pub kind: FootprintFaultKind,
}

/// What is wrong with a footprint or a whole text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FootprintFaultKind {
    /// The text is no JSON; where it stops being so, from 1.
    NotJson {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
    /// The text is JSON of another kind.
    NotCollection {
        /// The kind it is.
        found: String,
    },
    /// There are more positions than the options allow.
    TooManyPositions {
        /// The most that are allowed.
        most: usize,
    },
    /// The text names a coordinate reference that is not known here.
    UnknownReference {
        /// The name.
        found: String,
    },
    /// The text says one coordinate reference, the options another.
    ReferenceMismatch {
        /// What the text says.
        found: Reference,
        /// What the options say.
        wanted: Reference,
    },
    /// A feature is no feature.
    NotFeature {
        /// The kind it is.
        found: String,
    },
    /// A feature has no property with the code.
    NoCode {
        /// The property that was looked for.
        property: String,
    },
    /// The code is neither a text nor a whole number.
    CodeKind {
        /// The kind it is.
        found: &'static str,
    },
    /// The tree has no grid of this code.
    UnknownGrid,
    /// Another feature has the same code.
    DuplicateGrid {
        /// The first feature with it.
        first: usize,
    },
    /// The feature has no geometry.
    NoGeometry,
    /// The geometry has no area.
    WrongGeometry {
        /// Its type.
        found: String,
    },
    /// The coordinates are not nested lists of numbers.
    MalformedGeometry,
    /// There is no polygon, or a polygon without a ring.
    EmptyGeometry,
    /// A ring has too few positions.
    ShortRing {
        /// The ring, from 0, counted through the whole geometry.
        ring: usize,
        /// How many positions it has.
        found: usize,
    },
    /// The last position of a ring does not repeat the first.
    OpenRing {
        /// The ring.
        ring: usize,
    },
    /// A coordinate is not finite or out of range.
    Coordinate {
        /// The ring.
        ring: usize,
        /// Which coordinate.
        axis: Axis,
        /// What is wrong with it.
        fault: BadCoordinate,
    },
    /// There is no area within a ring.
    FlatRing {
        /// The ring.
        ring: usize,
    },
    /// A ring crosses, overlaps or doubles itself.
    SelfIntersecting {
        /// The ring.
        ring: usize,
    },
    /// Rings cross, a hole lies outside its polygon, or the parts of a multipolygon overlap.
    RingsOverlap,
    /// The outlines have too many close edges to be checked.
    TooIntricate,
}

use FootprintFaultKind as K;

impl FootprintFault {
    /// The stable name of the fault, in `snake_case`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match &self.kind {
            K::NotJson { .. } => "not_json",
            K::NotCollection { .. } => "not_a_collection",
            K::TooManyPositions { .. } => "too_many_positions",
            K::UnknownReference { .. } => "unknown_reference",
            K::ReferenceMismatch { .. } => "reference_mismatch",
            K::NotFeature { .. } => "not_a_feature",
            K::NoCode { .. } => "no_code",
            K::CodeKind { .. } => "code_kind",
            K::UnknownGrid => "unknown_grid",
            K::DuplicateGrid { .. } => "duplicate_grid",
            K::NoGeometry => "no_geometry",
            K::WrongGeometry { .. } => "wrong_geometry",
            K::MalformedGeometry => "malformed_geometry",
            K::EmptyGeometry => "empty_geometry",
            K::ShortRing { .. } => "short_ring",
            K::OpenRing { .. } => "open_ring",
            K::Coordinate { fault, .. } => fault.code(),
            K::FlatRing { .. } => "flat_ring",
            K::SelfIntersecting { .. } => "self_intersecting",
            K::RingsOverlap => "rings_overlap",
            K::TooIntricate => "too_intricate",
        }
    }

    /// The fault as a flat record with its texts.
    #[must_use]
    #[expect(clippy::too_many_lines, reason = "one arm for each fault, so that its texts stand together")]
    pub fn to_fault(&self) -> Fault {
        let mut fault = Fault::new(self.code());
        fault.row = self.feature;
        if let Some(grid) = &self.grid {
            fault = fault.on(grid);
        }
        match &self.kind {
            K::NotJson { line, column } => fault
                .found(format!("line {line}, column {column}"), "JSON")
                .says(
                    format!("the text stops being JSON in line {line}, column {column}"),
                    format!("文本在第 {line} 行第 {column} 列起不是合法的 JSON"),
                )
                .remedy("export it again as GeoJSON in UTF-8", "请以 UTF-8 重新导出为 GeoJSON"),
            K::NotCollection { found } => fault
                .found(found, "FeatureCollection")
                .says(format!("the text is a {found}, not a FeatureCollection"), "文本不是 FeatureCollection")
                .remedy("wrap the features in a FeatureCollection", "请将要素放入 FeatureCollection"),
            K::TooManyPositions { most } => fault
                .found(format!("more than {most} positions"), format!("at most {most}"))
                .says(format!("there are more than {most} positions"), format!("坐标点超过 {most} 个"))
                .remedy("simplify the outlines, or raise the limit", "请简化边界，或提高上限"),
            K::UnknownReference { found } => fault
                .found(found, "wgs84, gcj02, bd09, cgcs2000 or metres: and a plane")
                .says("the coordinate reference is not known here", "不认识的坐标系")
                .remedy(
                    "convert the coordinates, or write metres: and the name of the plane",
                    "请转换坐标，或写作 metres: 加平面名称",
                ),
            K::ReferenceMismatch { found, wanted } => fault
                .found(found, wanted)
                .says(
                    format!("the text is in {found}, the options say {wanted}"),
                    format!("文本坐标系为 {found}，选项却为 {wanted}"),
                )
                .remedy(
                    "leave the option out, or convert the footprints afterwards",
                    "请去掉该选项，或读入后再转换",
                ),
            K::NotFeature { found } => fault
                .found(found, "Feature")
                .says(format!("a feature is of the kind {found}"), format!("要素的类型是 {found}"))
                .remedy("make it a Feature with properties and a geometry", "请改为含属性与几何的 Feature"),
            K::NoCode { property } => fault
                .in_column(property)
                .found("no such property", "the code of the grid")
                .says(format!("a feature has no property {property:?}"), format!("要素缺少属性 {property:?}"))
                .remedy(
                    "add it, or name the property that holds the code",
                    "请添加该属性，或指明编码所在的属性",
                ),
            K::CodeKind { found } => fault
                .found(found, "text")
                .says(format!("the code of a grid is {found}"), format!("网格编码的类型是 {found}"))
                .remedy("write codes as texts", "请将编码写作文本"),
            K::UnknownGrid => fault
                .says("the tree has no grid of this code", "网格体系中没有此编码")
                .remedy("correct the code, or add the grid to the tree", "请更正编码，或先将网格加入体系"),
            K::DuplicateGrid { first } => {
                let mut fault = fault
                    .says(
                        format!("feature {first} has the same code"),
                        format!("与第 {first} 个要素（从 0 起）编码相同"),
                    )
                    .remedy("join the two into one MultiPolygon", "请合并为一个 MultiPolygon");
                fault.related = vec![*first];
                fault
            }
            K::NoGeometry => fault
                .found("null", "Polygon or MultiPolygon")
                .says("the feature has no geometry", "要素没有几何")
                .remedy("add its outline, or leave the feature out", "请补上边界，或去掉该要素"),
            K::WrongGeometry { found } => fault
                .found(found, "Polygon or MultiPolygon")
                .says(format!("the geometry is a {found}"), format!("几何类型是 {found}"))
                .remedy("a grid covers an area: give its outline", "网格是面：请给出其边界"),
            K::MalformedGeometry => fault
                .found("another nesting or kind", "lists of rings of pairs of numbers")
                .says("the coordinates are not nested as their type wants", "坐标的嵌套与几何类型不符")
                .remedy("export the geometry again", "请重新导出几何"),
            K::EmptyGeometry => fault
                .found("nothing", "at least one ring for each polygon")
                .says("the geometry is empty", "几何为空")
                .remedy("add its outline, or leave the feature out", "请补上边界，或去掉该要素"),
            K::ShortRing { ring, found } => fault
                .found(format!("{found} positions"), "at least 4 positions")
                .says(
                    format!("ring {ring} has {found} positions"),
                    format!("第 {ring} 环（从 0 起）只有 {found} 个点"),
                )
                .remedy("a ring has three corners and the first again", "环至少三个角点，并重复第一个点"),
            K::OpenRing { ring } => fault
                .found("another position at the end", "the first position again")
                .says(format!("ring {ring} is not closed"), format!("第 {ring} 环（从 0 起）未闭合"))
                .remedy(
                    "repeat the first position at the end, or ask for rings to be closed",
                    "请在末尾重复第一个点，或要求自动闭合",
                ),
            K::Coordinate { ring, axis, fault: bad } => {
                let [en, zh, remedy, remedy_zh] = bad.texts(*axis);
                fault
                    .says(format!("in ring {ring} {en}"), format!("第 {ring} 环（从 0 起）{zh}"))
                    .remedy(remedy, remedy_zh)
            }
            K::FlatRing { ring } => fault
                .found("no area", "an area")
                .says(format!("ring {ring} encloses nothing"), format!("第 {ring} 环（从 0 起）面积为零"))
                .remedy("leave the ring out", "请去掉该环"),
            K::SelfIntersecting { ring } => fault
                .found("a crossing", "a ring that meets itself in points at most")
                .says(
                    format!("ring {ring} crosses itself or runs double"),
                    format!("第 {ring} 环（从 0 起）自相交或重复"),
                )
                .remedy("correct the order of its corners", "请更正角点的顺序"),
            K::RingsOverlap => fault
                .found("an overlap", "holes inside, parts apart")
                .says(
                    "rings cross, a hole lies outside, or parts overlap",
                    "环相交、洞在外环之外，或各部分重叠",
                )
                .remedy("correct the outline in a map editor", "请在地图编辑软件中更正"),
            K::TooIntricate => fault
                .says("the outlines have too many close edges to be checked", "边界过于复杂，无法检查")
                .remedy("simplify them", "请先简化边界"),
        }
    }
}

/// Why a text makes no footprints: every fault, those of the whole text first, then by feature.
#[derive(Clone, Debug, PartialEq)]
pub struct FootprintError {
    pub(super) faults: Vec<FootprintFault>,
}

impl FootprintError {
    /// Every fault.
    #[must_use]
    pub fn list(&self) -> &[FootprintFault] {
        &self.faults
    }
}

impl fmt::Display for FootprintError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&report(&self.faults(), Lang::En))
    }
}

impl std::error::Error for FootprintError {}

impl Problem for FootprintError {
    fn code(&self) -> &'static str {
        "footprint_error"
    }

    fn faults(&self) -> Vec<Fault> {
        self.faults.iter().map(FootprintFault::to_fault).collect()
    }
}
