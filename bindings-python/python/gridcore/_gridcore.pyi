from typing import Any

__all__ = ["GridcoreError", "grid_code", "version"]

class GridcoreError(ValueError):
    """What the core refuses: `code` is the stable name, `faults` lists every fault behind it."""

    code: str
    faults: list[dict[str, Any]]

def version() -> str:
    """The version of the package, the same in Rust, Python and JavaScript."""

def grid_code(text: str, /) -> str:
    """Checks that a text can be the code (编码) of a grid and returns it."""
