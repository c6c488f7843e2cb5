//! Whether the three languages offer the same: `surface.toml` held against what each of them has.
//!
//! The file has a table for each public type or function of the core, under its shortest path, and in it a line for the
//! item itself (`""`) and for each of its functions and constants:
//!
//! ```toml
//! [GridTree]
//! "" = ["GridTree", "GridTree"]              # its name in Python, its name in JavaScript
//! lcas = ["GridTree.lca", "GridTree.lca"]
//! is_leaf = ["-leaf", "GridTree.isLeaf"]     # not in Python, for the reason `leaf` of the table [reasons]
//! to_graph = "petgraph"                      # in neither, for that reason
//!
//! ["tree::Ragged"]
//! "*" = "view"                               # the item and all its functions in neither, for that reason
//! ```

mod javascript;
mod python;
mod rust;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The items of a crate: each with the names of its functions and constants.
pub type Items = BTreeMap<String, BTreeSet<String>>;

/// What `surface.toml` says.
#[derive(Deserialize)]
pub struct Surface {
    reasons: BTreeMap<String, String>,
    #[serde(flatten)]
    items: BTreeMap<String, BTreeMap<String, Entry>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Absent(String),
    Names([String; 2]),
}

/// A language other than Rust.
#[derive(Clone, Copy, Debug)]
pub enum Language {
    /// Python.
    Python,
    /// JavaScript.
    JavaScript,
}

/// The folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

impl Surface {
    /// Reads the file.
    ///
    /// # Errors
    /// A text that says what is wrong with it.
    pub fn read() -> Result<Self, String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("surface.toml");
        let text = std::fs::read_to_string(&path).map_err(|error| format!("surface.toml: {error}"))?;
        toml::from_str(&text).map_err(|error| format!("surface.toml: {error}"))
    }

    /// What the file gets wrong about the core: items it lacks, items that are no more, reasons that are missing or unused.
    #[must_use]
    pub fn against_rust(&self, found: &Items) -> Vec<String> {
        let mut wrong = Vec::new();
        let nothing = BTreeMap::new();
        for (item, members) in found {
            let entries = self.items.get(item).unwrap_or(&nothing);
            if entries.contains_key("*") {
                continue;
            }
            if !entries.contains_key("") {
                wrong.push(format!("[{item}] \"\" is missing"));
            }
            let missing = members.iter().filter(|member| !entries.contains_key(*member));
            wrong.extend(missing.map(|member| format!("[{item}] {member} is missing")));
        }
        let mut used = BTreeSet::new();
        for (item, entries) in &self.items {
            let Some(members) = found.get(item) else {
                wrong.push(format!("[{item}] is no public item of the core"));
                continue;
            };
            for (member, entry) in entries {
                if !member.is_empty() && member != "*" && !members.contains(member) {
                    wrong.push(format!("[{item}] {member} is no public function or constant of it"));
                }
                if member == "*" && (entries.len() > 1 || matches!(entry, Entry::Names(_))) {
                    wrong.push(format!("[{item}] \"*\" stands alone, with a reason"));
                }
                let reasons: Vec<&str> = match entry {
                    Entry::Absent(reason) => vec![reason],
                    Entry::Names(names) => names.iter().filter_map(|name| name.strip_prefix('-')).collect(),
                };
                for reason in reasons {
                    used.insert(reason);
                    if self.reasons.get(reason).is_none_or(|text| text.trim().is_empty()) {
                        wrong.push(format!(
                            "[{item}] {member} is absent without a reason: no {reason:?} in [reasons]"
                        ));
                    }
                }
            }
        }
        let unused = self.reasons.keys().filter(|reason| !used.contains(reason.as_str()));
        wrong.extend(unused.map(|reason| format!("[reasons] {reason} is not used")));
        wrong
    }

    /// The names that the file claims and a language does not have.
    #[must_use]
    pub fn against(&self, language: Language, found: &BTreeSet<String>) -> Vec<String> {
        let mut wrong = Vec::new();
        for (item, entries) in &self.items {
            for (member, entry) in entries {
                let Entry::Names([python, javascript]) = entry else { continue };
                let name = match language {
                    Language::Python => python,
                    Language::JavaScript => javascript,
                };
                if !name.starts_with('-') && !found.contains(name) {
                    wrong.push(format!("[{item}] {member:?}: {language:?} has no {name}"));
                }
            }
        }
        wrong
    }
}

/// The public items of the core, read from rustdoc.
///
/// # Errors
/// A text that says what could not be read.
pub fn rust_items() -> Result<Items, String> {
    rust::items(&root())
}

/// The names that a language offers, as dotted paths.
///
/// # Errors
/// A text that says what is not built.
pub fn names(language: Language) -> Result<BTreeSet<String>, String> {
    match language {
        Language::Python => python::names(&root()),
        Language::JavaScript => javascript::names(&root().join("bindings-wasm/dist")),
    }
}
