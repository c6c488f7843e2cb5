//! Responsibility (责任): who answers for a grid, in a domain, at an hour, and why.
