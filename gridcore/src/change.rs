//! One change applied to a tree and the duties over it: all effects with a ledger, or none with the reasons.
