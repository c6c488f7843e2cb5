//! gridcore in the browser and in Node: each function converts, calls the core and converts back.
//!
//! What JavaScript sees is the TypeScript facade in `js/`, which gives these functions their types.
#![expect(unreachable_pub, reason = "what wasm-bindgen exports has to be pub, wherever it stands")]

mod apportion;
mod argument;
mod asked;
mod builder;
mod claim;
mod column;
mod declared;
mod edit;
mod error;
mod fronts;
#[cfg(feature = "geo")]
mod geo;
mod id;
mod layout;
mod map;
mod report;
mod rollup;
mod rows;
#[cfg(feature = "samples")]
mod samples;
mod scheme;
mod search;
mod spans;
mod subtree;
mod supervisors;
mod table;
mod tree;
mod walk;
