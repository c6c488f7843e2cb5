"""The reins of long calls: a limit of work, and who hears of progress."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any, TypeAlias, cast

from ._frames import library, wrong_type

# True for a bar of tqdm, if it is installed; or a function that gets the work done, and the work in all if it is known.
Progress: TypeAlias = bool | Callable[[int, int | None], object] | None


@contextmanager
def reins(limit: int | None, progress: Progress) -> Generator[dict[str, Any]]:
    """What the core takes to hold long work: a limit of units, and a callback."""
    units = cast("object", limit)
    if units is not None and not (isinstance(units, int) and 0 <= units < 1 << 64):
        raise wrong_type("limit", units, "a whole number of units of work")
    if progress is not None and not isinstance(progress, bool) and not callable(progress):
        raise wrong_type("progress", progress, "True, False or a function")
    if progress is not True:
        yield {"limit": limit, "watch": progress or None}
        return
    if importlib.util.find_spec("tqdm") is None:
        yield {"limit": limit, "watch": None}
        return
    with library("tqdm.auto").tqdm(unit="unit", unit_scale=True) as bar:

        def watch(done: int, total: int | None) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield {"limit": limit, "watch": watch}
