//! From a table to a side: which column is what, and every fault of the cells.
