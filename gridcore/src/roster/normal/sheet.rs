//! What spreadsheets and data frames make of numbers in texts.

/// A whole number without the `.0` that it has as floating point: `13812345678.0`.
pub(super) fn whole(text: &str) -> &str {
    match text.split_once('.') {
        Some((number, zeros))
            if !number.is_empty()
                && !zeros.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_digit())
                && zeros.bytes().all(|byte| byte == b'0') =>
        {
            number
        }
        _ => text,
    }
}

/// Whether a text is a number in scientific notation, such as `1.38E+10`: digits are lost.
pub(super) fn is_rounded(text: &str) -> bool {
    let text = text.trim();
    let Some((number, power)) = text.split_once(['e', 'E']) else { return false };
    number.parse::<f64>().is_ok() && power.parse::<i32>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::{is_rounded, whole};

    #[test]
    fn numbers_of_sheets_are_told_from_others() {
        assert_eq!(
            ["12.0", "12.00", "1.2.0", "12.", ".0", "12.5"].map(whole),
            ["12", "12", "1.2.0", "12.", ".0", "12.5"]
        );
        assert_eq!(["1.38E+10", "1e5", "E12", "12-34"].map(is_rounded), [true, true, false, false]);
    }
}
