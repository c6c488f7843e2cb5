from typing import Any, final

__all__ = ["BuildError", "GridcoreError", "Table", "Tree", "grid_code", "version"]

class GridcoreError(ValueError):
    """What the core refuses: `code` is the stable name, `faults` lists every fault behind it."""

    code: str
    faults: Any

class BuildError(GridcoreError):
    """A table that makes no tree: `faults` lists every fault."""

@final
class Table:
    """A table on its way out: any Arrow consumer reads it without a copy."""

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The table as a capsule that holds an Arrow C stream."""

    def __len__(self) -> int:
        """How many rows the table has."""

    def names(self) -> list[str]:
        """The names of the columns."""

    def rows(self) -> list[dict[str, Any]]:
        """The rows as dicts."""

    def column(self, name: str) -> list[Any]:
        """One column as a list."""

@final
class Tree:
    """The tree of grids (网格体系): validated, immutable."""

    @staticmethod
    def build(table: Any, wishes: dict[str, Any]) -> Tree:
        """Builds a tree from a table."""

    @staticmethod
    def from_csv(bytes: bytes, wishes: dict[str, Any]) -> Tree:
        """Builds a tree from the bytes of a CSV file."""

    @staticmethod
    def build_lossy(
        table: Any, wishes: dict[str, Any]
    ) -> tuple[Tree | None, list[dict[str, Any]], list[dict[str, int]]]:
        """Builds what can be built: a tree or None, the faults, the rejected rows with their causes."""

    def __len__(self) -> int:
        """How many grids there are."""

    def counts(self, position: int) -> list[int]:
        """The number of grids on each level of the subtree at a position, from level 0."""

    def index(self, codes: Any) -> bytes:
        """The positions of codes: of a list of str, or of an Arrow column of text."""

    def table(self, positions: bytes | None = None) -> Table:
        """The grids at positions as a table: code, parent, name, level, kind, and the weights."""

    def codes(self, positions: bytes) -> Table:
        """The codes at positions, null where a position stands for none."""

    def parents(self, positions: bytes) -> bytes:
        """The parents of positions."""

    def ancestors_at(self, positions: bytes, level: int) -> bytes:
        """The grids on a level that positions lie in."""

    def lcas(self, a: bytes, b: bytes) -> bytes:
        """The lowest grids that both columns lie in."""

    def children(self, position: int) -> bytes:
        """The children of a position."""

    def path(self, position: int) -> bytes:
        """The way from the root to a position."""

def version() -> str:
    """The version of the package, the same in Rust, Python and JavaScript."""

def grid_code(text: str, /) -> str:
    """Checks that a text can be the code (编码) of a grid and returns it."""
