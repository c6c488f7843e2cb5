//! The conformance vectors and the surface parity check.
