//! What all errors share: a stable code, the list of faults, texts in English and Chinese.

use std::fmt::Write as _;

/// The language of a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese (简体中文).
    Zh,
}

/// One fault as a flat record: what a table of faults shows, the same in every language.
///
/// No field ever holds a value that may be about a person: only grid codes, kinds of value and numbers of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fault {
    /// The stable name of the fault, in `snake_case`.
    pub code: String,
    /// The row, from 0, if one row is at fault.
    pub row: Option<usize>,
    /// The column, if one column is at fault.
    pub column: Option<String>,
    /// The code of the grid, if it has one.
    pub grid: Option<String>,
    /// What was found: a kind of value, a level, another code.
    pub found: Option<String>,
    /// What was wanted instead.
    pub wanted: Option<String>,
    /// Other rows that belong to the same fault.
    pub related: Vec<usize>,
    /// The sentence that says what is wrong, in English.
    pub message: String,
    /// The same sentence in Chinese.
    pub message_zh: String,
    /// What to do about it, in English.
    pub remedy: String,
    /// The same advice in Chinese.
    pub remedy_zh: String,
}

impl Fault {
    /// Starts a fault with its stable name.
    pub(crate) fn new(code: &str) -> Self {
        Self { code: code.to_owned(), ..Self::default() }
    }

    /// Sets the row.
    pub(crate) fn at(mut self, row: usize) -> Self {
        self.row = Some(row);
        self
    }

    /// Sets the column.
    pub(crate) fn in_column(mut self, column: &str) -> Self {
        self.column = Some(column.to_owned());
        self
    }

    /// Sets the code of the grid; a long one is cut.
    pub(crate) fn on(mut self, grid: impl std::fmt::Display) -> Self {
        self.grid = Some(shortened(&grid.to_string()));
        self
    }

    /// Sets what was found and what was wanted.
    pub(crate) fn found(mut self, found: impl std::fmt::Display, wanted: impl std::fmt::Display) -> Self {
        self.found = Some(shortened(&found.to_string()));
        self.wanted = Some(wanted.to_string());
        self
    }

    /// Sets the sentence in both languages.
    pub(crate) fn says(mut self, en: impl Into<String>, zh: impl Into<String>) -> Self {
        (self.message, self.message_zh) = (en.into(), zh.into());
        self
    }

    /// Sets the advice in both languages.
    pub(crate) fn remedy(mut self, en: impl Into<String>, zh: impl Into<String>) -> Self {
        (self.remedy, self.remedy_zh) = (en.into(), zh.into());
        self
    }

    /// The whole fault in one line: where, what, and the remedy.
    ///
    /// ```
    /// use gridcore::{Fault, Lang};
    /// let fault = Fault {
    ///     row: Some(3),
    ///     column: Some("needs.grid".to_owned()),
    ///     message: "the tree has no grid \"9\"".to_owned(),
    ///     ..Fault::default()
    /// };
    /// assert_eq!(fault.text(Lang::En), "row 3 of needs: the tree has no grid \"9\"");
    /// ```
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        let mut line = String::new();
        let (message, remedy) = match lang {
            Lang::En => (&self.message, &self.remedy),
            Lang::Zh => (&self.message_zh, &self.remedy_zh),
        };
        if let Some(row) = self.row {
            // Where several tables come in, the column says which: `needs.grid`.
            let table =
                self.column.as_deref().and_then(|column| column.split_once('.')).map(|(table, _)| table);
            let _ = match (lang, table) {
                (Lang::En, None) => write!(line, "row {row}: "),
                (Lang::En, Some(table)) => write!(line, "row {row} of {table}: "),
                (Lang::Zh, None) => write!(line, "第 {row} 行（从 0 起）："),
                (Lang::Zh, Some(table)) => write!(line, "{table} 第 {row} 行（从 0 起）："),
            };
        }
        line.push_str(message);
        if !remedy.is_empty() {
            let _ = match lang {
                Lang::En => write!(line, "; {remedy}"),
                Lang::Zh => write!(line, "；{remedy}"),
            };
        }
        line
    }
}

/// Cuts a text that comes from outside to a length that fits a message.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    let mut cut: String = text.chars().take(MOST).collect();
    cut.push('…');
    cut
}

/// What every error of this crate can be asked.
pub trait Problem: std::error::Error {
    /// The stable name of the error, in `snake_case`.
    fn code(&self) -> &'static str;

    /// Every fault behind the error, in a stable order.
    fn faults(&self) -> Vec<Fault>;

    /// The error as a text: how many faults, and the first ten.
    fn text(&self, lang: Lang) -> String {
        report(&self.faults(), lang)
    }
}

/// Writes a list of faults as a text: how many, and the first ten.
pub(crate) fn report(faults: &[Fault], lang: Lang) -> String {
    const MOST: usize = 10;
    if let [only] = faults {
        return only.text(lang);
    }
    let mut text = match lang {
        Lang::En => format!("{} faults", faults.len()),
        Lang::Zh => format!("{} 处错误", faults.len()),
    };
    for fault in faults.iter().take(MOST) {
        let _ = write!(text, "\n  {}", fault.text(lang));
    }
    if faults.len() > MOST {
        let _ = match lang {
            Lang::En => write!(text, "\n  and {} more", faults.len() - MOST),
            Lang::Zh => write!(text, "\n  另有 {} 处", faults.len() - MOST),
        };
    }
    text
}
