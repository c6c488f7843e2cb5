//! The national register as columns, the way a table of another library holds them.

use std::error::Error;

use gridcore::tree::{Column, GridColumns, NumberItem, Numbers, TextColumn};
use gridcore::{CodeSegment, GridTree, Root, SchemeDefinition};

/// Texts one behind the other with their ends beside them, as Arrow keeps them.
#[derive(Default)]
pub struct ArrowTexts {
    bytes: String,
    ends: Vec<u32>,
}

impl ArrowTexts {
    /// Adds a text.
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len() as u32);
    }
}

impl TextColumn for ArrowTexts {
    fn rows(&self) -> usize {
        self.ends.len()
    }

    fn text(&self, row: usize) -> Option<&str> {
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        let text = &self.bytes[start as usize..self.ends[row] as usize];
        (!text.is_empty()).then_some(text)
    }
}

/// The register: code, parent, level, name, count.
#[derive(Default)]
pub struct Register {
    /// Codes.
    pub code: ArrowTexts,
    /// Codes of the parents; none for provinces.
    pub parent: ArrowTexts,
    /// Levels from 1 (province) to 5 (village).
    pub level: Vec<i64>,
    /// Names.
    pub name: ArrowTexts,
    /// A number for each village.
    pub count: Vec<f64>,
}

impl Register {
    /// Reads the table that `peers/data.py` writes: no cell of it needs quotes.
    ///
    /// # Panics
    /// If the file is not that table.
    #[must_use]
    pub fn read(file: &str) -> Self {
        let mut register = Self::default();
        for line in file.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [code, parent, level, name, count] = cells[..] else { panic!("five cells in {line}") };
            register.code.push(code);
            register.parent.push(parent);
            register.level.push(level.parse().expect("a level"));
            register.name.push(name);
            register.count.push(count.parse().expect("a count"));
        }
        register
    }

    /// Codes and parents as the numbers that a reader makes of them.
    #[must_use]
    pub fn numbers(&self) -> (Vec<i64>, Vec<Option<i64>>) {
        let numbers = |texts: &ArrowTexts| -> Vec<Option<i64>> {
            (0..texts.rows()).map(|row| texts.text(row).and_then(|text| text.parse().ok())).collect()
        };
        (numbers(&self.code).into_iter().flatten().collect(), numbers(&self.parent))
    }

    /// The table as columns.
    #[must_use]
    pub fn columns(&self) -> GridColumns<'_> {
        GridColumns::new()
            .with("code", Column::Texts(&self.code))
            .with("parent", Column::Texts(&self.parent))
            .with("level", Column::Integers(&self.level))
            .with("name", Column::Texts(&self.name))
            .weight("count", Column::Floats(&self.count))
    }
}

/// Micro-grids that each village is cut into for the table of 20 million.
pub const CUT: i64 = 31;

/// The register with every village cut into [`CUT`] micro-grids: numbers alone, in a drawn order.
pub struct Enlarged {
    /// Codes, as numbers.
    pub code: Vec<i64>,
    /// Codes of the parents; 0 for provinces.
    pub parent: Vec<i64>,
}

/// Whole numbers that say nothing where they are 0.
pub struct ZeroIsNone<'a>(pub &'a [i64]);

impl Numbers<i64> for ZeroIsNone<'_> {
    fn rows(&self) -> usize {
        self.0.len()
    }

    fn number(&self, row: usize) -> Option<i64> {
        self.0[row].as_number().filter(|&number| number != 0)
    }
}

/// Names that tell siblings apart: the last three digits of the code.
pub struct LastDigits<'a> {
    codes: &'a [i64],
    names: Vec<String>,
}

impl<'a> LastDigits<'a> {
    /// Names for codes.
    #[must_use]
    pub fn new(codes: &'a [i64]) -> Self {
        Self { codes, names: (0..1000).map(|number| number.to_string()).collect() }
    }
}

impl TextColumn for LastDigits<'_> {
    fn rows(&self) -> usize {
        self.codes.len()
    }

    fn text(&self, row: usize) -> Option<&str> {
        Some(&self.names[usize::try_from(self.codes[row] % 1000).unwrap_or_default()])
    }
}

impl Enlarged {
    /// Cuts every village; the rows in the order of levels and codes.
    #[must_use]
    pub fn new(register: &Register) -> Self {
        let number = |texts: &ArrowTexts, row| texts.text(row).map_or(0, |text| text.parse().unwrap_or(0));
        let rows = register.level.len();
        let mut code: Vec<i64> = (0..rows).map(|row| number(&register.code, row)).collect();
        let mut parent: Vec<i64> = (0..rows).map(|row| number(&register.parent, row)).collect();
        let villages: Vec<i64> =
            (0..rows).filter(|&row| register.level[row] == 5).map(|row| code[row]).collect();
        for village in villages {
            code.extend((1..=CUT).map(|part| village * 1000 + part));
            parent.extend((1..=CUT).map(|_| village));
        }
        Self { code, parent }
    }

    /// Builds the tree, under a scheme whose codes have three digits more than the register's.
    ///
    /// # Errors
    /// None, unless the register is not what it was.
    pub fn build(&self) -> Result<GridTree, Box<dyn Error>> {
        let widths =
            [("province", 2), ("prefecture", 2), ("county", 2), ("town", 3), ("village", 3), ("micro", 3)];
        let scheme = widths
            .into_iter()
            .fold(SchemeDefinition::nested("micro", "微网格"), |scheme, (name, width)| {
                scheme.segment(CodeSegment::digits(name, name, width))
            });
        let root = Root::Named { code: "0".parse()?, name: "中国".to_owned() };
        let names = LastDigits::new(&self.code);
        let parents = ZeroIsNone(&self.parent);
        let columns = GridColumns::new()
            .with("code", Column::Integers(&self.code))
            .with("parent", Column::Integers(&parents))
            .with("name", Column::Texts(&names));
        Ok(GridTree::builder().root(root).scheme(scheme.build()?).from_columns(&columns)?)
    }

    /// Draws another order of the rows, with a fixed seed.
    pub fn shuffle(&mut self) {
        let mut draw = crate::Draw::new(9);
        for last in (1..self.code.len()).rev() {
            let other = draw.below(last + 1);
            self.code.swap(last, other);
            self.parent.swap(last, other);
        }
    }
}
