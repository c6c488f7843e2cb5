//! Whole numbers as Chinese and English texts write them: `1,307`, `１３０７`, `1.5万`, `三千三百`, `两百五`, `1.5 million`.

/// Decimal places that are kept while a number is put together.
const SCALE: u128 = 1_000_000_000;
/// The most decimal places a number may be written with.
const MOST_DECIMALS: u32 = 9;

/// Why a text that begins like a number is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumeralFault {
    /// Units in an order that says nothing, such as 百千.
    Malformed,
    /// Commas that don't part thousands.
    Grouping,
    /// More than 64 bits hold.
    TooLarge,
    /// A part of one is left over.
    NotWhole,
}

/// What a number was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// One number: 1.5万.
    Number(Numeral),
    /// Two neighbouring digits for a span: 三四百, 十七八.
    Pair(u64, u64),
    /// An unnamed digit, 几 or 数, and what it leaves open: 几十, 十几, 数百.
    Several(u64, u64),
}

/// A number and how finely it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Numeral {
    pub(super) value: u64,
    /// The place of the last digit written that isn't a filling zero: 100 in 1500, 1000 in 1.5万.
    pub(super) place: u64,
    /// 万 or 亿, if the number ends with it.
    pub(super) myriad: Option<u64>,
    /// Whether it is a unit without a number before it: 万, 百.
    pub(super) bare: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    /// A run of digits, scaled, with the place of its last digit, scaled; short if it was one digit.
    Digits {
        scaled: u128,
        place: u128,
        short: bool,
        decimals: bool,
    },
    Zero,
    Pair(u8, u8),
    Several,
    Unit(u64),
}

impl Token {
    fn digit(digit: u8) -> Self {
        Self::Digits { scaled: u128::from(digit) * SCALE, place: SCALE, short: true, decimals: false }
    }

    /// A digit in the place of 几; any other token as it is.
    fn open(self, digit: u8) -> Self {
        if self == Self::Several { Self::digit(digit) } else { self }
    }

    /// The first digit of a pair; any other token as it is.
    fn lower(self) -> Self {
        if let Self::Pair(lower, _) = self { Self::digit(lower) } else { self }
    }

    /// The second digit of a pair; any other token as it is.
    fn upper(self) -> Self {
        if let Self::Pair(_, upper) = self { Self::digit(upper) } else { self }
    }
}

/// The text in the characters numbers are read in: half-width, lower case, simplified.
pub(super) fn plain(text: &str) -> Vec<char> {
    let half = |character: char| match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        '\u{3000}' | '\u{a0}' | '\t' => ' ',
        '萬' => '万',
        '億' => '亿',
        '兩' | '俩' => '两',
        '餘' => '余',
        '幾' => '几',
        '數' => '数',
        '約' => '约',
        '過' => '过',
        '個' => '个',
        other => other,
    };
    text.trim().chars().map(half).map(|character| character.to_ascii_lowercase()).collect()
}

fn chinese_digit(character: char) -> Option<u8> {
    Some(match character {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn chinese_unit(character: char) -> Option<u64> {
    Some(match character {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

/// The unit at the head of a text, Chinese or English, and how many characters it takes.
pub(super) fn unit(text: &[char]) -> Option<(u64, usize)> {
    if let Some(unit) = text.first().copied().and_then(chinese_unit) {
        return Some((unit, 1));
    }
    let spaces = text.iter().take_while(|&&character| character == ' ').count();
    let word: String =
        text[spaces..].iter().take_while(|character| character.is_ascii_lowercase()).take(9).collect();
    let used = spaces + word.len();
    let unit = match word.as_str() {
        "hundred" if text[used..].starts_with(&[' ', 't', 'h', 'o', 'u', 's', 'a', 'n', 'd']) => {
            return Some((100_000, used + 9));
        }
        "hundred" => 100,
        "thousand" => 1000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => return None,
    };
    Some((unit, used))
}

/// Reads a run of Arabic digits, with commas between thousands and a decimal point.
fn arabic(text: &[char]) -> Result<Option<(Token, usize)>, NumeralFault> {
    let digit = |at: usize| text.get(at).and_then(|character| character.to_digit(10));
    let mut used = 0;
    let mut mantissa = 0_u128;
    let mut group = 0;
    let mut grouped = false;
    loop {
        if let Some(found) = digit(used) {
            mantissa =
                mantissa.checked_mul(10).map(|sum| sum + u128::from(found)).ok_or(NumeralFault::TooLarge)?;
            if mantissa > u128::from(u64::MAX) * SCALE {
                return Err(NumeralFault::TooLarge);
            }
            used += 1;
            group += 1;
        } else if used > 0 && text.get(used) == Some(&',') && digit(used + 1).is_some() {
            if (grouped && group != 3) || group > 3 {
                return Err(NumeralFault::Grouping);
            }
            (grouped, group) = (true, 0);
            used += 1;
        } else {
            break;
        }
    }
    if used == 0 {
        return Ok(None);
    }
    if grouped && group != 3 {
        return Err(NumeralFault::Grouping);
    }
    let short = used == 1;
    let mut place = SCALE;
    let mut scaled = mantissa.checked_mul(SCALE).ok_or(NumeralFault::TooLarge)?;
    if text.get(used) == Some(&'.') && digit(used + 1).is_some() {
        used += 1;
        while let Some(found) = digit(used) {
            place /= 10;
            if place == 0 {
                return Err(NumeralFault::NotWhole);
            }
            scaled += place * u128::from(found);
            used += 1;
        }
    }
    Ok(Some((Token::Digits { scaled, place, short, decimals: place < SCALE }, used)))
}

/// Reads a run of Chinese digits: one, a pair of neighbours, or digits by their place (二〇二二, 一点五).
fn chinese(text: &[char], after_unit: bool) -> Result<Option<(Vec<Token>, usize)>, NumeralFault> {
    let digits: Vec<u8> = text.iter().map_while(|&character| chinese_digit(character)).take(40).collect();
    let used = digits.len();
    let point =
        text.get(used) == Some(&'点') && text.get(used + 1).copied().and_then(chinese_digit).is_some();
    let tokens = match digits.as_slice() {
        [] => return Ok(None),
        _ if point || !after_unit && digits.len() > 1 && !is_pair(&digits) => {
            return by_place(text, &digits).map(|(token, used)| Some((vec![token], used)));
        }
        [0] => vec![Token::Zero],
        [digit] => vec![Token::digit(*digit)],
        [0, digit] => vec![Token::Zero, Token::digit(*digit)],
        [low, high] if is_pair(&digits) => vec![Token::Pair(*low, *high)],
        _ => return Err(NumeralFault::Malformed),
    };
    Ok(Some((tokens, used)))
}

/// Neighbouring digits (三四), and the set phrase 三五.
fn is_pair(digits: &[u8]) -> bool {
    matches!(*digits, [low, high] if low > 0 && (high == low + 1 || (low, high) == (3, 5)))
}

/// Digits whose value is by their place, with a decimal point 点.
fn by_place(text: &[char], digits: &[u8]) -> Result<(Token, usize), NumeralFault> {
    let mut scaled = 0_u128;
    for &digit in digits {
        scaled = scaled * 10 + u128::from(digit) * SCALE;
        if scaled > u128::from(u64::MAX) * SCALE {
            return Err(NumeralFault::TooLarge);
        }
    }
    let mut used = digits.len();
    let mut place = SCALE;
    if text.get(used) == Some(&'点') {
        let decimals = text[used + 1..].iter().map_while(|&character| chinese_digit(character));
        for digit in decimals.take(MOST_DECIMALS as usize) {
            place /= 10;
            scaled += place * u128::from(digit);
            used += 1;
        }
        used += 1;
    }
    Ok((
        Token::Digits { scaled, place, short: digits.len() == 1 && place == SCALE, decimals: place < SCALE },
        used,
    ))
}

/// Whether a text begins with 数 in the sense of 几 (数百, 数名), and not with a word like 数量.
fn is_some_number_of(text: &[char]) -> bool {
    matches!(text, ['数', next, ..] if chinese_unit(*next).is_some() || "个名位人户次家条天".contains(*next))
}

/// Cuts the head of a text into tokens.
fn tokens(text: &[char]) -> Result<(Vec<Token>, usize), NumeralFault> {
    let mut tokens = Vec::new();
    let mut used = 0;
    let mut last_is_unit = false;
    while used < text.len() {
        let rest = &text[used..];
        let open = tokens.is_empty() || last_is_unit;
        let seen_unit = tokens.iter().any(|token| matches!(token, Token::Unit(_)));
        if let Some((unit, length)) = unit(rest) {
            // A space belongs to a number only between digits and an English unit.
            if tokens.is_empty() && rest[0] == ' ' {
                break;
            }
            tokens.push(Token::Unit(unit));
            (used, last_is_unit) = (used + length, true);
        } else if rest[0] == '几' && open || tokens.is_empty() && is_some_number_of(rest) {
            tokens.push(Token::Several);
            (used, last_is_unit) = (used + 1, false);
        } else if let (true, Some((token, length))) = (open, arabic(rest)?) {
            tokens.push(token);
            (used, last_is_unit) = (used + length, false);
        } else if let (true, Some((found, length))) = (open, chinese(rest, seen_unit)?) {
            tokens.extend(found);
            (used, last_is_unit) = (used + length, false);
        } else {
            break;
        }
        // Nothing that is written with more units than this is a number.
        if tokens.len() > 24 {
            return Err(NumeralFault::Malformed);
        }
    }
    Ok((tokens, used))
}

/// Adds up the tokens of one number.
fn evaluate(tokens: &[Token]) -> Result<Numeral, NumeralFault> {
    use NumeralFault::{Malformed, NotWhole, TooLarge};
    let times = |number: u128, unit: u64| number.checked_mul(u128::from(unit)).ok_or(TooLarge);
    let mut total = 0_u128; // whole myriads
    let mut section = 0_u128; // below the next 万 or 亿
    let mut current: Option<u128> = None;
    let mut elides = false; // whether one digit now would stand for the next lower unit: 三千三
    let mut last: Option<u64> = None; // the last unit: what follows has to be smaller
    let fits = |part: u128, last: Option<u64>| last.is_none_or(|last| part < u128::from(last) * SCALE);
    let mut written: Option<u128> = None; // the place of the last decimal, with the units after it
    for (position, &token) in tokens.iter().enumerate() {
        match token {
            Token::Zero => elides = false,
            Token::Digits { scaled, place, short, decimals } => {
                let after_unit = position > 0 && matches!(tokens[position - 1], Token::Unit(100..));
                elides = short && after_unit;
                current = Some(scaled);
                written = decimals.then_some(place);
            }
            Token::Unit(unit) => {
                elides = false;
                written = written.map(|place| times(place, unit)).transpose()?;
                if unit < 10_000 {
                    // Only 十 needs no number before it within a numeral: 一百十五.
                    let alone = (position == 0 || unit == 10).then_some(SCALE);
                    let factor = current.take().or(alone).ok_or(Malformed)?;
                    let part = times(factor, unit)?;
                    if !fits(part, last) {
                        return Err(Malformed);
                    }
                    section += part;
                } else {
                    section += current.take().unwrap_or(0);
                    if position == 0 {
                        section = SCALE;
                    }
                    if last.is_some_and(|last| (10_000..unit).contains(&last)) {
                        // 一万亿: all that was written so far counts 亿.
                        section += std::mem::take(&mut total);
                    }
                    if section == 0 {
                        return Err(Malformed);
                    }
                    total = total.checked_add(times(std::mem::take(&mut section), unit)?).ok_or(TooLarge)?;
                }
                last = Some(unit);
            }
            Token::Pair(..) | Token::Several => return Err(Malformed),
        }
    }
    if let Some(rest) = current {
        let rest = last.filter(|_| elides).map_or(rest, |last| rest * u128::from(last / 10));
        if !fits(rest, last) {
            return Err(Malformed);
        }
        section += rest;
    }
    let scaled = total.checked_add(section).ok_or(TooLarge)?;
    if scaled % SCALE != 0 {
        return Err(NotWhole);
    }
    let value = u64::try_from(scaled / SCALE).map_err(|_| TooLarge)?;
    let place = match written {
        Some(place) => u64::try_from(place / SCALE).unwrap_or(u64::MAX).max(1),
        None => last_place(value),
    };
    let myriad = match tokens.last() {
        Some(&Token::Unit(unit)) if unit >= 10_000 => Some(unit),
        _ => None,
    };
    let bare = tokens.iter().all(|token| matches!(token, Token::Unit(_)));
    Ok(Numeral { value, place, myriad, bare })
}

/// The place of the last digit that isn't zero: 100 in 1500.
fn last_place(value: u64) -> u64 {
    let mut place = 1;
    while value != 0 && (value / place).is_multiple_of(10) {
        place *= 10;
    }
    place
}

/// Reads the number at the head of a text, and how many characters it takes; none if there is no number.
pub(super) fn read(text: &[char]) -> Result<Option<(Reading, usize)>, NumeralFault> {
    let (tokens, used) = tokens(text)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    // The number with a digit in the place of each open one.
    let with = |choose: fn(Token) -> Token| {
        let chosen: Vec<Token> = tokens.iter().copied().map(choose).collect();
        evaluate(&chosen).map(|numeral| numeral.value)
    };
    let reading = if tokens.contains(&Token::Several) {
        // 几 stands for a digit from 2 to 9; after a number (十几) also for 1.
        let low = if tokens[0] == Token::Several {
            with(|token| token.open(2))
        } else {
            with(|token| token.open(1))
        }?;
        let (eight, nine) = (with(|token| token.open(8))?, with(|token| token.open(9))?);
        let high = nine.checked_add(nine - eight - 1).ok_or(NumeralFault::TooLarge)?;
        Reading::Several(low, high)
    } else if tokens.iter().any(|token| matches!(token, Token::Pair(..))) {
        Reading::Pair(with(Token::lower)?, with(Token::upper)?)
    } else {
        Reading::Number(evaluate(&tokens)?)
    };
    Ok(Some((reading, used)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Result<u64, Option<NumeralFault>> {
        let plain = plain(text);
        match read(&plain) {
            Ok(Some((Reading::Number(numeral), used))) if used == plain.len() => Ok(numeral.value),
            Ok(_) => Err(None),
            Err(fault) => Err(Some(fault)),
        }
    }

    #[test]
    fn numbers_are_read_as_they_are_said() {
        for (text, value) in [
            ("0", 0),
            ("零", 0),
            ("１０１１７", 10_117),
            ("1,307", 1307),
            ("10，117", 10_117),
            ("12,345,678", 12_345_678),
            ("一百二十三", 123),
            ("三千三百", 3300),
            ("三千三", 3300),
            ("两百五", 250),
            ("二百零五", 205),
            ("一千零五十", 1050),
            ("十", 10),
            ("十七", 17),
            ("二十", 20),
            ("一百一十", 110),
            ("一百十五", 115),
            ("万", 10_000),
            ("百万", 1_000_000),
            ("1.5万", 15_000),
            ("一点五万", 15_000),
            ("1.50万", 15_000),
            ("1．5亿", 150_000_000),
            ("3千3百", 3300),
            ("1万3千", 13_000),
            ("一万五", 15_000),
            ("1万2000", 12_000),
            ("一万零三", 10_003),
            ("1亿2000万", 120_000_000),
            ("一万亿", 1_000_000_000_000),
            ("三千二百万", 32_000_000),
            ("四百四十六万六千九百", 4_466_900),
            ("二〇二二", 2022),
            ("一二三", 123),
            ("壹佰贰拾叁", 123),
            ("2.0", 2),
            ("1.5 million", 1_500_000),
            ("3 Thousand", 3000),
            ("1 hundred thousand", 100_000),
            ("18446744073709551615", u64::MAX),
        ] {
            assert_eq!(number(text), Ok(value), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_told_apart() {
        use NumeralFault::{Grouping, Malformed, NotWhole, TooLarge};
        for (text, fault) in [
            ("1,50", Grouping),
            ("1234,567", Grouping),
            ("1,234,56", Grouping),
            ("1.5", NotWhole),
            ("1.23456万", NotWhole),
            ("0.0000000001亿", NotWhole),
            ("18446744073709551616", TooLarge),
            ("999999999999999999999999999999999999999999999999", TooLarge),
            ("9999999999999亿", TooLarge),
            ("三百五千", Malformed),
            ("十百", Malformed),
            ("1万20000", Malformed),
            ("一百二百", Malformed),
        ] {
            assert_eq!(number(text), Err(Some(fault)), "{text}");
        }
        assert_eq!(read(&plain("网格")), Ok(None));
        assert_eq!(read(&[]), Ok(None));
    }

    #[test]
    fn open_digits_and_pairs_become_spans() {
        for (text, reading) in [
            ("几个", Reading::Several(2, 9)),
            ("几十", Reading::Several(20, 99)),
            ("数百", Reading::Several(200, 999)),
            ("几十万", Reading::Several(200_000, 999_999)),
            ("十几", Reading::Several(11, 19)),
            ("30几", Reading::Number(Numeral { value: 30, place: 10, myriad: None, bare: false })),
            ("十几万", Reading::Several(110_000, 199_999)),
            ("一百几十", Reading::Several(110, 199)),
            ("三四百", Reading::Pair(300, 400)),
            ("十七八", Reading::Pair(17, 18)),
            ("两三万", Reading::Pair(20_000, 30_000)),
            ("三五个", Reading::Pair(3, 5)),
        ] {
            assert_eq!(read(&plain(text)).unwrap().unwrap().0, reading, "{text}");
        }
    }
}
