//! Ids of pairs and clusters: of record ids alone, so that they are the same in every run.

use crate::roster::RosterSide;

/// FNV-1a over 64 bits, each text closed by a byte that no UTF-8 has, then spread.
fn hashed(texts: &[&str], seed: u64) -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325_u64 ^ seed;
    for text in texts {
        for byte in text.bytes().chain([0xFF]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
    (hash ^ (hash >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93)
}

/// The id of a pair.
pub(crate) fn link_id(left: &str, right: &str) -> String {
    format!("{:016x}", hashed(&[left, right], 0))
}

/// The id of a cluster, by the record that stands for it.
pub(crate) fn cluster_id(side: RosterSide, id: &str) -> String {
    format!("{:016x}", hashed(&[id], side as u64 + 1))
}
