"""Places, the references they are measured in, and the outlines of grids."""

from __future__ import annotations

import json
import sys
from array import array
from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import Column, column_out, is_numpy, library
from ._gridcore import Footprints as CoreFootprints

if TYPE_CHECKING:
    from .tree import GridTree


def _packed(column: Column) -> bytes:
    if is_numpy(column):
        return column.astype("<f8").tobytes()
    packed = array("d", [float(value) for value in column])
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def _unpacked(packed: bytes, like: Column) -> Any:
    if is_numpy(like):
        return library("numpy").frombuffer(packed, "<f8")
    values = array("d", packed)
    if sys.byteorder == "big":
        values.byteswap()
    return values.tolist()


def convert(x: Column, y: Column, source: str, target: str) -> tuple[Any, Any]:
    """Converts columns of degrees east and north from one reference to another.

    References: `wgs84`, `cgcs2000`, `gcj02`, `bd09`, `metres:NAME`.
    """
    east, north = _gridcore.convert(_packed(x), _packed(y), source, target)
    return _unpacked(east, x), _unpacked(north, y)


def distance(x1: Column, y1: Column, x2: Column, y2: Column, *, crs: str = "wgs84") -> Any:
    """Distances in metres on the ellipsoid (in a plane for metres), each place of the first to its counterpart."""
    found = _gridcore.distances((_packed(x1), _packed(y1)), (_packed(x2), _packed(y2)), crs)
    return _unpacked(found, x1)


def area(x: Column, y: Column, *, crs: str = "wgs84") -> float:
    """The area in square metres of the ring that places are the corners of; its edges are straight on the map."""
    return _gridcore.area(_packed(x), _packed(y), crs)


class Footprints:
    """Outlines of grids beside their tree."""

    __slots__ = ("_core", "_tree")

    def __init__(self, tree: GridTree, core: CoreFootprints) -> None:
        """Wraps footprints of the core."""
        self._tree = tree
        self._core = core

    def __len__(self) -> int:
        """How many grids have an outline."""
        return len(self._core)

    @property
    def crs(self) -> str:
        """What the coordinates are measured in."""
        return self._core.crs()

    @property
    def invented(self) -> bool:
        """Whether the outlines are invented."""
        return self._core.invented()

    def bounds(self) -> dict[str, float] | None:
        """The rectangle around all outlines: `west`, `south`, `east`, `north`; None if there is no outline."""
        return json.loads(self._core.bounds())

    def to(self, crs: str) -> Footprints:
        """The same outlines in another reference."""
        return Footprints(self._tree, self._core.to(crs))

    def to_geojson(self) -> str:
        """The outlines as GeoJSON, with the code, name, level, kind and path of each grid."""
        return self._core.to_geojson()

    def areas(self) -> list[float | None]:
        """The areas in square metres by position; None without an outline."""
        return self._core.areas()

    def locate(self, x: Column, y: Column, *, crs: str | None = None, level: int | None = None) -> list[str | None]:
        """The codes of the grids that places lie in: on a level, or the lowest there are; None outside."""
        packed = self._core.locate(_packed(x), _packed(y), crs, level)
        return column_out(self._tree._core.codes(packed), "code", [])

    def adjacency(
        self,
        level: int,
        *,
        queen: bool = False,
        tolerance_m: float | None = None,
        least_border_m: float | None = None,
    ) -> dict[str, Any]:
        """Which grids of a level touch: `borders` (`a`, `b`, `border_m`), `islands`, `without_outline`."""
        return json.loads(self._core.adjacency(level, queen, tolerance_m, least_border_m))

    def check_tiling(self, tolerance_m2: float) -> list[dict[str, Any]]:
        """Overlaps, holes and overhangs among the outlines that are larger than a tolerance."""
        return json.loads(self._core.check_tiling(tolerance_m2))
