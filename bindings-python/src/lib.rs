//! gridcore in Python.
