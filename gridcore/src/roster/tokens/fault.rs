//! Why bytes are no key.

use std::fmt;

use super::LEAST_KEY_BYTES;
use crate::error::{Fault, Lang, Problem};

/// Why bytes are refused as a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TokenKeyError {
    /// There are fewer than 16.
    TooShort {
        /// How many there are.
        bytes: usize,
    },
    /// They are all the same: a placeholder.
    OneByte,
}

impl fmt::Display for TokenKeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Lang::En))
    }
}

impl std::error::Error for TokenKeyError {}

impl Problem for TokenKeyError {
    fn code(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "key_too_short",
            Self::OneByte => "key_of_one_byte",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let fault = Fault::new(self.code());
        let fault = match self {
            Self::TooShort { bytes } => {
                let least = format!("{LEAST_KEY_BYTES} bytes or more");
                fault.found(format!("{bytes} bytes"), least).says(
                    format!("the key has {bytes} bytes, fewer than {LEAST_KEY_BYTES}"),
                    format!("密钥只有 {bytes} 字节，不足 {LEAST_KEY_BYTES} 字节"),
                )
            }
            Self::OneByte => fault
                .found("one byte over and over", "random bytes")
                .says("the key is one byte over and over", "密钥各字节全部相同"),
        };
        vec![fault.remedy(
            "make a key of 32 bytes from a random source, and share it with nobody but the offices that compare",
            "请用随机源生成 32 字节密钥，且只与参与比对的单位共享",
        )]
    }
}
