"""Operations of the shared vectors, cut by room; each file has its part of the dispatch table."""
