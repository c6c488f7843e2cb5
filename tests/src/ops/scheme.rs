//! Code schemes.

use std::collections::BTreeMap;

use gridcore::{CodeScheme, GridCode};

use super::Op;
use crate::input::{json, wrong};
use crate::{Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("scheme.definition", |input| json(scheme(input)?.definition())),
    ("scheme.lengths", |input| json(scheme(input)?.lengths())),
    ("scheme.nests", |input| json(scheme(input)?.nests())),
    ("scheme.takes_integers", |input| json(scheme(input)?.takes_integers())),
    ("scheme.check", |input| json(scheme(input)?.check(&input.get::<String>("code")?)?)),
    ("scheme.parse", |input| json(scheme(input)?.parse(&input.get::<String>("code")?)?)),
    ("scheme.parent_of", |input| json(scheme(input)?.parent_of(&input.get::<GridCode>("code")?))),
    ("scheme.strip", |input| json(scheme(input)?.strip(&input.get::<String>("code")?)?)),
    ("scheme.extends", |input| {
        json(scheme(input)?.extends(&input.get::<String>("parent")?, &input.get::<String>("child")?))
    }),
    ("scheme.format", |input| {
        let parts: BTreeMap<String, String> = input.get("parts")?;
        let parts: Vec<_> = parts.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        json(scheme(input)?.format(&parts)?)
    }),
    ("scheme.from_integer", |input| json(scheme(input)?.from_integer(input.get("number")?))),
    ("scheme.capacity_check", |input| {
        json(scheme(input)?.capacity_check(&input.get::<Vec<(GridCode, u64)>>("children")?))
    }),
    ("scheme.spread_check", |input| {
        json(scheme(input)?.spread_check(input.get("total")?, input.get("parents")?))
    }),
];

fn scheme(input: &Input<'_>) -> Result<CodeScheme, Stop> {
    input.scheme("scheme")?.ok_or_else(|| wrong("scheme is missing"))
}
