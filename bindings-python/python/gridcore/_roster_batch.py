"""A run's kernel over batches of rows, for an engine that holds the rows in partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._frames import Table, kind_of, roster_in, table_in, table_out
from ._progress import Progress, reins

if TYPE_CHECKING:
    from ._gridcore import BatchKernel as CoreKernel


class BatchKernel:
    """What a run has learnt, frozen (分区核对): its columns, keys, blocks that are cut, model and frequencies.

    An engine asks for the `keys` of all rows, sends each row under each of its keys to the bucket of that key, and has
    every bucket scored. Any number of buckets leads to the same pairs, each of them once.

    >>> import gridcore as gc
    >>> rows = [{"rid": "r-1", "姓名": "张三"}], [{"rid": "v-1", "姓名": "张三"}]
    >>> kernel = gc.reconcile(*rows).batch_kernel()
    >>> keys = [kernel.keys(table, side) for table, side in zip(rows, ("left", "right"))]
    >>> [(pair["left"], pair["right"]) for pair in kernel.score(rows[0], keys[0], rows[1], keys[1])]
    [(0, 0)]
    """

    __slots__ = ("_core",)

    def __init__(self, core: CoreKernel) -> None:
        """Wraps a kernel of the core."""
        self._core = core

    @property
    def cut(self) -> list[int]:
        """The keys whose blocks are cut, ascending: no pair is sought under them."""
        return self._core.cut()

    def keys(self, table: Table, side: str = "left") -> Any:
        """The keys of all rows, by row and then key: row, key (below 2⁴⁰; it says nothing about the person)."""
        return table_out(self._core.keys(roster_in(table), side), kind_of(table))

    def score(
        self,
        left: Table,
        left_keys: Table,
        right: Table,
        right_keys: Table,
        *,
        limit: int | None = None,
        progress: Progress = None,
    ) -> Any:
        """The scored pairs of a batch: left, right (rows of these tables), weight, probability.

        The keys of either side are those of the batch's rows that belong in this bucket, renumbered to the rows given.
        """
        rows = (roster_in(left), table_in(left_keys), roster_in(right), table_in(right_keys))
        with reins(limit, progress) as held:
            return table_out(self._core.score(*rows, held), kind_of(left))

    def __repr__(self) -> str:
        """How many keys are cut."""
        return f"BatchKernel(cut={len(self.cut)})"
