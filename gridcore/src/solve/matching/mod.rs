//! The largest matching: as many rows as can have a column of their own, and why no more.
//!
//! ```
//! use gridcore::control::Control;
//! use gridcore::solve::assignment::Candidates;
//! use gridcore::solve::matching::maximum_matching;
//!
//! // Rows 0 and 2 have nothing but column 1.
//! let candidates = Candidates::from_arcs(3, 3, &[(0, 1, 0), (1, 0, 0), (1, 2, 0), (2, 1, 0)])?;
//! let matching = maximum_matching(&candidates, &mut Control::free()).expect("nothing stops it");
//! assert_eq!((matching.size, matching.columns.as_slice()), (2, [Some(1), Some(0), None].as_slice()));
//! let hall = matching.hall.as_ref().expect("a row is left over");
//! assert_eq!((hall.rows.as_slice(), hall.columns.as_slice()), ([0, 2].as_slice(), [1].as_slice()));
//! assert_eq!(matching.verify(&candidates), Ok(()));
//! # Ok::<(), gridcore::solve::assignment::AssignmentError>(())
//! ```

mod cover;
mod hall;
mod hopcroft_karp;

pub use cover::{Cover, Matching, MatchingViolation};
pub(in crate::solve) use hall::hall_set;
pub use hall::{HallSet, HallViolation};
pub use hopcroft_karp::maximum_matching;
