//! The public items of the core, from the JSON that rustdoc writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::Items;

/// The only format that is read here; it belongs to rustdoc 1.95.
const FORMAT: u64 = 57;

/// Runs rustdoc and reads what it wrote.
pub(super) fn items(root: &Path) -> Result<Items, String> {
    let json = document(root)?;
    let format = json["format_version"].as_u64();
    if format != Some(FORMAT) {
        return Err(format!(
            "rustdoc writes JSON of the format {format:?}, and this check reads {FORMAT}: see what changed, adapt \
             tests/src/surface/rust.rs, then its FORMAT"
        ));
    }
    let index = json["index"].as_object().ok_or("rustdoc: no index")?;
    let mut paths = BTreeMap::new();
    let mut left = vec![(id(&json["root"]), Vec::new())];
    while let Some((module, path)) = left.pop() {
        let Some(item) = index.get(&module) else { continue };
        for child in list(&item["inner"]["module"]["items"]) {
            let Some(child) = index.get(&id(child)) else { continue };
            if child["visibility"] != "public" {
                continue;
            }
            // What is used from another crate has no entry in the index, and is that crate's own.
            let shown = &child["inner"]["use"];
            let (target, name) = if shown.is_object() {
                (id(&shown["id"]), &shown["name"])
            } else {
                (id(&child["id"]), &child["name"])
            };
            let Some(found) = index.get(&target) else { continue };
            let mut path: Vec<String> = path.clone();
            if shown["is_glob"] != true {
                path.push(name.as_str().unwrap_or_default().to_owned());
                if found["inner"]["module"].is_null() {
                    let shortest = paths.entry(target.clone()).or_insert_with(|| path.clone());
                    if path.len() < shortest.len() {
                        shortest.clone_from(&path);
                    }
                }
            }
            if found["inner"]["module"].is_object() {
                left.push((target, path));
            }
        }
    }
    let mut items = Items::new();
    for (target, path) in paths {
        let inner = &index[&target]["inner"];
        let own = list(&inner["trait"]["items"]);
        let kinds = ["struct", "enum", "union"].iter().flat_map(|kind| list(&inner[kind]["impls"]));
        let blocks = kinds.filter_map(|block| index.get(&id(block))).map(|block| &block["inner"]["impl"]);
        let inherent =
            blocks.filter(|block| block["trait"].is_null()).flat_map(|block| list(&block["items"]));
        let members = own
            .iter()
            .map(|member| (member, true))
            .chain(inherent.map(|member| (member, false)))
            .filter_map(|(member, shown)| Some((index.get(&id(member))?, shown)))
            .filter(|(member, shown)| *shown || member["visibility"] == "public")
            .filter_map(|(member, _)| Some(member["name"].as_str()?.to_owned()));
        items.insert(path.join("::"), members.collect());
    }
    Ok(items)
}

fn id(value: &Value) -> String {
    value.to_string()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// Only rustdoc is told to take its unstable option, by a script that stands in for it: told by cargo's own environment,
/// every dependency that asks for that variable would be built anew.
fn document(root: &Path) -> Result<Value, String> {
    let folder = root.join("target/parity");
    let script = folder.join("rustdoc");
    let text = "#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc \"$@\"\n";
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    if fs::read_to_string(&script).ok().as_deref() != Some(text) {
        fs::write(&script, text).map_err(|error| error.to_string())?;
        let made = Command::new("chmod").arg("+x").arg(&script).status();
        made.map_err(|error| format!("chmod: {error}"))?;
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .current_dir(root)
        .env("RUSTDOC", &script)
        .env_remove("RUSTDOCFLAGS")
        .args(["rustdoc", "--locked", "-p", "gridcore", "--all-features", "--target-dir", "target"])
        .args(["--", "-Zunstable-options", "--output-format", "json"])
        .output()
        .map_err(|error| format!("cargo rustdoc: {error}"))?;
    if !output.status.success() {
        return Err(format!("cargo rustdoc: {}", String::from_utf8_lossy(&output.stderr)));
    }
    let path = root.join("target/doc/gridcore.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}
