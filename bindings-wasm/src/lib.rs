//! gridcore in the browser and in Node: each function converts, calls the core and converts back.
//!
//! What JavaScript sees is the TypeScript facade in `js/`, which gives these functions their types.
#![expect(unreachable_pub, reason = "what wasm-bindgen exports has to be pub, wherever it stands")]

#[cfg(feature = "responsibility")]
mod alert;
#[cfg(feature = "notation")]
mod apportion;
mod argument;
mod asked;
#[cfg(feature = "roster")]
mod batch;
mod builder;
#[cfg(feature = "responsibility")]
mod change;
#[cfg(feature = "notation")]
mod claim;
mod column;
#[cfg(feature = "csv")]
mod csv;
#[cfg(feature = "notation")]
mod declared;
#[cfg(feature = "deployment")]
mod deployment;
#[cfg(feature = "edit")]
mod edit;
mod error;
#[cfg(feature = "responsibility")]
mod events;
#[cfg(feature = "fronts")]
mod fronts;
#[cfg(feature = "geo")]
mod geo;
mod id;
#[cfg(feature = "notation")]
mod layout;
#[cfg(feature = "roster")]
mod ledger;
#[cfg(feature = "map")]
mod map;
#[cfg(feature = "roster")]
mod merge;
mod report;
#[cfg(feature = "responsibility")]
mod responsibility;
mod rollup;
#[cfg(feature = "roster")]
mod roster;
#[cfg(feature = "roster")]
mod roster_table;
mod rows;
#[cfg(feature = "samples")]
mod samples;
mod scheme;
mod search;
#[cfg(feature = "deployment")]
mod shifts;
#[cfg(feature = "solve")]
mod solve;
mod spans;
#[cfg(feature = "roster")]
mod staff;
mod subtree;
mod supervisors;
mod table;
#[cfg(feature = "deployment")]
mod teams;
#[cfg(feature = "roster")]
mod tokens;
mod tree;
mod walk;
#[cfg(any(feature = "responsibility", feature = "roster", feature = "solve"))]
mod watch;
