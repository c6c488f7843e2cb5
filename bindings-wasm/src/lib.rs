//! gridcore in the browser and in Node.
