//! The chain of the log's hashes, and its check.

use std::fmt;

use sha2::{Digest, Sha256};

use super::rows::LogRow;
use crate::error::{Fault, Problem};
use crate::roster::normal::hash::hex;

/// What stands before the first entry.
pub(super) const NOTHING_BEFORE: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The SHA-256 of bytes as 64 hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Numbers an entry, links it to the last of the log and adds it.
pub(super) fn append(log: &mut Vec<LogRow>, mut row: LogRow) {
    row.seq = log.len();
    row.previous = log.last().map_or_else(|| NOTHING_BEFORE.to_owned(), |last| last.hash.clone());
    row.hash = sha256(row.text().as_bytes());
    log.push(row);
}

/// What is wrong where a log breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BrokenLinkKind {
    /// The entries are not numbered 0, 1, 2 …: one is missing, or out of place.
    Number,
    /// It does not hold the hash of the entry before.
    Previous,
    /// Its own hash is not that of its text: it was changed.
    Hash,
    /// It takes back an entry that is not there, was taken back already, or can't be.
    Undone,
    /// What was saved beside the log is not what the entry is about.
    Content,
}

/// The first place where a log breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenLink {
    /// The place in the list, from 0.
    pub at: usize,
    /// What is wrong there.
    pub kind: BrokenLinkKind,
}

impl fmt::Display for BrokenLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.at;
        match self.kind {
            BrokenLinkKind::Number => write!(f, "entry {at} of the log has another number"),
            BrokenLinkKind::Previous => {
                write!(f, "entry {at} of the log does not follow from the one before")
            }
            BrokenLinkKind::Hash => write!(f, "entry {at} of the log was changed"),
            BrokenLinkKind::Undone => write!(f, "entry {at} of the log takes back what it can't"),
            BrokenLinkKind::Content => write!(f, "entry {at} of the log is about other decisions"),
        }
    }
}

impl std::error::Error for BrokenLink {}

impl Problem for BrokenLink {
    fn code(&self) -> &'static str {
        match self.kind {
            BrokenLinkKind::Number => "log_number",
            BrokenLinkKind::Previous => "log_previous",
            BrokenLinkKind::Hash => "log_hash",
            BrokenLinkKind::Undone => "log_undone",
            BrokenLinkKind::Content => "log_content",
        }
    }

    fn faults(&self) -> Vec<Fault> {
        let at = self.at;
        let zh = match self.kind {
            BrokenLinkKind::Number => format!("日志第 {at} 条的序号不对"),
            BrokenLinkKind::Previous => format!("日志第 {at} 条与前一条不相连"),
            BrokenLinkKind::Hash => format!("日志第 {at} 条被改动过"),
            BrokenLinkKind::Undone => format!("日志第 {at} 条所撤销的操作不可撤销"),
            BrokenLinkKind::Content => format!("日志第 {at} 条与所存判定不符"),
        };
        let fault = Fault::new(self.code()).at(at).says(self.to_string(), zh);
        vec![fault.remedy("compare the log with a copy from elsewhere", "请与另处保存的日志核对")]
    }
}

/// Checks a log from its first entry on.
///
/// # Errors
///
/// [`BrokenLink`]: the first entry that does not follow.
///
/// # Complexity
///
/// O(entries) time.
///
/// ```
/// assert_eq!(gridcore::roster::verify_log(&[]), Ok(()));
/// ```
pub fn verify_log(log: &[LogRow]) -> Result<(), BrokenLink> {
    let mut previous = NOTHING_BEFORE;
    for (at, row) in log.iter().enumerate() {
        let broken = |kind| Err(BrokenLink { at, kind });
        if row.seq != at {
            return broken(BrokenLinkKind::Number);
        }
        if row.previous != previous {
            return broken(BrokenLinkKind::Previous);
        }
        if row.hash != sha256(row.text().as_bytes()) {
            return broken(BrokenLinkKind::Hash);
        }
        previous = &row.hash;
    }
    match standing(log) {
        Ok(_) => Ok(()),
        Err(at) => Err(BrokenLink { at, kind: BrokenLinkKind::Undone }),
    }
}

/// The changes that hold, in order: what undoing would take back next stands last.
///
/// # Errors
///
/// The entry that takes back something other than the last change that held.
pub(super) fn standing(log: &[LogRow]) -> Result<Vec<usize>, usize> {
    let mut standing = Vec::new();
    for (at, row) in log.iter().enumerate() {
        use super::rows::ChangeKind as K;
        match (row.what, row.undoes) {
            (K::Decided | K::Updated, None) => standing.push(at),
            (K::Undone, Some(undone)) if standing.last() == Some(&undone) => {
                standing.pop();
            }
            (K::Reconciled | K::Deduplicated, None) if at == 0 => {}
            _ => return Err(at),
        }
    }
    Ok(standing)
}
