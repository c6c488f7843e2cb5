//! Where each row ends: matched, missing, extra, duplicate, review; conflicts, moves, households, tables by grid.
