//! Fingerprints: whether rows, a tree, rules are those that a run was made with, without keeping them.

use sha2::{Digest, Sha256};

use crate::GridTree;
use crate::roster::normal::hash::hex;
use crate::roster::side::{Fields, LONG_NAME, Side, Values};

/// A SHA-256 over parts, each with its length before it, so that no two lists of parts run together the same.
pub(super) struct Print {
    digest: Sha256,
    buffer: Vec<u8>,
}

impl Print {
    /// Begins with what the print is of.
    pub(super) fn of(what: &str) -> Self {
        let mut print = Self { digest: Sha256::new(), buffer: Vec::with_capacity(1 << 13) };
        print.text(what);
        print
    }

    pub(super) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    pub(super) fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= 1 << 13 {
            self.digest.update(&self.buffer);
            self.buffer.clear();
        }
    }

    pub(super) fn finish(mut self) -> String {
        self.digest.update(&self.buffer);
        hex(&self.digest.finalize())
    }
}

/// The fingerprint of a side: fields, record ids and normalised values, in canonical order, so that it does not hang on the
/// order of the rows, on other columns, or on how values were written.
///
/// # Complexity
///
/// O(cells) time.
pub(super) fn of_side(fields: &Fields, side: &Side) -> String {
    let mut print = Print::of("gridcore.roster.rows 1");
    print.number(side.rows.into());
    for field in fields.fields.iter().chain(side.beside.iter().map(|(field, _)| field)) {
        print.text(&field.name);
        print.text(field.kind.id());
    }
    for at in 0..side.rows {
        print.text(side.id(at));
        for values in side.columns.iter().chain(side.beside.iter().map(|(_, values)| values)) {
            value(&mut print, values, at as usize);
        }
    }
    print.finish()
}

fn value(print: &mut Print, values: &Values, at: usize) {
    let mut wide = |value: u128| print.bytes(&value.to_le_bytes());
    match values {
        Values::Id(values) | Values::Token(values) => wide(values[at]),
        Values::Phone(values) | Values::Address(values) => print.number(values[at]),
        Values::Birth(values) => print.number(values[at].into()),
        Values::Sex(values) => print.number(values[at].into()),
        Values::Name { chars, pool, .. } if chars[at] >= LONG_NAME => {
            print.number(LONG_NAME);
            print.text(pool.text(chars[at] as u32));
        }
        Values::Name { chars, .. } => print.number(chars[at]),
        Values::Code { number, pool } | Values::Text { number, pool } => print.text(pool.text(number[at])),
    }
}

/// The fingerprint of a tree.
pub(super) fn of_tree(tree: &GridTree) -> String {
    let mut print = Print::of("gridcore.tree 1");
    print.text(&tree.to_json());
    print.finish()
}
