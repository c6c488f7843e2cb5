//! Later rows, decisions and undo; saving, and the log that can be checked.
