//! The ledger of eligibility (应检尽检): eligible, exempt, done, refused, unreachable.
