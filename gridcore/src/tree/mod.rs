//! The grid tree (网格体系).
