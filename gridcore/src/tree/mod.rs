//! The grid tree (网格体系).

mod scheme;

pub use scheme::{
    Alphabet, CodeFormatError, CodeFormatFault, CodePart, CodeScheme, CodeSegment, DefinitionFault,
    ParsedCode, SchemeCapacity, SchemeDefinition, SchemeError, SchemeFault, SchemeOverflow, SchemeShape,
    SegmentClass,
};
