//! What every SVG text needs: numbers, escapes, the width of a line.

use std::fmt::Write as _;

/// Writes a number with at most two decimals, the same on every platform.
pub(crate) fn number(out: &mut String, value: f64) {
    let hundredths = (value * 100.0).round() as i64;
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    let sign = if hundredths < 0 { "-" } else { "" };
    let _ = match (rest, rest % 10) {
        (0, _) => write!(out, "{sign}{whole}"),
        (_, 0) => write!(out, "{sign}{whole}.{}", rest / 10),
        _ => write!(out, "{sign}{whole}.{rest:02}"),
    };
}

/// Writes attributes whose values are numbers.
pub(crate) fn numbers(out: &mut String, attributes: &[(&str, f64)]) {
    for (name, value) in attributes {
        let _ = write!(out, " {name}=\"");
        number(out, *value);
        out.push('"');
    }
}

/// Writes a text so that XML takes it as a text; a character that XML cannot hold becomes U+FFFD.
pub(crate) fn escaped(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => out.push(' '),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
}

/// Roughly how wide a line is: a letter of the ASCII is a little over half as wide as it is high, any other as wide.
pub(crate) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.58 } else { 1.0 }).sum::<f64>() * size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_at_most_two_decimals() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.004, "0"),
            (1.0, "1"),
            (1.5, "1.5"),
            (1.05, "1.05"),
            (-12.345, "-12.35"),
            (-0.5, "-0.5"),
            (1e6 / 3.0, "333333.33"),
        ];
        for (value, wanted) in cases {
            let mut found = String::new();
            number(&mut found, value);
            assert_eq!(found, wanted);
        }
    }

    #[test]
    fn nothing_breaks_out_of_a_text() {
        let mut found = String::new();
        escaped(&mut found, "</title><script>'\"&\u{1}\n中\u{ffff}");
        assert_eq!(found, "&lt;/title&gt;&lt;script&gt;&#39;&quot;&amp;\u{fffd} 中\u{fffd}");
    }
}
