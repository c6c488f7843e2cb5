//! Keyed tokens in the place of identity numbers.
