//! gridcore in the browser and in Node: each function converts, calls the core and converts back.

mod error;
pub mod id;
