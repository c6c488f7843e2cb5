//! Questions about places in the tree: one code, a column of codes, or positions in; the same form out.

use gridcore::tree::Ragged;
use gridcore::{Fault, GridIndex, TooManyValues};
use js_sys::{Array, Int32Array, Object, Reflect, Uint8Array, Uint32Array};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

use crate::argument::{level, present, wrong};
use crate::asked::{Asked, asked, by_codes, codes_of, positions_of, text_of};
use crate::error::{Answer, faulty, refused};
use crate::report::count;
use crate::tree::RawTree;

impl RawTree {
    /// Asks for one grid each.
    fn each(&self, grids: &JsValue, ask: impl Fn(GridIndex) -> Option<GridIndex>) -> Answer {
        let core = &self.core;
        Ok(match asked(core, "grid", grids)? {
            Asked::One(grid) => text_of(core, ask(grid)),
            Asked::Codes(grids) => codes_of(core, grids.into_iter().map(|grid| ask(grid?))).into(),
            Asked::Positions(grids) => positions_of(grids.into_iter().map(|grid| ask(grid?))).into(),
        })
    }

    /// Asks for one number each; −1 where there is no grid.
    fn measure(&self, grids: &JsValue, ask: impl Fn(GridIndex) -> usize) -> Answer {
        match asked(&self.core, "grid", grids)? {
            Asked::One(grid) => count(ask(grid) as u64),
            Asked::Codes(grids) | Asked::Positions(grids) => {
                Ok(numbers(grids.into_iter().map(|grid| Some(ask(grid?)))))
            }
        }
    }

    /// Asks for a list each.
    fn lists(&self, grids: &JsValue, ask: impl Fn(&[GridIndex]) -> Result<Ragged, TooManyValues>) -> Answer {
        let core = &self.core;
        let (grids, by_code) = match asked(core, "grid", grids)? {
            Asked::One(grid) => {
                let list = ask(&[grid]).map_err(refused)?;
                return Ok(codes_of(core, list.values().iter().copied().map(Some)).into());
            }
            Asked::Codes(grids) => (grids, true),
            Asked::Positions(grids) => (grids, false),
        };
        let known: Vec<GridIndex> = grids.iter().copied().flatten().collect();
        let found = ask(&known).map_err(refused)?;
        let mut rows = found.iter();
        let mut each = grids.iter().map(|grid| match grid {
            Some(_) => rows.next().unwrap_or_default(),
            None => &[],
        });
        if by_code {
            let lists = each.map(|list| codes_of(core, list.iter().copied().map(Some)));
            return Ok(lists.collect::<Array>().into());
        }
        let mut offsets = vec![0_u32];
        let mut end = 0_u32;
        offsets.extend(each.by_ref().map(|list| {
            end += list.len() as u32;
            end
        }));
        let answer = Object::new();
        let values = positions_of(found.values().iter().copied().map(Some));
        Reflect::set(&answer, &"offsets".into(), &Uint32Array::from(&offsets[..]))?;
        Reflect::set(&answer, &"values".into(), &values)?;
        Ok(answer.into())
    }

    /// Two columns of one form and length, or two single grids.
    fn pairs(&self, a: &JsValue, b: &JsValue) -> Result<Pairs, JsValue> {
        let (first, second) = (asked(&self.core, "a", a)?, asked(&self.core, "b", b)?);
        let (a, b, by_code) = match (first, second) {
            (Asked::One(a), Asked::One(b)) => return Ok(Pairs::One(a, b)),
            (Asked::Codes(a), Asked::Codes(b)) => (a, b, true),
            (Asked::Positions(a), Asked::Positions(b)) => (a, b, false),
            _ => return Err(wrong("b", b, ("of the same form as a", "与 a 相同的形式"))),
        };
        if a.len() != b.len() {
            return Err(faulty(Fault {
                code: "column_length".to_owned(),
                column: Some("b".to_owned()),
                found: Some(b.len().to_string()),
                wanted: Some(a.len().to_string()),
                message: format!("the columns have {} and {} rows", a.len(), b.len()),
                message_zh: format!("两列分别有 {} 行和 {} 行", a.len(), b.len()),
                remedy: "pass columns of one length".to_owned(),
                remedy_zh: "请传入等长的列".to_owned(),
                ..Fault::default()
            }));
        }
        let pairs = a.into_iter().zip(b).map(|(a, b)| Some((a?, b?))).collect();
        Ok(if by_code { Pairs::Codes(pairs) } else { Pairs::Positions(pairs) })
    }
}

enum Pairs {
    One(GridIndex, GridIndex),
    Codes(Vec<Option<(GridIndex, GridIndex)>>),
    Positions(Vec<Option<(GridIndex, GridIndex)>>),
}

fn numbers(values: impl Iterator<Item = Option<usize>>) -> JsValue {
    let number = |value: usize| i32::try_from(value).unwrap_or(i32::MAX);
    let values: Vec<i32> = values.map(|value| value.map_or(-1, number)).collect();
    Int32Array::from(&values[..]).into()
}

#[wasm_bindgen]
impl RawTree {
    /// The positions of codes.
    pub fn index(&self, codes: &JsValue) -> Result<Int32Array, JsValue> {
        let list = codes
            .dyn_ref::<Array>()
            .ok_or_else(|| wrong("codes", codes, ("an array of codes", "编码数组")))?;
        Ok(positions_of(by_codes(&self.core, "codes", list)?))
    }

    /// The codes at positions.
    pub fn codes(&self, positions: &JsValue) -> Result<Array, JsValue> {
        if let Some(positions) = present(positions.clone()) {
            if let Asked::Positions(grids) = asked(&self.core, "positions", &positions)? {
                return Ok(codes_of(&self.core, grids));
            }
            return Err(wrong(
                "positions",
                &positions,
                ("an Int32Array of positions", "由位置组成的 Int32Array"),
            ));
        }
        Ok(codes_of(&self.core, self.core.indices().map(Some)))
    }

    /// The grid above.
    pub fn parent(&self, grid: &JsValue) -> Answer {
        self.each(grid, |grid| self.core.parent(grid))
    }

    /// The grid on a level that a grid lies in.
    #[wasm_bindgen(js_name = ancestorAt)]
    pub fn ancestor_at(&self, grid: &JsValue, at: &JsValue) -> Answer {
        let at = level("level", at)?;
        self.each(grid, |grid| self.core.ancestor_at(grid, at))
    }

    /// The grids directly beneath.
    pub fn children(&self, grid: &JsValue) -> Answer {
        self.lists(grid, |grids| self.core.children_of(grids))
    }

    /// The grids above, from the parent to the root.
    pub fn ancestors(&self, grid: &JsValue) -> Answer {
        self.lists(grid, |grids| self.core.ancestors_of(grids))
    }

    /// The way from the root to a grid.
    pub fn path(&self, grid: &JsValue) -> Answer {
        self.lists(grid, |grids| self.core.paths_of(grids))
    }

    /// The other children of the parent.
    pub fn siblings(&self, grid: &JsValue) -> Answer {
        self.lists(grid, |grids| self.core.siblings_of(grids))
    }

    /// The grids beneath that have none beneath them.
    pub fn leaves(&self, grid: &JsValue) -> Answer {
        self.lists(grid, |grids| self.core.leaves_of(grids))
    }

    /// All grids beneath, or those on one level.
    pub fn descendants(&self, grid: &JsValue, at: &JsValue) -> Answer {
        match present(at.clone()) {
            None => self.lists(grid, |grids| self.core.descendants_of(grids)),
            Some(at) => {
                let at = level("level", &at)?;
                self.lists(grid, |grids| self.core.descendants_at_of(grids, at))
            }
        }
    }

    /// How many steps below the root.
    pub fn depth(&self, grid: &JsValue) -> Answer {
        self.measure(grid, |grid| self.core.depth(grid))
    }

    /// The level.
    pub fn level(&self, grid: &JsValue) -> Answer {
        self.measure(grid, |grid| usize::from(self.core.level(grid)))
    }

    /// The name.
    pub fn name(&self, grid: &JsValue) -> Answer {
        let name = |grid: Option<GridIndex>| grid.map_or(JsValue::NULL, |grid| self.core.name(grid).into());
        Ok(match asked(&self.core, "grid", grid)? {
            Asked::One(grid) => name(Some(grid)),
            Asked::Codes(grids) | Asked::Positions(grids) => {
                grids.into_iter().map(name).collect::<Array>().into()
            }
        })
    }

    /// The lowest grid that both lie in.
    pub fn lca(&self, a: &JsValue, b: &JsValue) -> Answer {
        let core = &self.core;
        let meet = |pair: Option<(GridIndex, GridIndex)>| pair.map(|(a, b)| core.lca(a, b));
        Ok(match self.pairs(a, b)? {
            Pairs::One(a, b) => text_of(core, Some(core.lca(a, b))),
            Pairs::Codes(pairs) => codes_of(core, pairs.into_iter().map(meet)).into(),
            Pairs::Positions(pairs) => positions_of(pairs.into_iter().map(meet)).into(),
        })
    }

    /// How many steps lead from one to the other.
    pub fn distance(&self, a: &JsValue, b: &JsValue) -> Answer {
        let core = &self.core;
        match self.pairs(a, b)? {
            Pairs::One(a, b) => count(core.distance(a, b) as u64),
            Pairs::Codes(pairs) | Pairs::Positions(pairs) => {
                Ok(numbers(pairs.into_iter().map(|pair| pair.map(|(a, b)| core.distance(a, b)))))
            }
        }
    }

    /// Whether the first is the second or lies above it.
    #[wasm_bindgen(js_name = isAncestor)]
    pub fn is_ancestor(&self, above: &JsValue, below: &JsValue) -> Answer {
        let core = &self.core;
        let is = |pair: Option<(GridIndex, GridIndex)>| pair.is_some_and(|(a, b)| core.is_ancestor(a, b));
        Ok(match self.pairs(above, below)? {
            Pairs::One(a, b) => core.is_ancestor(a, b).into(),
            Pairs::Codes(pairs) => {
                pairs.into_iter().map(|pair| JsValue::from(is(pair))).collect::<Array>().into()
            }
            Pairs::Positions(pairs) => {
                let flags: Vec<u8> = pairs.into_iter().map(|pair| u8::from(is(pair))).collect();
                Uint8Array::from(&flags[..]).into()
            }
        })
    }
}
