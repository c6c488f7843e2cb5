//! A token, and its text.

use std::fmt;
use std::str::FromStr;

use crate::roster::normal::hash::hex;

/// The hash function under the key.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TokenAlgorithm {
    /// HMAC-SHA-256.
    #[default]
    #[serde(rename = "hmac_sha256")]
    HmacSha256,
    /// HMAC-SM3 (国密): what offices in China may be bound to.
    #[serde(rename = "hmac_sm3")]
    HmacSm3,
}

impl TokenAlgorithm {
    /// All algorithms.
    pub const ALL: [Self; 2] = [Self::HmacSha256, Self::HmacSm3];

    /// The stable name.
    ///
    /// ```
    /// assert_eq!(gridcore::roster::TokenAlgorithm::HmacSm3.id(), "hmac_sm3");
    /// ```
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::HmacSha256 => "hmac_sha256",
            Self::HmacSm3 => "hmac_sm3",
        }
    }

    /// The algorithm of this name.
    ///
    /// ```
    /// use gridcore::roster::TokenAlgorithm;
    /// assert_eq!(TokenAlgorithm::of("hmac_sha256"), Some(TokenAlgorithm::HmacSha256));
    /// assert_eq!(TokenAlgorithm::of("md5"), None);
    /// ```
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|algorithm| algorithm.id() == id)
    }

    /// What a token of it begins with.
    pub(crate) const fn prefix(self) -> &'static str {
        match self {
            Self::HmacSha256 => "hs256:",
            Self::HmacSm3 => "hsm3:",
        }
    }
}

/// A keyed token (令牌): it agrees with another or it does not, and says nothing of its own.
///
/// Its text is `hs256:` or `hsm3:` and 64 hexadecimal digits in small letters; capitals are read as well. A column of such texts is recognised as
/// [`FieldKind::Token`](crate::roster::FieldKind::Token). `Debug` does not show it.
///
/// ```
/// use gridcore::roster::Token;
/// let text = format!("hsm3:{}", "0a".repeat(32));
/// assert_eq!(text.parse::<Token>()?.to_text(), text);
/// assert!("hsm3:0a".parse::<Token>().is_err());
/// # Ok::<(), gridcore::roster::MalformedToken>(())
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Token {
    algorithm: TokenAlgorithm,
    digest: [u8; 32],
}

impl Token {
    pub(super) const fn new(algorithm: TokenAlgorithm, digest: [u8; 32]) -> Self {
        Self { algorithm, digest }
    }

    /// The algorithm that made it.
    #[must_use]
    pub const fn algorithm(&self) -> TokenAlgorithm {
        self.algorithm
    }

    /// The first 128 bits of the digest.
    pub(crate) fn head(&self) -> u128 {
        self.digest[..16].iter().fold(0, |head, &byte| head << 8 | u128::from(byte))
    }

    /// Its text.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{}{}", self.algorithm.prefix(), hex(&self.digest))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

impl From<Token> for String {
    fn from(token: Token) -> Self {
        token.to_text()
    }
}

impl TryFrom<String> for Token {
    type Error = MalformedToken;

    fn try_from(text: String) -> Result<Self, MalformedToken> {
        text.parse()
    }
}

impl FromStr for Token {
    type Err = MalformedToken;

    fn from_str(text: &str) -> Result<Self, MalformedToken> {
        // Spreadsheets and databases turn letters into capitals.
        let digits = |algorithm: TokenAlgorithm| {
            let (prefix, digits) = text.split_at_checked(algorithm.prefix().len())?;
            prefix.eq_ignore_ascii_case(algorithm.prefix()).then_some((algorithm, digits))
        };
        let (algorithm, digits) = TokenAlgorithm::ALL.into_iter().find_map(digits).ok_or(MalformedToken)?;
        let digits = digits.as_bytes();
        if digits.len() != 64 {
            return Err(MalformedToken);
        }
        let mut digest = [0; 32];
        for (byte, pair) in digest.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = nibble(pair[0])? << 4 | nibble(pair[1])?;
        }
        Ok(Self { algorithm, digest })
    }
}

fn nibble(digit: u8) -> Result<u8, MalformedToken> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(MalformedToken),
    }
}

/// A text is no [`Token`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MalformedToken;

impl fmt::Display for MalformedToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is no token: hs256: or hsm3: and 64 hexadecimal digits")
    }
}

impl std::error::Error for MalformedToken {}
