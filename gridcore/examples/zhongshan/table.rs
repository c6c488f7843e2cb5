//! Tables for a terminal, in which a Chinese character is two columns wide.

/// The columns a text takes: two for each wide character.
pub(crate) fn width(text: &str) -> usize {
    let wide = |character: char| {
        matches!(character, '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}'
            | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF60}' | '\u{FFE0}'..='\u{FFE6}')
    };
    text.chars().map(|character| 1 + usize::from(wide(character))).sum()
}

/// A whole number with a comma for every three digits.
pub(crate) fn grouped(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with a few decimals, or a dash for none.
pub(crate) fn decimals(number: Option<f64>, places: usize) -> String {
    number.map_or_else(|| "–".to_owned(), |number| format!("{number:.places$}"))
}

/// Rows of cells; the first column stands left, the others right unless told.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
    left: Vec<usize>,
}

impl Table {
    pub(crate) fn new<const N: usize>(head: [&str; N]) -> Self {
        Self { rows: vec![head.map(str::to_owned).to_vec()], left: vec![0] }
    }

    /// Columns that stand left, besides the first.
    pub(crate) fn left(mut self, columns: &[usize]) -> Self {
        self.left.extend(columns);
        self
    }

    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        self.rows.push(cells.into());
    }

    pub(crate) fn print(&self) {
        let columns = self.rows.first().map_or(0, Vec::len);
        let widest =
            |column: usize| self.rows.iter().filter_map(|row| row.get(column)).map(|cell| width(cell)).max();
        let widths: Vec<usize> = (0..columns).filter_map(widest).collect();
        for (place, row) in self.rows.iter().enumerate() {
            let mut line = String::from("  ");
            for (column, cell) in row.iter().enumerate() {
                let room = " ".repeat(widths[column] - width(cell));
                let gap = if column == 0 { "" } else { "  " };
                let (before, after) = if self.left.contains(&column) { ("", &*room) } else { (&*room, "") };
                line.extend([gap, before, cell, after]);
            }
            println!("{}", line.trim_end());
            if place == 0 {
                println!("  {}", "─".repeat(widths.iter().sum::<usize>() + 2 * (columns - 1)));
            }
        }
    }
}
