//! The arithmetic of a city run as a tree of small grids (网格), each with a person who answers for it.
#![forbid(unsafe_code)]

pub mod error;
mod id;
pub mod tree;

pub use petgraph;

pub use error::{Fault, Lang, Problem};
pub use id::{GridCode, GridIndex, MalformedCode};
pub use tree::{
    Alphabet, CodeFormatError, CodeFormatFault, CodePart, CodeScheme, CodeSegment, DefinitionFault,
    ParsedCode, SchemeCapacity, SchemeDefinition, SchemeError, SchemeFault, SchemeOverflow, SchemeShape,
    SegmentClass,
};
