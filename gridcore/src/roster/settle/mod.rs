//! Who goes with whom: matching, clusters.
