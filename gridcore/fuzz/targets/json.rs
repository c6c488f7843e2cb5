//! Any text as a saved tree.
#![no_main]

use gridcore::GridTree;
use gridcore_fuzz::{explains_itself, holds_together};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match GridTree::from_json(text) {
        Ok(tree) => holds_together(&tree),
        Err(error) => explains_itself(&error),
    }
});
