//! Any bytes as a CSV file.
#![no_main]

use gridcore::{GridTree, Root};
use gridcore_fuzz::agree;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let builders = [
        GridTree::builder(),
        GridTree::builder()
            .weights(["households"])
            .root(Root::Named { code: "1".parse().expect("a code"), name: "root".to_owned() }),
    ];
    for builder in builders {
        agree(&builder.from_csv(bytes), &builder.from_csv_lossy(bytes), None);
    }
});
