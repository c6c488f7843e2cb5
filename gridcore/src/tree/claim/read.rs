//! Reads a claim: words, a number or two, words, and what is counted.

use super::{Claim, ClaimError, ClaimRule, words};
use crate::tree::numeral::{self, Numeral, NumeralFault, Reading};

/// The most characters between the first number of a span and the word that joins it to the second: 40人—50人.
const MOST_MEASURE: usize = 4;

/// What the number itself says, before any word is heeded.
enum Base {
    Number(Numeral),
    Span { rule: ClaimRule, low: u64, high: u64 },
}

impl From<NumeralFault> for ClaimError {
    fn from(fault: NumeralFault) -> Self {
        match fault {
            NumeralFault::Malformed => Self::Malformed,
            NumeralFault::Grouping => Self::Grouping,
            NumeralFault::TooLarge => Self::TooLarge,
            NumeralFault::NotWhole => Self::NotWhole,
        }
    }
}

/// Reads a claim.
pub(super) fn claim(text: &str) -> Result<Claim, ClaimError> {
    let text = text.trim();
    let plain = numeral::plain(text);
    let quote = |character: &char| "“”\"'‘’「」。，,;；、 ".contains(*character);
    let start = plain.iter().take_while(|character| quote(character)).count();
    let end = plain.len() - plain.iter().rev().take_while(|character| quote(character)).count();
    let Some(plain) = plain.get(start..end).filter(|plain| !plain.is_empty()) else {
        return Err(ClaimError::Empty);
    };
    let mut said = Vec::new();
    let mut rest = plain;
    while let Some((rule, used)) = words::before(rest) {
        said.push(rule);
        rest = unspaced(&rest[used..]);
    }
    let (base, after) = base(rest)?;
    rest = after;
    if words::any(rest, &["%", "‰", "分之", " percent", " per cent"]).is_some() || rest == ['成'] {
        return Err(ClaimError::NotACount);
    }
    while let Some((rule, used)) = words::after(unspaced(rest)) {
        said.push(rule);
        rest = &unspaced(rest)[used..];
    }
    rest = unspaced(rest);
    while let Some((rule, used)) = words::ending(rest) {
        said.push(rule);
        rest = &rest[..rest.len() - used];
    }
    if rest.first().is_some_and(char::is_ascii_digit) {
        return Err(ClaimError::Leftover);
    }
    let measure = rest.iter().collect::<String>().trim().to_owned();
    let (rule, low, high) = interval(&base, &said)?;
    Ok(Claim { text: text.to_owned(), low, high, rule, measure })
}

fn unspaced(text: &[char]) -> &[char] {
    &text[text.iter().take_while(|&&character| character == ' ').count()..]
}

/// Reads the number, or the two numbers, and what stands between them; returns what follows.
fn base(text: &[char]) -> Result<(Base, &[char]), ClaimError> {
    if let Some((unit, used)) = words::open(text) {
        let (low, high) = (2 * unit, 10 * unit - 1);
        return Ok((Base::Span { rule: ClaimRule::Several, low, high }, &text[used..]));
    }
    let paired = words::any(text, &["between", "from"]);
    let text = unspaced(&text[paired.unwrap_or(0)..]);
    // "a hundred" counts one hundred.
    let article =
        words::any(text, &["a ", "an ", "one "]).filter(|&used| numeral::unit(&text[used..]).is_some());
    let (reading, used) = numeral::read(&text[article.unwrap_or(0)..])?.ok_or(ClaimError::NoNumber)?;
    let rest = &text[article.unwrap_or(0) + used..];
    let first = match reading {
        Reading::Pair(low, high) => {
            return Ok((Base::Span { rule: ClaimRule::Range, low, high }, rest));
        }
        Reading::Several(low, high) => {
            return Ok((Base::Span { rule: ClaimRule::Several, low, high }, rest));
        }
        Reading::Number(numeral) => Numeral { bare: numeral.bare && article.is_none(), ..numeral },
    };
    if let Some((high, rest)) = second(rest)? {
        let low = inherited(first, high);
        if low > high.value {
            return Err(ClaimError::RangeInverted);
        }
        return Ok((Base::Span { rule: ClaimRule::Range, low, high: high.value }, rest));
    }
    if paired.is_some() {
        return Err(ClaimError::NoNumber);
    }
    let Some(used) = words::any(rest, words::ODD) else {
        return Ok((Base::Number(first), rest));
    };
    more(first, &rest[used..])
}

/// Reads what follows 多: a unit (100多万), or nothing.
fn more(number: Numeral, text: &[char]) -> Result<(Base, &[char]), ClaimError> {
    let mut rest = text;
    // 10万多 leaves less than 1万 open, 10多万 less than 10万.
    let mut place = number.place.min(number.myriad.unwrap_or(u64::MAX));
    let mut value = number.value;
    while let Some((unit, used)) = numeral::unit(rest) {
        if unit < 10_000 && used == 1 {
            return Err(ClaimError::Malformed); // 3多千 is not said
        }
        value = value.checked_mul(unit).ok_or(ClaimError::TooLarge)?;
        place = place.checked_mul(unit).ok_or(ClaimError::TooLarge)?;
        rest = &rest[used..];
    }
    let low = value.checked_add(1).ok_or(ClaimError::TooLarge)?;
    let high = value.checked_add(place - 1).ok_or(ClaimError::TooLarge)?;
    if low > high {
        return Err(ClaimError::NothingLeft);
    }
    Ok((Base::Span { rule: ClaimRule::More, low, high }, rest))
}

/// Reads the second number of a span, if there is one: `—50人`, or `人—50人` with the same measure on both sides.
fn second(text: &[char]) -> Result<Option<(Numeral, &[char])>, ClaimError> {
    for measure in 0..=MOST_MEASURE.min(text.len()) {
        let Some(used) = words::any(&text[measure..], words::SPAN) else { continue };
        let rest = unspaced(&text[measure + used..]);
        let Ok(Some((Reading::Number(number), used))) = numeral::read(rest) else { continue };
        let rest = &rest[used..];
        if rest.starts_with(&text[..measure]) {
            if words::any(rest, words::ODD).is_some() {
                return Err(ClaimError::MixedWords);
            }
            return Ok(Some((number, rest)));
        }
    }
    Ok(None)
}

/// The first number of a span: in 1—2万 it takes over the 万 of the second, unless it would pass it (5000—1万).
fn inherited(low: Numeral, high: Numeral) -> u64 {
    let Some(myriad) = high.myriad.filter(|_| low.myriad.is_none()) else { return low.value };
    low.value.checked_mul(myriad).filter(|&value| value <= high.value).unwrap_or(low.value)
}

/// The interval of a number under the words around it.
fn interval(base: &Base, said: &[ClaimRule]) -> Result<(ClaimRule, u64, Option<u64>), ClaimError> {
    let mut rules = said.iter().copied().filter(|&rule| rule != ClaimRule::Exact);
    let said = rules.next();
    if rules.any(|rule| Some(rule) != said) {
        return Err(ClaimError::MixedWords);
    }
    let number = match *base {
        Base::Number(number) => number,
        Base::Span { rule, low, high } => {
            return match (said, rule) {
                (None | Some(ClaimRule::About), _) => Ok((rule, low, Some(high))),
                // "At least eighty-odd" sets no upper bound.
                (Some(ClaimRule::AtLeast | ClaimRule::Over), ClaimRule::More | ClaimRule::Several) => {
                    Ok((ClaimRule::AtLeast, low, None))
                }
                (Some(said), rule) if said == rule => Ok((rule, low, Some(high))),
                _ => Err(ClaimError::MixedWords),
            };
        }
    };
    let value = number.value;
    let slack = (number.place / 2).min(value / 10).max(1);
    let up = |by: u64| value.checked_add(by).ok_or(ClaimError::TooLarge);
    let down = || value.checked_sub(1).ok_or(ClaimError::NothingLeft);
    let rule = said.unwrap_or(if number.bare { ClaimRule::About } else { ClaimRule::Exact });
    let (low, high) = match rule {
        ClaimRule::More => {
            let (Base::Span { rule, low, high }, _) = more(number, &[])? else {
                return Err(ClaimError::Malformed);
            };
            return Ok((rule, low, Some(high)));
        }
        ClaimRule::Over => (up(1)?, None),
        ClaimRule::AtLeast => (value, None),
        ClaimRule::AtMost => (0, Some(value)),
        ClaimRule::Under => (0, Some(down()?)),
        ClaimRule::Near => (value.saturating_sub(slack), Some(down()?)),
        ClaimRule::About => (value.saturating_sub(slack), Some(up(slack)?)),
        ClaimRule::Exact | ClaimRule::Several | ClaimRule::Range => (value, Some(value)),
    };
    Ok((rule, low, high))
}
