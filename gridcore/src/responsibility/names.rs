//! Names become numbers: met in any order, numbered in their own.

use std::collections::HashMap;
use std::str::FromStr;

use super::store::ANY;
use crate::id::MalformedCode;

/// Names in the order in which they are met, each once.
#[derive(Default)]
pub(super) struct Names<'r> {
    ids: HashMap<&'r str, u32>,
    pub(super) list: Vec<&'r str>,
}

impl<'r> Names<'r> {
    pub(super) fn id(&mut self, name: &'r str) -> u32 {
        let next = self.list.len() as u32;
        let id = *self.ids.entry(name).or_insert(next);
        if id == next {
            self.list.push(name);
        }
        id
    }

    /// The names in order, and the place of each that was met.
    pub(super) fn sorted<N: FromStr<Err = MalformedCode>>(&self) -> (Vec<N>, Places) {
        let (texts, places) = self.sorted_texts();
        (
            texts.into_iter().map(|text| text.parse().expect("it was checked when it was met")).collect(),
            places,
        )
    }

    pub(super) fn sorted_texts(&self) -> (Vec<&'r str>, Places) {
        let mut order: Vec<u32> = (0..self.list.len() as u32).collect();
        order.sort_unstable_by_key(|&id| self.list[id as usize]);
        let mut places = vec![0; order.len()];
        for (place, &id) in order.iter().enumerate() {
            places[id as usize] = place as u32;
        }
        (order.iter().map(|&id| self.list[id as usize]).collect(), Places(places))
    }
}

/// Where each name that was met stands in order.
pub(super) struct Places(Vec<u32>);

impl Places {
    pub(super) fn of(&self, id: u32) -> u32 {
        self.0.get(id as usize).copied().unwrap_or(ANY)
    }
}
