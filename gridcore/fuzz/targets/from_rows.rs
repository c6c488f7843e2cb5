//! Any rows, under any setting.
#![no_main]

use gridcore::{CodeScheme, GridRow, GridTree, LevelSchema, Root};
use gridcore_fuzz::{Choices, agree};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let mut choices = Choices(bytes);
    let mut builder = GridTree::builder();
    let setting = choices.byte();
    if setting & 1 == 1 {
        builder = builder.schema(LevelSchema::four_level().allow_skips(setting & 2 == 2));
    }
    let code = || (setting % 5).to_string().parse().expect("a digit is a code");
    builder = match setting >> 2 & 3 {
        1 => builder.root(Root::Existing(code())),
        2 => builder.root(Root::Named { code: code(), name: "root".to_owned() }),
        _ => builder,
    };
    builder = match setting >> 4 & 3 {
        1 => builder.scheme(CodeScheme::nbs()),
        2 => builder.scheme(CodeScheme::free_text()),
        _ => builder,
    };
    let mut rows: Vec<GridRow> = Vec::new();
    while !choices.0.is_empty() && rows.len() < 300 {
        rows.push(choices.row());
    }
    agree(&builder.from_rows(rows.clone()), &builder.from_rows_lossy(rows.clone()), Some(rows.len()));
});
