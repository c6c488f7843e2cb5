//! Values in one form: names, identity numbers, phones, dates, addresses.
//!
//! Every function here is pure and takes a text as somebody typed it; doing it twice changes nothing.

pub(crate) mod address;
mod canonical;
pub(crate) mod date;
pub(crate) mod hash;
pub(crate) mod identity;
pub(crate) mod latin;
pub(crate) mod letter;
pub(crate) mod missing;
pub(crate) mod name;
pub(crate) mod phone;
pub(crate) mod sex;
mod sheet;
pub(crate) mod text;
mod variant;

pub use canonical::canonical;
