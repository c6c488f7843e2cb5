//! The names that the JavaScript package offers: read from the declarations that the TypeScript compiler wrote, whose layout is
//! always the same.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What one file declares: each name with the names of its members.
type Declared = BTreeMap<String, BTreeSet<String>>;

/// Every name that the main entry exports, those of classes, interfaces and namespaces with their own names beneath.
pub(super) fn names(dist: &Path) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    for (name, members) in exports(dist, "index.d.ts", 0)? {
        names.extend(members.iter().map(|member| format!("{name}.{member}")));
        names.insert(name);
    }
    Ok(names)
}

/// Follows the exports of a file; `depth` stops a ring.
fn exports(dist: &Path, file: &str, depth: u8) -> Result<Declared, String> {
    let path = dist.join(file);
    let text = fs::read_to_string(&path)
        .map_err(|error| format!("{}: {error}; `make parity` builds it", path.display()))?;
    let mut found = declared(&text);
    if depth == 8 {
        return Ok(found);
    }
    for line in text.lines() {
        let Some((what, from)) = line.strip_prefix("export ").and_then(|rest| rest.split_once(" from "))
        else {
            continue;
        };
        let from = from.trim_matches([';', '"', '\'']).trim_start_matches("./").replace(".js", ".d.ts");
        if from.starts_with("..") {
            continue;
        }
        let others = exports(dist, &from, depth + 1)?;
        let what = what.trim().trim_start_matches("type ").trim();
        if what == "*" {
            found.extend(others);
        } else if let Some(name) = what.strip_prefix("* as ") {
            let members = others.into_iter().flat_map(|(other, members)| {
                let below: Vec<_> = members.iter().map(|member| format!("{other}.{member}")).collect();
                [vec![other], below].concat()
            });
            found.insert(name.trim().to_owned(), members.collect());
        } else {
            for one in what.trim_matches(['{', '}', ' ', '\n']).split(',') {
                let one = one.trim().trim_start_matches("type ");
                let (name, shown) = one.split_once(" as ").unwrap_or((one, one));
                if let Some(members) = others.get(name.trim()) {
                    found.insert(shown.trim().to_owned(), members.clone());
                }
            }
        }
    }
    Ok(found)
}

/// What a file itself declares and exports. A class or an interface goes from its line to a line that is a lone brace; its
/// members stand four spaces in.
fn declared(text: &str) -> Declared {
    let mut found = Declared::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        if line.starts_with('}') {
            open = None;
        } else if let Some(rest) = line.strip_prefix("export ") {
            let words =
                ["declare ", "abstract "].iter().fold(rest, |rest, word| rest.trim_start_matches(word));
            let Some((kind, rest)) = words.split_once(' ') else { continue };
            if ["class", "interface", "function", "const", "type", "namespace"].contains(&kind) {
                let name = identifier(rest);
                if name.is_empty() {
                    continue;
                }
                found.entry(name.clone()).or_default();
                open = (["class", "interface"].contains(&kind) && !line.ends_with('}')).then_some(name);
            }
        } else if let (Some(name), Some(member)) = (&open, line.strip_prefix("    ")) {
            if member.starts_with(' ') || member.starts_with("private ") || member.starts_with("protected ") {
                continue;
            }
            let words = ["static ", "abstract ", "readonly ", "get ", "set "];
            let member = words.iter().fold(member, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
            let own = identifier(member);
            if !own.is_empty()
                && let Some(members) = found.get_mut(name)
            {
                members.insert(own);
            }
        }
    }
    found
}

fn identifier(text: &str) -> String {
    text.chars().take_while(|&letter| letter.is_alphanumeric() || letter == '_' || letter == '$').collect()
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn reads_declarations() {
        let text = "/** A. */\nexport declare class Tree extends Handle {\n    #private;\n    private constructor();\n    \
                    static of(rows: {\n        code: string;\n    }[]): Tree;\n    get size(): number;\n    /** B. */\n    \
                    readonly text: string;\n}\nexport declare function area(x: number): number;\nexport interface Row {\n    \
                    code?: string;\n}\nexport type How = \"sum\";\ndeclare const hidden: number;\n";
        let found = declared(text);
        let shown: Vec<_> = found.iter().map(|(name, members)| (name.as_str(), members.len())).collect();
        assert_eq!(shown, [("How", 0), ("Row", 1), ("Tree", 3), ("area", 0)]);
        assert!(
            found["Tree"].contains("of") && found["Tree"].contains("size") && found["Tree"].contains("text")
        );
    }
}
