//! The three languages offer the same, or `surface.toml` says why not.
//!
//! Python and JavaScript are looked at only under `GRIDCORE_PARITY=full`, which `make parity` sets once their packages are
//! built; a plain `cargo test` says on standard error that it leaves them out.

use std::io::Write;

use gridcore_conformance::surface::{Language, Surface, names, rust_items};

#[test]
fn parity_of_rust() {
    let surface = Surface::read().expect("the file can be read");
    let found = rust_items().expect("rustdoc lists the items of the core");
    told(&surface.against_rust(&found));
}

#[test]
fn parity_of_python() {
    parity(Language::Python);
}

#[test]
fn parity_of_javascript() {
    parity(Language::JavaScript);
}

fn parity(language: Language) {
    if std::env::var("GRIDCORE_PARITY").as_deref() != Ok("full") {
        // Not by a macro: the test runner would keep it from who reads.
        let _ =
            writeln!(std::io::stderr(), "parity with {language:?} is NOT checked here; `make parity` does");
        return;
    }
    let surface = Surface::read().expect("the file can be read");
    let found = names(language).expect("the package is built");
    told(&surface.against(language, &found));
}

fn told(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} lines of surface.toml:\n{}", wrong.len(), wrong.join("\n"));
}
