"""A run's kernel over batches of rows, for an engine that holds the rows in partitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import Table, kind_of, roster_in, table_in, table_out
from ._progress import Progress, reins

if TYPE_CHECKING:
    from collections.abc import Callable

    from ._gridcore import BatchKernel as CoreKernel
    from ._roster_outcome import Reconciliation


class BatchKernel:
    """What a run has learnt, frozen (分区核对): its columns, keys, blocks that are cut, model and frequencies.

    An engine asks for the `keys` of all rows, sends each row under each of its keys to the bucket of that key, has
    every bucket scored, and the pairs of all buckets settled. Any number of buckets leads to the same pairs, each of
    them once, and to the answer of one call. A kernel is pickled as its JSON, so that workers can have it.

    >>> import gridcore as gc
    >>> left, right = [{"rid": "r-1", "姓名": "张三"}], [{"rid": "v-1", "姓名": "张三"}]
    >>> kernel = gc.reconcile(left, right).batch_kernel()
    >>> keys = kernel.keys(left, "left"), kernel.keys(right, "right")
    >>> pairs = kernel.score(left, keys[0], right, keys[1])
    >>> [(pair["left"], pair["right"]) for pair in pairs], len(kernel.settle(left, right, pairs).matched)
    ([(0, 0)], 1)
    """

    __slots__ = ("_core",)

    def __init__(self, core: CoreKernel) -> None:
        """Wraps a kernel of the core."""
        self._core = core

    @classmethod
    def from_json(cls, text: str) -> BatchKernel:
        """Loads a kernel that `to_json` saved; raises `GridcoreError` if the text is none."""
        return cls(_gridcore.BatchKernel.from_json(text))

    def to_json(self) -> str:
        """The kernel as versioned JSON, without rows; hashes of names are in it: keep it as the rosters are."""
        return self._core.to_json()

    def __reduce__(self) -> tuple[Callable[[str], BatchKernel], tuple[str]]:
        """Pickles the kernel as its JSON."""
        return BatchKernel.from_json, (self.to_json(),)

    @property
    def cut(self) -> list[int]:
        """The keys whose blocks are cut, ascending: no pair is sought under them."""
        return self._core.cut()

    def keys(self, table: Table, side: str = "left") -> Any:
        """The keys of all rows, by row and then key: row, key (below 2⁴⁰).

        Keys are personal data: whoever tries out all phones, say, finds out whose a key is.
        """
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

    def settle(
        self,
        left: Table,
        right: Table = None,
        pairs: Table = (),
        *,
        limit: int | None = None,
        progress: Progress = None,
    ) -> Reconciliation:
        """Settles the pairs of all batches, of whole tables: the answer of one call under this kernel, bit for bit.

        `pairs` have the columns left and right, rows of these tables; pairs are weighed again, so that weight and
        probability may be left out. The kernel of a deduplication takes no right.
        """
        from ._roster_outcome import Reconciliation

        tables = (roster_in(left), None if right is None else roster_in(right), table_in(pairs))
        with reins(limit, progress) as held:
            return Reconciliation(self._core.settle(*tables, held), kind_of(left))

    def __repr__(self) -> str:
        """How many keys are cut."""
        return f"BatchKernel(cut={len(self.cut)})"
