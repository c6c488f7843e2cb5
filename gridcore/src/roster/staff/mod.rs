//! Two editions of a staff roster: joined, left, transferred.
