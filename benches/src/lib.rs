//! Generators and suites of the benchmarks.
