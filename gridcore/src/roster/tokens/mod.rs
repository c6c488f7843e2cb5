//! Keyed tokens in the place of identity numbers, phones and names, so that two offices reconcile without showing them.

mod fault;
mod plain;
mod token;

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sm3::Sm3;

use super::normal::hash::hex;
use super::{FieldKind, RosterCell};

pub use fault::TokenKeyError;
use plain::Plain;
pub use token::{MalformedToken, Token, TokenAlgorithm};

/// A secret key from which tokens are made. It has no default, no `Debug` shows it, and it can't be saved.
///
/// Whoever has the key can find out whose a token is by trying all identity numbers: give it to the offices that are to
/// compare their lists and to nobody else, and keep it apart from the tokens.
///
/// ```
/// use gridcore::roster::{FieldKind, TokenAlgorithm, TokenKey};
/// let key = TokenKey::new(b"sixteen bytes or more, from a random source")?;
/// let token = |text| key.tokenize(text, FieldKind::Id, TokenAlgorithm::HmacSm3).expect("it is a number");
/// let one = token("11010519491231002X");
/// assert!(one.to_text().starts_with("hsm3:"));
/// assert_eq!(one, token("１１０１０５１９４９１２３１００２ｘ"));
/// assert_eq!(one, token("110105491231002")); // the same of 15 digits
/// assert!(!format!("{key:?}").contains("sixteen"));
/// # Ok::<(), gridcore::roster::TokenKeyError>(())
/// ```
#[derive(Clone)]
pub struct TokenKey {
    bytes: Box<[u8]>,
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenKey(…)")
    }
}

/// The fewest bytes of a key: what is shorter can be tried out.
pub(super) const LEAST_KEY_BYTES: usize = 16;

/// A column of tokens.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct TokenColumn {
    /// The token of each row; none where the cell is empty or can't be read.
    pub tokens: Vec<Option<Token>>,
    /// Rows whose cell holds something that is no value of its kind, such as eighteen zeros for an identity number.
    pub unreadable: Vec<usize>,
    /// Rows whose number came as floating point and is too long for it: digits are lost already.
    pub lost_digits: Vec<usize>,
}

impl TokenKey {
    /// Takes a key of 16 bytes or more, best 32 from a random source.
    ///
    /// # Errors
    /// [`TokenKeyError`] if it is shorter, or the same byte over and over.
    pub fn new(bytes: &[u8]) -> Result<Self, TokenKeyError> {
        if bytes.len() < LEAST_KEY_BYTES {
            return Err(TokenKeyError::TooShort { bytes: bytes.len() });
        }
        if bytes.iter().all(|byte| *byte == bytes[0]) {
            return Err(TokenKeyError::OneByte);
        }
        Ok(Self { bytes: bytes.into() })
    }

    /// The token of one value; none if there is no value of that kind in the text.
    ///
    /// The value is brought into its one form first, the one that [`canonical`](super::canonical) gives. The message is
    /// `gridcore:KIND:VALUE` in UTF-8, with the kind as [`FieldKind::id`] has it, so that a phone and an identity number
    /// of the same digits have different tokens. RFC 2104 (HMAC) over FIPS 180-4 (SHA-256) or GB/T 32905 (SM3).
    ///
    /// # Complexity
    /// O(bytes) time.
    #[must_use]
    pub fn tokenize(&self, value: &str, kind: FieldKind, algorithm: TokenAlgorithm) -> Option<Token> {
        match plain::of_text(value, kind) {
            Plain::Value(plain) => Some(self.keyed(algorithm).token(kind, &plain)),
            Plain::Missing | Plain::Unreadable | Plain::LostDigits => None,
        }
    }

    /// The tokens of a whole column.
    ///
    /// # Complexity
    /// O(bytes) time.
    ///
    /// ```
    /// use gridcore::roster::{FieldKind, RosterCell, TokenAlgorithm, TokenKey};
    /// let key = TokenKey::new(b"sixteen bytes or more, from a random source")?;
    /// let cells = [
    ///     RosterCell::Text("13800138000"),
    ///     RosterCell::Integer(13_800_138_000),
    ///     RosterCell::Missing,
    ///     RosterCell::Text("00000000000"),
    /// ];
    /// let column = key.tokenize_column(cells, FieldKind::Phone, TokenAlgorithm::HmacSha256);
    /// assert!(column.tokens[0].is_some() && column.tokens[0] == column.tokens[1]);
    /// assert_eq!((column.tokens[2].as_ref(), column.unreadable), (None, vec![3]));
    /// # Ok::<(), gridcore::roster::TokenKeyError>(())
    /// ```
    #[must_use]
    pub fn tokenize_column<'a>(
        &self,
        cells: impl IntoIterator<Item = RosterCell<'a>>,
        kind: FieldKind,
        algorithm: TokenAlgorithm,
    ) -> TokenColumn {
        let keyed = self.keyed(algorithm);
        let mut column = TokenColumn::default();
        for (row, cell) in cells.into_iter().enumerate() {
            let plain = plain::of_cell(cell, kind);
            match plain {
                Plain::Unreadable => column.unreadable.push(row),
                Plain::LostDigits => column.lost_digits.push(row),
                Plain::Missing | Plain::Value(_) => {}
            }
            column.tokens.push(match plain {
                Plain::Value(plain) => Some(keyed.token(kind, &plain)),
                _ => None,
            });
        }
        column
    }

    /// A text by which two offices find out whether they have the same key, without showing it: 16 hexadecimal digits.
    ///
    /// ```
    /// use gridcore::roster::TokenKey;
    /// let ours = TokenKey::new(b"sixteen bytes or more, from a random source")?;
    /// let theirs = TokenKey::new(b"another sixteen bytes or more")?;
    /// assert_ne!(ours.check_value(), theirs.check_value());
    /// # Ok::<(), gridcore::roster::TokenKeyError>(())
    /// ```
    #[must_use]
    pub fn check_value(&self) -> String {
        let digest = self.keyed(TokenAlgorithm::HmacSha256).mac(&[b"gridcore:check"]);
        hex(&digest[..8])
    }

    /// The key taken into the hash function once, for many values.
    fn keyed(&self, algorithm: TokenAlgorithm) -> Keyed {
        Keyed::new(&self.bytes, algorithm)
    }
}

/// A hash function that has taken in a key.
enum Keyed {
    Sha256(Hmac<Sha256>),
    Sm3(Hmac<Sm3>),
}

impl Keyed {
    fn new(key: &[u8], algorithm: TokenAlgorithm) -> Self {
        match algorithm {
            TokenAlgorithm::HmacSha256 => {
                Self::Sha256(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
            }
            TokenAlgorithm::HmacSm3 => {
                Self::Sm3(Hmac::new_from_slice(key).expect("HMAC takes a key of any length"))
            }
        }
    }

    fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        match self {
            Self::Sha256(mac) => run(mac, parts),
            Self::Sm3(mac) => run(mac, parts),
        }
    }

    fn token(&self, kind: FieldKind, plain: &str) -> Token {
        let algorithm = match self {
            Self::Sha256(_) => TokenAlgorithm::HmacSha256,
            Self::Sm3(_) => TokenAlgorithm::HmacSm3,
        };
        let parts: [&[u8]; 4] = [b"gridcore:", kind.id().as_bytes(), b":", plain.as_bytes()];
        Token::new(algorithm, self.mac(&parts))
    }
}

/// The digest of some parts, one after the other.
fn run<M: Mac + Clone>(keyed: &M, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed.clone();
    for part in parts {
        mac.update(part);
    }
    let mut digest = [0; 32];
    for (to, from) in digest.iter_mut().zip(mac.finalize().into_bytes()) {
        *to = from;
    }
    digest
}

#[cfg(test)]
mod tests {
    use super::hex;
    use super::{Keyed, TokenAlgorithm};

    fn mac(algorithm: TokenAlgorithm, key: &[u8], message: &[u8]) -> String {
        hex(&Keyed::new(key, algorithm).mac(&[message]))
    }

    /// RFC 4231, test cases 1, 2, 3, 4, 6 and 7; the digests over SM3 are those of OpenSSL 3.0.19.
    #[test]
    fn known_answers() {
        let long_key = [0xaa_u8; 131];
        let counted: Vec<u8> = (1..=25).collect();
        let cases: [(&[u8], &[u8], &str, &str); 6] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
                "51b00d1fb49832bfb01c3ce27848e59f871d9ba938dc563b338ca964755cce70",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
                "2e87f1d16862e6d964b50a5200bf2b10b764faa9680a296a2405f24bec39f882",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
                "dd9421e1c725bdf52ec1aa34edadb3c97f5951a83a2fa93f73a7902bc1dcc777",
            ),
            (
                &counted,
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
                "b57c79be03472aeb8cada581dea332cb2ba83d19cb1b052dd07194def75fb8cd",
            ),
            (
                &long_key,
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
                "b4fd844e13342002f0b2e0690ea7741f1497d993a70494cea601e657bedf67a0",
            ),
            (
                &long_key,
                b"This is a test using a larger than block-size key and a larger than block-size data. \
                  The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
                "5acbdeb0c8c1ef3a99088fe51c0a1d5f4e1c175935f016aee74eb8056db18acb",
            ),
        ];
        for (key, message, sha256, sm3) in cases {
            assert_eq!(mac(TokenAlgorithm::HmacSha256, key, message), sha256);
            assert_eq!(mac(TokenAlgorithm::HmacSm3, key, message), sm3);
        }
    }
}
