//! Comparing two rows: a level for each comparison.
