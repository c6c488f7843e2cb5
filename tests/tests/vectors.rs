//! Every vector is answered as it says, and every operation has one.

use std::collections::BTreeMap;

use gridcore_conformance::{read_all, table};

#[test]
fn vectors() {
    let ops: BTreeMap<_, _> = table().into_iter().collect();
    let vectors = read_all().expect("the vectors can be read");
    let mut wrong = Vec::new();
    for (name, vector) in &vectors {
        match ops.get(vector.op.as_str()) {
            None => wrong.push(format!("{name}: no operation has the name {}", vector.op)),
            Some(op) => {
                if let Err(text) = vector.run(*op) {
                    wrong.push(format!("{name} {}: {text}", vector.op));
                }
            }
        }
    }
    for op in ops.keys() {
        if !vectors.iter().any(|(_, vector)| vector.op == *op) {
            wrong.push(format!("{op}: no vector asks for it"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} vectors:\n{}", wrong.len(), vectors.len(), wrong.join("\n"));
}
