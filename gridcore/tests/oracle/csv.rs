//! A reader of RFC 4180 that looks at one character at a time, written to be read.

/// A record: its cells, and whether its quotes are in order.
#[derive(Debug, Default)]
pub(crate) struct Record {
    pub cells: Vec<String>,
    pub sound: bool,
}

/// Every record of a file, the first among them; empty lines are none.
pub(crate) fn records(file: &str) -> Vec<Record> {
    let mut records = Vec::new();
    let mut rest = file;
    while !rest.is_empty() && rest != "\r" {
        if let Some(after) = rest.strip_prefix("\r\n").or(rest.strip_prefix('\n')) {
            rest = after;
            continue;
        }
        let mut record = Record { cells: Vec::new(), sound: true };
        loop {
            let (cell, sound, after) = cell(rest);
            record.cells.push(cell);
            record.sound &= sound;
            let Some(next) = after.strip_prefix(',') else {
                rest = after.strip_prefix("\r\n").or(after.strip_prefix('\n')).unwrap_or("");
                break;
            };
            rest = next;
        }
        records.push(record);
    }
    records
}

/// The first cell, whether its quotes are in order, and what follows it: a comma, a line's end, or nothing.
fn cell(text: &str) -> (String, bool, &str) {
    if let Some(inner) = text.strip_prefix('"') {
        if let Some((cell, after)) = quoted(inner) {
            let (stray, _, end) = plain(after);
            if stray.is_empty() {
                return (cell, true, end);
            }
            let taken = text.len() - end.len();
            return (text[..taken].to_owned(), false, end);
        }
        let line = inner.find('\n').unwrap_or(inner.len());
        let line = if inner[..line].ends_with('\r') { line - 1 } else { line };
        return (inner[..line].to_owned(), false, &inner[line..]);
    }
    plain(text)
}

/// What stands before the closing quote, and what after it; nothing if there is none.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let quote = rest.find('"')?;
        cell.push_str(&rest[..quote]);
        rest = &rest[quote + 1..];
        match rest.strip_prefix('"') {
            Some(after) => {
                cell.push('"');
                rest = after;
            }
            None => return Some((cell, rest)),
        }
    }
}

fn plain(text: &str) -> (String, bool, &str) {
    let mut end = text.find([',', '\n']).unwrap_or(text.len());
    let ends_line = !text[end..].starts_with(',');
    if ends_line && text[..end].ends_with('\r') {
        end -= 1;
    }
    let after = &text[end..];
    let after = if ends_line && after == "\r" { "" } else { after };
    (text[..end].to_owned(), true, after)
}
