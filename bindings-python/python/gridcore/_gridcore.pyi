from typing import Any, final

__all__ = [
    "BuildError",
    "Footprints",
    "Fronts",
    "GridcoreError",
    "Scheme",
    "Table",
    "Tree",
    "apportion",
    "area",
    "check_claim",
    "check_layout",
    "convert",
    "distances",
    "grid_code",
    "layout_of_counts",
    "layout_of_text",
    "read_claim",
    "register",
    "register_csv",
    "register_editions",
    "scaled_weights",
    "version",
    "zhongshan",
]

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

    @staticmethod
    def from_csv_lossy(
        bytes: bytes, wishes: dict[str, Any]
    ) -> tuple[Tree | None, list[dict[str, Any]], list[dict[str, int]]]:
        """Builds what can be built of the bytes of a CSV file."""

    def __len__(self) -> int:
        """How many grids there are."""

    def counts(self, position: int) -> list[int]:
        """The number of grids on each level of the subtree at a position, from level 0."""

    def index(self, codes: Any) -> bytes:
        """The positions of codes: of a list of str, or of an Arrow column of text."""

    def table(self, position: int | None = None) -> Table:
        """All grids as a table: code, parent, name, level, kind, footprint if any has one, and the weights."""

    def row(self, position: int) -> str:
        """One grid as a JSON row."""

    def codes(self, positions: bytes) -> Table:
        """The codes at positions, null where a position stands for none."""

    def parents(self, positions: bytes) -> bytes:
        """The parents of positions."""

    def ancestors_at(self, positions: bytes, level: int) -> bytes:
        """The grids on a level that positions lie in."""

    def lcas(self, a: bytes, b: bytes) -> bytes:
        """The lowest grids that both columns lie in."""

    def are_ancestors(self, above: bytes, below: bytes) -> list[bool | None]:
        """Whether each of the first is its counterpart in the second or lies above it; None where one is none."""

    def distances(self, a: bytes, b: bytes) -> list[int | None]:
        """How many steps lead from each of the first to its counterpart; None where one is none."""

    def depths(self, positions: bytes) -> list[int | None]:
        """How many steps each lies below the root; None for none."""

    def children_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The children of each."""

    def paths_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The way from the root to each."""

    def descendants_of(self, positions: bytes, level: int | None = None) -> tuple[list[int], bytes]:
        """Everything beneath each; on one level, if one is given."""

    def leaves_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The leaves beneath each."""

    def siblings_of(self, positions: bytes) -> tuple[list[int], bytes]:
        """The siblings of each."""

    def search(self, text: str, limit: int | None = None, level: int | None = None, under: int | None = None) -> str:
        """The grids that answer a text, the best first, as JSON rows."""

    def children_page(self, position: int, offset: int, limit: int) -> str:
        """A part of the children of a position, and how many there are, as JSON."""

    def spans(self, position: int, profile: str | None = None) -> str:
        """The spans of control of the subtree at a position, and who breaks the profile, as JSON."""

    def declared(self, rows: str) -> str:
        """Declared counts (JSON rows) beside the registered ones, as JSON rows."""

    def supervisors(self, position: int, bound: int) -> str:
        """The fewest extra grids that bring every span of the subtree at a position to a bound, as JSON."""

    def rollup(self, table: Any, by: str, measures: list[tuple[str, str, str | None]]) -> Table:
        """Rolls columns of a table up the tree."""

    def total(self, weight: str) -> Table:
        """The totals of a weight that the tree has: the code of each grid and the sum over it and all beneath it."""

    def to_json(self) -> str:
        """The tree as versioned JSON, by code; equal trees give equal bytes."""

    @staticmethod
    def from_json(text: str) -> Tree:
        """Loads a tree from its JSON."""

    def edit(self, edits: str) -> tuple[Tree, str]:
        """Applies edits (a JSON list), all or none: the new tree, and the way from old codes to new ones as JSON."""

    @staticmethod
    def join_edits(first: str, later: str) -> str:
        """Joins the changes of two edits, one after the other, into one list. Both, and the answer, are JSON."""

    def extract(self, position: int) -> Tree:
        """The subtree at a position as a tree of its own."""

    def __eq__(self, other: object, /) -> bool:
        """Whether two trees have the same grids in the same places."""

    def about(self) -> str:
        """The schema, the code scheme and the names of the weights, as JSON."""

    def fronts(self, rows: str) -> Fronts:
        """Lays fronts over the tree, from JSON rows."""

    def footprints(
        self,
        text: str | None,
        code_property: str | None,
        crs: str | None,
        invented: bool,
        close_rings: bool = False,
    ) -> Footprints:
        """Reads outlines from GeoJSON, or from the tree's own footprints if there is no text."""

    def to_svg(self, counts: str, options: str, footprints: Footprints) -> str:
        """The strength map in SVG: over outlines if there are any, else a treemap. Counts and options are JSON."""

    def to_geojson(self, counts: str, options: str, footprints: Footprints) -> str:
        """The strength map as GeoJSON, over outlines. Counts and options are JSON."""

@final
class Fronts:
    """Fronts (战线) over a tree: they never count in its totals."""

    def rows(self) -> str:
        """The fronts with their members, as JSON rows."""

    def counts(self) -> str:
        """How many grids of each level each front has, directly and in all it reaches, as JSON rows."""

    def of(self, position: int) -> str:
        """The codes of the fronts that the grid at a position belongs to, with the grid that brings it in, as JSON."""

    def members(self, front: str) -> bytes | None:
        """The positions of the members of a front; None if there is no such front."""

@final
class Footprints:
    """Outlines of grids, beside their tree."""

    def __len__(self) -> int:
        """How many grids have an outline."""

    def crs(self) -> str:
        """What the coordinates are measured in."""

    def invented(self) -> bool:
        """Whether the outlines are invented."""

    def to_geojson(self) -> str:
        """The outlines as a GeoJSON text."""

    def bounds(self) -> str:
        """The rectangle around all outlines, as JSON; null if there is none."""

    def to(self, crs: str) -> Footprints:
        """The same outlines in another reference."""

    def areas(self) -> list[float | None]:
        """The areas in square metres by position; None without an outline."""

    def locate(self, x: bytes, y: bytes, crs: str | None = None, level: int | None = None) -> bytes:
        """The positions of the grids that places lie in: on a level, or the lowest there are."""

    def adjacency(
        self,
        level: int,
        queen: bool = False,
        tolerance_m: float | None = None,
        least_border_m: float | None = None,
    ) -> str:
        """Which grids of a level touch, with the length of their border in metres, as JSON."""

    def check_tiling(self, tolerance_m2: float) -> str:
        """Overlaps, holes and overhangs among the outlines, as JSON rows."""

@final
class Scheme:
    """A code scheme (编码方案): named segments, nested by prefix or not."""

    def __new__(cls, definition: str) -> Scheme:
        """A scheme built in, by its name, or a definition as JSON."""

    def definition(self) -> str:
        """The definition as JSON."""

    def lengths(self) -> list[int]:
        """The lengths that a code may have, in characters."""

    def nests(self) -> bool:
        """Whether a code begins with its parent's."""

    def takes_integers(self) -> bool:
        """Whether codes may come as whole numbers."""

    def check(self, code: str) -> None:
        """Raises what is wrong with a code, if anything is."""

    def parse(self, code: str) -> str:
        """The parts of a code, as JSON."""

    def format(self, parts: list[tuple[str, str]]) -> str:
        """The code that is made of parts: pairs of a segment and its value."""

    def parent_of(self, code: str) -> str | None:
        """The code of the parent, where codes nest."""

    def extends(self, parent: str, child: str) -> bool:
        """Whether a code may stand beneath another."""

    def from_integer(self, number: int) -> str | None:
        """The code that a whole number stands for."""

    def strip(self, code: str) -> str:
        """The code without the zeros that fill it up."""

    def capacity_check(self, children: list[tuple[str, int]]) -> str:
        """Whether the scheme has room for so many children of each parent, as JSON."""

    def spread_check(self, total: int, parents: int) -> str | None:
        """What overflows if a total is spread evenly over so many parents, as JSON; None if nothing does."""

def version() -> str:
    """The version of the package, the same in Rust, Python and JavaScript."""

def grid_code(text: str, /) -> str:
    """Checks that a text can be the code (编码) of a grid and returns it."""

def convert(x: bytes, y: bytes, source: str, target: str) -> tuple[bytes, bytes]:
    """Converts columns of coordinates from one reference to another."""

def distances(origin: tuple[bytes, bytes], to: tuple[bytes, bytes], crs: str) -> bytes:
    """Distances in metres between columns of places, each of the first to its counterpart."""

def area(x: bytes, y: bytes, crs: str) -> float:
    """The area in square metres of the ring that places are the corners of."""

def layout_of_text(text: str) -> str:
    """A layout as JSON: its text, counts, total and fan-outs."""

def layout_of_counts(counts: list[int]) -> str:
    """The layout of counts, one for each level, as JSON."""

def check_layout(text: str, counts: list[int]) -> str:
    """Where a layout and counts differ, as JSON."""

def read_claim(text: str) -> str:
    """A rounded claim as JSON: its bounds, rule and measure word."""

def check_claim(text: str, count: int) -> str:
    """How a count stands to a rounded claim, as JSON."""

def apportion(seats: int, parties: str, method: str, minimum: int) -> str:
    """Shares seats among parties (a JSON list) by a method, as JSON."""

def scaled_weights(weights: list[float], decimals: int) -> list[int]:
    """Weights with decimals as whole numbers: each times 10 to the `decimals`."""

def register(year: int) -> Tree:
    """The tree of one edition of the register."""

def register_csv(year: int) -> str:
    """One edition of the register as CSV text."""

def register_editions() -> list[int]:
    """The years of the register's editions."""

def zhongshan(seed: int | None) -> tuple[Tree, str, str, str, str]:
    """The sample city: its tree, and its cover, fronts, staff and strength as JSON rows."""
