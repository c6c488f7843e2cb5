//! Overlapping lists as one roster, with provenance.
