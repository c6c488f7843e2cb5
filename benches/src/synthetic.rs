//! Registers of any size, shaped like the national one: five levels under a root, codes that begin with their parents'.

use std::fmt::Write as _;

use gridcore::{CodeScheme, GridTree, GridTreeBuilder, Root};

/// Children of each grid on a level, and digits of their part of the code.
const LEVELS: [(usize, usize); 5] = [(31, 2), (11, 2), (9, 2), (14, 3), (40, 3)];

/// A register of at most `size` grids as a CSV file: code, parent, name, level, count.
///
/// The widest levels are cut first, so that every size has all five levels.
#[must_use]
pub fn register(size: usize) -> String {
    let mut levels = LEVELS;
    while levels.iter().rev().fold(0, |grids, level| (grids + 1) * level.0) >= size {
        let Some(widest) = levels.iter_mut().max_by_key(|level| level.0).filter(|level| level.0 > 1) else {
            break;
        };
        widest.0 -= 1;
    }
    let mut file = "code,parent,name,level,count\n".to_owned();
    let mut above = vec![String::new()];
    for (level, (children, digits)) in (1..).zip(levels) {
        let mut here = Vec::with_capacity(above.len() * children);
        for parent in &above {
            for number in 1..=children {
                let code = format!("{parent}{number:0digits$}");
                let count = if level == LEVELS.len() { number * 37 % 2000 } else { 0 };
                // Writing to a text cannot fail.
                let _ = writeln!(file, "{code},{parent},第{number}号网格,{level},{count}");
                here.push(code);
            }
        }
        above = here;
    }
    file
}

/// What builds a tree of such a register.
///
/// # Panics
/// Never: the root's code is one.
#[must_use]
pub fn builder() -> GridTreeBuilder {
    let root = Root::Named { code: "0".parse().expect("it is a code"), name: "root".to_owned() };
    GridTree::builder().root(root).scheme(CodeScheme::nbs()).weights(["count"])
}

/// The tree of the register of that size.
///
/// # Panics
/// Never: the register is sound.
#[must_use]
pub fn tree(size: usize) -> GridTree {
    builder().from_csv(register(size).as_bytes()).expect("it is sound")
}
