//! Any text as footprints, and what can be asked of those that were read.
#![no_main]

use gridcore::geo::{AdjacencyOptions, FootprintOptions, Footprints};
use gridcore::{GridRow, GridTree};
use gridcore_fuzz::explains_itself;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let rows = ["1", "11", "12", "13"].map(|code| {
        let row = GridRow::new(code, code);
        if code == "1" { row } else { row.under("1") }
    });
    let tree = GridTree::from_rows(rows).expect("a tree");
    let options = FootprintOptions::new().close_rings(text.len() % 2 == 1).most_positions(2_000);
    match Footprints::from_geojson(&tree, text, &options) {
        Ok(footprints) => {
            let written = footprints.to_geojson();
            let again =
                Footprints::from_geojson(&tree, &written, &options).expect("what is written can be read");
            assert_eq!(again.to_geojson(), written);
            assert_eq!(again.len(), footprints.len());
            for area in footprints.areas_m2().into_iter().flatten() {
                assert!(area.is_finite() && area >= 0.0, "{area}");
            }
            let tiling = footprints.check_tiling(1.0);
            assert!(tiling.is_sound() == tiling.faults().is_empty());
            for (a, b, length) in footprints.adjacency(1, &AdjacencyOptions::new()).borders() {
                assert!(a != b && length.is_finite() && length >= 0.0, "{length}");
            }
        }
        Err(error) => explains_itself(&error),
    }
});
