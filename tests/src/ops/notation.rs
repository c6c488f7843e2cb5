//! Layout notation, rounded claims, apportionment.

use gridcore::{Apportion, ApportionMethod, ApportionParty, Claim, Layout, scaled_weights};
use serde_json::{Value, json};

use super::Op;
use crate::input::{json, wrong};
use crate::{Input, Stop};

pub(super) const OPS: &[(&str, Op)] = &[
    ("layout.read", |input| {
        let layout = layout(input)?;
        let (text, fan_outs) = (layout.to_string(), layout.fan_outs());
        Ok(json!({ "text": text, "counts": layout.counts(), "total": layout.total(), "fan_outs": fan_outs }))
    }),
    ("layout.check", |input| json(layout(input)?.check(&input.get::<Vec<u64>>("counts")?))),
    ("claim.read", |input| {
        let claim = claim(input)?;
        let (low, high, rule) = (claim.low(), claim.high(), claim.rule());
        Ok(
            json!({ "text": claim.text(), "low": low, "high": high, "rule": rule, "measure": claim.measure() }),
        )
    }),
    ("claim.check", |input| json(claim(input)?.check(input.get("count")?))),
    ("claim.admits", |input| json(claim(input)?.admits(input.get("count")?))),
    ("apportion", |input| {
        let method = input.get::<String>("method")?;
        let method = ApportionMethod::from_name(&method).ok_or_else(|| wrong(method))?;
        let wish = Apportion::new(input.get("seats")?, method)
            .minimum(input.get::<Option<u64>>("minimum")?.unwrap_or_default());
        let weights: Vec<u64> = match input.get("decimals")? {
            None => input.get("weights")?,
            Some(decimals) => scaled_weights(&input.get::<Vec<f64>>("weights")?, decimals)?,
        };
        let minimums: Option<Vec<Option<u64>>> = input.get("minimums")?;
        let caps: Option<Vec<Option<u64>>> = input.get("caps")?;
        if minimums.is_none() && caps.is_none() {
            return json(wish.among(&weights)?);
        }
        let nth = |list: &Option<Vec<Option<u64>>>, party: usize| list.as_ref().and_then(|list| list[party]);
        let party = |(number, weight): (usize, u64)| {
            let (minimum, cap) = (nth(&minimums, number).unwrap_or_default(), nth(&caps, number));
            ApportionParty { weight, minimum, cap }
        };
        let parties: Vec<_> = weights.into_iter().enumerate().map(party).collect();
        json(wish.among_parties(&parties)?)
    }),
];

fn layout(input: &Input<'_>) -> Result<Layout, Stop> {
    match input.value("layout") {
        Some(Value::String(text)) => Ok(text.parse::<Layout>()?),
        _ => Ok(Layout::new(input.get::<Vec<u64>>("layout")?)?),
    }
}

fn claim(input: &Input<'_>) -> Result<Claim, Stop> {
    Ok(input.get::<String>("text")?.parse::<Claim>()?)
}
