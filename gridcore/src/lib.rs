//! The arithmetic of a city run as a tree of small grids (网格), each with a person who answers for it.
//!
//! Values go in, an immutable handle stands in the middle, values come out:
//!
//! ```
//! use gridcore::{GridRow, GridTree};
//!
//! let tree = GridTree::from_rows([
//!     GridRow::new("442000", "中山市"),
//!     GridRow::new("442000001", "石岐街道").under("442000"),
//!     GridRow::new("442000002", "东区街道").under("442000"),
//! ])?;
//! assert_eq!(tree.counts(), [1, 2]);
//! # Ok::<(), gridcore::BuildError>(())
//! ```
#![forbid(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod change;
pub mod control;
pub mod deployment;
pub mod error;
#[cfg(feature = "geo")]
pub mod geo;
mod id;
pub mod map;
pub mod responsibility;
#[cfg(feature = "roster")]
pub mod roster;
#[cfg(feature = "samples")]
pub mod samples;
#[cfg(feature = "serde")]
mod saved;
pub mod solve;
mod time;
pub mod tree;

pub use petgraph;

pub use deployment::{Deployment, Plan};
pub use error::{Fault, Lang, Problem};
pub use id::{Domain, GridCode, GridIndex, MalformedCode, Mode, PersonId, PostId, Skill, TeamId, UnitId};
pub use responsibility::{
    Alerts, AssignmentRow, DutyError, DutyTables, Events, ModeLayer, Responsibility, Verdict,
};
pub use time::{EmptyInterval, Interval};
#[cfg(feature = "serde")]
pub use tree::LoadError;
pub use tree::{
    Alphabet, Apportion, ApportionCertificate, ApportionError, ApportionFault, ApportionMethod,
    ApportionParty, ApportionTie, Apportionment, BuildError, Claim, ClaimCheck, ClaimError, ClaimRule,
    ClaimVerdict, CodeFormatError, CodeFormatFault, CodePart, CodeScheme, CodeSegment, DefinitionFault, Edit,
    EditError, EditMap, Edited, GridColumns, GridRow, GridTable, GridTree, GridTreeBuilder, Layout,
    LayoutError, LayoutFault, LayoutMismatch, LevelSchema, Lossy, ParsedCode, RemainderClaim, Root,
    SchemeCapacity, SchemeDefinition, SchemeError, SchemeFault, SchemeOverflow, SchemeShape, SeatClaim,
    SegmentClass, scaled_weights,
};
pub use tree::{ChildPage, ChildRow, Ragged, TooManyValues};
pub use tree::{DeclaredRow, DeclaredTable, FrontRow, Fronts, SpanProfile, Spans, SupervisorPlan};
pub use tree::{Hit, HitRow, Match, Search};
pub use tree::{Measure, MeasureValues, Rollup, RollupError};

/// The examples of the front page are run like any other.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct FrontPage;
