"""Rosters reconciled (核对): every row of either accounted for, every decision explained."""

from __future__ import annotations

import json
from html import escape
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast, overload

from . import _gridcore
from ._frames import (
    Table,
    kind_of,
    list_in,
    record_in,
    records_out,
    refusal,
    roster_in,
    rows_in,
    second_in,
    table_in,
    table_out,
    wrong_type,
)
from ._gridcore import GridcoreError
from ._progress import Progress, reins
from ._roster_batch import BatchKernel
from ._roster_explain import Explanation, RowExplanation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, tzinfo
    from os import PathLike

    from ._gridcore import Reconciliation as CoreReconciliation
    from .tree import GridTree


def reconcile(
    left: Table,
    right: Table,
    rules: Mapping[str, Any] | None = None,
    tree: GridTree | None = None,
    progress: Progress = True,
    *,
    limit: int | None = None,
) -> Reconciliation:
    """Reconciles two rosters (名册核对), a register and visits, say: every row of either ends in exactly one state.

    Nothing has to be said: columns are recognised by their headers and values, candidates are chosen, and the weights
    are learnt from the two rosters themselves. `rules` say otherwise, see `gridcore.rules`; with a `tree` grids near to
    each other count as nearly equal, and tables go up it. Tables come back as the kind that `left` is.

    `limit` is in candidate pairs; `progress` shows a bar if tqdm is installed, or is a function that hears of it.

    Raises `GridcoreError` with every fault of both rosters, by row and column; no fault shows what a cell holds.

    >>> import gridcore as gc
    >>> register = [
    ...     {"rid": "r-1", "姓名": "张三", "电话": "13800138000"},
    ...     {"rid": "r-2", "姓名": "李四", "电话": "13900139000"},
    ... ]
    >>> visits = [
    ...     {"rid": "v-1", "姓名": "張三", "电话": "138 0013 8000"},
    ...     {"rid": "v-2", "姓名": "王五", "电话": None},
    ... ]
    >>> result = gc.reconcile(register, visits)
    >>> [(row["left"], row["right"]) for row in result.matched], [row["id"] for row in result.missing]
    ([('r-1', 'v-1')], ['r-2'])
    """
    tables = (roster_in(left), roster_in(right))
    with reins(limit, progress) as held:
        core = _gridcore.reconcile_rosters(*tables, _rules(rules), None if tree is None else tree._core, held)
    return Reconciliation(core, kind_of(left))


def deduplicate(
    roster: Table,
    rules: Mapping[str, Any] | None = None,
    tree: GridTree | None = None,
    progress: Progress = True,
    *,
    limit: int | None = None,
) -> Reconciliation:
    """Finds the rows of one roster that stand for the same person (查重): one of each is kept.

    >>> import gridcore as gc
    >>> names = ["张三", "張三", "李四", "王五", "赵六"]
    >>> [(row["id"], row["of"]) for row in gc.deduplicate(rows).duplicates]
    [('1', '0')]
    """
    table = roster_in(roster)
    with reins(limit, progress) as held:
        core = _gridcore.deduplicate_roster(table, _rules(rules), None if tree is None else tree._core, held)
    return Reconciliation(core, kind_of(roster))


def estimate(
    left: Table,
    right: Table = None,
    rules: Mapping[str, Any] | None = None,
    progress: Progress = None,
    *,
    limit: int | None = None,
) -> dict[str, Any]:
    """What a run would compare and cut (运行前预估), without comparing anything; of one roster, what freeing it would.

    Keys: `columns` (what each would be taken for), `left_rows`, `right_rows`, `pairs` (compared at most, counted under
    each key that they share), `allowed_pairs`, `cut_pairs`, `rules` (of each blocking key: rule, left_rows,
    right_rows, blocks, pairs, cut_blocks, cut_pairs) and `cut` (the largest blocks that would be cut).

    >>> import gridcore as gc
    >>> rows = [{"电话": "13800138000"}, {"电话": "13900139000"}]
    >>> estimate = gc.roster.estimate(rows, rows)
    >>> estimate["pairs"] <= estimate["allowed_pairs"], estimate["rules"][0]["rule"], estimate["cut"]
    (True, 'phone', [])
    """
    tables = (roster_in(left), None if right is None else roster_in(right))
    with reins(limit, progress) as held:
        return json.loads(_gridcore.estimate_rosters(*tables, _rules(rules), held))


def verify_log(log: Iterable[Mapping[str, Any]]) -> None:
    """Checks a log from its first entry on; raises `GridcoreError` with the first that does not follow.

    Whoever keeps the last hash in another place can show that the log is whole.
    """
    _gridcore.verify_roster_log(rows_in("log", log))


def _stamp(at: int | datetime | None, by: str | None, tz: str | tzinfo | None) -> dict[str, Any]:
    stamp = {"at": second_in("at", at, tz), "by": by}
    return {name: value for name, value in stamp.items() if value is not None}


def _decided(pairs: Any, decision: str) -> list[dict[str, str]]:
    one = isinstance(pairs, tuple)
    listed: list[Any] = [pairs] if one else list_in("pairs", pairs, "a pair of record ids or several")
    found: list[dict[str, str]] = []
    for number, pair in enumerate(listed):
        if not isinstance(pair, tuple | list) or len(cast("list[str]", pair)) != 2:
            raise wrong_type("pairs", cast("object", pair), "a pair of record ids", number)
        left, right = (_id("pairs", value, number) for value in cast("list[object]", pair))
        found.append({"left": left, "right": right, "decision": decision})
    return found


def _id(what: str, value: object, row: int | None = None) -> str:
    """A record id; a number is called by its digits, as the core does."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise wrong_type(what, value, "a record id", row)
    return str(int(value))


def _ids(what: str, ids: Any) -> list[str]:
    listed = list_in(what, ids.to_list() if hasattr(ids, "to_list") else ids, "a list of record ids")
    return [_id(what, value, number) for number, value in enumerate(listed)]


def _rules(rules: Mapping[str, Any] | None) -> dict[str, Any]:
    return {} if rules is None else record_in("rules", rules)


class Reconciliation:
    """What came of a reconciliation: immutable; tables come back as the kind of the first roster.

    Each row is in exactly one of matched, missing (of the left alone), extra (of the right alone), duplicate and
    review; of a deduplication in kept, duplicate or review. Rows are numbered from 0 in the caller's tables.
    """

    __slots__ = ("_core", "_like")

    def __init__(self, core: CoreReconciliation, like: Table = None) -> None:
        """Wraps a reconciliation of the core; `like` is a table of the kind in which results come back."""
        self._core = core
        self._like = like

    def _table(self, name: str) -> Any:
        return table_out(self._core.table(name), self._like)

    @property
    def matched(self) -> Any:
        """The pairs of rows of the same person (一致), with what agrees and the probability."""
        return self._table("matched")

    @property
    def missing(self) -> Any:
        """Rows of the left without a counterpart (漏登), with the reason and the nearest row of the right."""
        return self._table("missing")

    @property
    def missed(self) -> Any:
        """The same as `missing`: who was never reached."""
        return self.missing

    @property
    def extra(self) -> Any:
        """Rows of the right without a counterpart (多出)."""
        return self._table("extra")

    @property
    def duplicates(self) -> Any:
        """Rows that another row of their own side stands for (重复)."""
        return self._table("duplicates")

    @property
    def review(self) -> Any:
        """Pairs that somebody has to look at (待核)."""
        return self._table("review")

    @property
    def conflicts(self) -> Any:
        """The fields in which matched pairs disagree, masked; with the identity number that was probably meant."""
        return self._table("conflicts")

    def repairs(self, *, shown: bool = False) -> Any:
        """Identity numbers with a wrong check digit and what was probably meant (更正建议): proposed, never put in.

        Of all rows of both sides, matched or not: side, id, row, field, value, repair, and whether it is `confirmed` by
        being the counterpart's. Numbers are masked unless `shown`.

        >>> import gridcore as gc
        >>> row = {"身份证号": "110101199004071233", "出生日期": "1990-03-07"}
        >>> [row["repair"] for row in gc.deduplicate([row]).repairs(shown=True)]
        ['110101199003071233']
        """
        return table_out(self._core.repairs(shown), self._like)

    @property
    def moved(self) -> Any:
        """Matched people whose grids differ (变动), with the deepest grid that holds both."""
        return self._table("moved")

    @property
    def households(self) -> Any:
        """Households (户): where their members were found, and the status, such as lives_here or paper_only."""
        return self._table("households")

    @property
    def clusters(self) -> Any:
        """All rows of both sides by person; a cluster's id stays the same from run to run."""
        return self._table("clusters")

    @property
    def counts(self) -> Any:
        """How many rows of each side came to each state (平衡表): side, state, rows."""
        return self._table("counts")

    @property
    def columns(self) -> Any:
        """What each column was taken for, and how that was told: side, column, kind, how, field."""
        return records_out(json.loads(self._core.columns()), self._like)

    @property
    def model(self) -> dict[str, Any]:
        """The model by which pairs were weighed, as `rules` take it."""
        return json.loads(self._core.model())

    @property
    def rules(self) -> dict[str, Any]:
        """The rules, with the defaults that applied."""
        return json.loads(self._core.rules())

    @property
    def report(self) -> dict[str, Any]:
        """What was compared, cut and settled, in figures.

        Keys: `left_rows`, `right_rows`, `estimated_pairs` (that share a key, known beforehand), `compared_pairs`,
        `kept_pairs`, `cut_blocks`, `cut_pairs`, `settle`, `match_at`, `review_at`, `groups` (of pairs that hang
        together), `largest_group`, `greedy_groups`, `gap` (by how much the settling may fall short of the best; None of
        clusters), `uncompared_rows` (the pairs allowed were used up).
        """
        return json.loads(self._core.report())

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What was found wrong in the tables without keeping them from being read: like the `faults` of an error."""
        return self._core.notes()

    @property
    def blocking(self) -> Any:
        """The keys under which pairs were sought (分块), and what became of each."""
        names = ("rule", "blocks", "estimate", "pairs", "cut_blocks", "cut_pairs")
        return records_out(json.loads(self._core.blocking()), self._like, names)

    @property
    def cut(self) -> Any:
        """Blocks that were too large, the largest first: their pairs are compared only under other keys."""
        return records_out(json.loads(self._core.cut()), self._like, ("rule", "left", "right", "pairs"))

    def by(self, by: str | int = "grid", tree: GridTree | None = None) -> Any:
        """What came of the rows of each grid: as rows name them ("grid"), of a level of the tree, or of "all" of it.

        A `tree` takes the place of the one that the reconciliation was made with. The last row, without a grid, holds
        what no grid could be told for: no row is left out.
        """
        level = by if isinstance(by, int) and not isinstance(by, bool) and 0 <= by <= 255 else None
        if level is None and by not in ("grid", "all"):
            raise wrong_type("by", by, '"grid", "all" or a level from 0 to 255')
        return table_out(self._core.by(level, by == "all", None if tree is None else tree._core), self._like)

    def states(self, side: str = "left") -> list[str]:
        """What came of each row of a side, in the order of its table."""
        return self._core.states(side)

    @overload
    def explain(self, of: str | int, lang: str = "en", *, side: str | None = None) -> RowExplanation: ...

    @overload
    def explain(
        self, of: tuple[str | int, str | int], lang: str = "en", *, shown: bool = False, side: str | None = None
    ) -> Explanation: ...

    def explain(
        self,
        of: str | int | tuple[str | int, str | int],
        lang: str = "en",
        *,
        shown: bool = False,
        side: str | None = None,
    ) -> Explanation | RowExplanation:
        """Why a row came to its state, by its record id; or why two rows were put together or not, by theirs.

        A pair is of the left and the right (of a deduplication, of the one roster); with `side` of that side, whose
        rows may double each other. A single id is looked for on the left and then on the right, or on the `side` that
        is named. `lang` is "en" or "zh"; `shown` shows values that else are masked.
        """
        if isinstance(of, tuple):
            if len(cast("tuple[object, ...]", of)) != 2:
                raise wrong_type("of", of, "a record id or a pair of them")
            left, right = (_id("of", value) for value in of)
            pair = self._core.explain_pair(left, right, side, lang, shown)
            if pair is not None:
                return Explanation(json.loads(pair[0]), pair[1], pair[2], self._like)
        else:
            one = _id("of", of)
            for place in ("left", "right") if side is None else (side,):
                row = self._core.explain_row(one, place, lang)
                if row is not None:
                    return RowExplanation(json.loads(row[0]), row[1], self._like)
        message, message_zh = "there is no row with this record id", "没有该记录编号的行"
        raise refusal(GridcoreError, "unknown_record", message, message_zh)

    def decide(
        self,
        pairs: Table,
        decision: str | None = None,
        *,
        at: int | datetime | None = None,
        by: str | None = None,
        tz: str | tzinfo | None = None,
        limit: int | None = None,
        progress: Progress = None,
    ) -> Reconciliation:
        """Says of pairs that they are the same person or not (人工判定), and settles anew; nothing is compared again.

        `pairs` are a pair of record ids with its `decision` ("same", "different", or "open" to take one back), a list
        of such pairs, or a table with columns left, right, decision. All are taken over, or none. `at` and `by` (a
        token, never a name) go into the log.

        >>> import gridcore as gc
        >>> rows = [{"rid": "r-1", "姓名": "张三"}], [{"rid": "v-1", "姓名": "李四"}]
        >>> decided = gc.reconcile(*rows).decide(("r-1", "v-1"), "same", by="p-7")
        >>> [row["tier"] for row in decided.matched], decided.log[-1]["what"]
        (['decided'], 'decided')
        """
        stamp = _stamp(at, by, tz)
        table = table_in(pairs) if decision is None else _decided(pairs, decision)
        with reins(limit, progress) as held:
            return Reconciliation(self._core.decide(table, stamp, held), self._like)

    def update(
        self,
        left: Table = None,
        right: Table = None,
        *,
        remove_left: Iterable[str | int] = (),
        remove_right: Iterable[str | int] = (),
        at: int | datetime | None = None,
        by: str | None = None,
        tz: str | tzinfo | None = None,
        limit: int | None = None,
        progress: Progress = None,
    ) -> Reconciliation:
        """Takes later rows over (增量更新): one whose record id is known replaces that row, another is added.

        The model, the tables of frequency and the caps of the first run hold on: under these the answer is the one that
        all rows at once would give.
        """
        stamp = _stamp(at, by, tz)
        tables = (None if left is None else roster_in(left), None if right is None else roster_in(right))
        gone = (_ids("remove_left", remove_left), _ids("remove_right", remove_right))
        with reins(limit, progress) as held:
            return Reconciliation(self._core.update(*tables, *gone, stamp, held), self._like)

    def rerun(
        self, left: Table, right: Table = None, *, limit: int | None = None, progress: Progress = None
    ) -> Reconciliation:
        """Reconciles other tables with the same columns under what this run has learnt.

        Its rules, model, tables of frequency and caps hold on; decisions are not taken over, and the log begins anew.
        """
        tables = (roster_in(left), None if right is None else roster_in(right))
        with reins(limit, progress) as held:
            return Reconciliation(self._core.rerun(*tables, held), kind_of(left))

    def undo(
        self,
        *,
        at: int | datetime | None = None,
        by: str | None = None,
        tz: str | tzinfo | None = None,
        limit: int | None = None,
        progress: Progress = None,
    ) -> Reconciliation:
        """Takes back the last change that holds (撤销): decisions, or an update. The log keeps both."""
        stamp = _stamp(at, by, tz)
        with reins(limit, progress) as held:
            return Reconciliation(self._core.undo(stamp, held), self._like)

    def batch_kernel(self, cut: Iterable[int] | None = None) -> BatchKernel:
        """What this run has learnt, frozen, to score rows in batches; with keys to `cut` instead of its own."""
        return BatchKernel(self._core.batch_kernel(None if cut is None else list(cut)))

    @property
    def log(self) -> list[dict[str, Any]]:
        """The log (审计日志), only ever added to: each entry holds the hash of the one before. See `verify_log`."""
        return json.loads(self._core.log())

    @property
    def decisions(self) -> Any:
        """Every decision that was ever made, and whether it still holds: seq, left, right, decision, at, by, holds."""
        names = ("seq", "left", "right", "decision", "at", "by", "holds")
        return records_out(json.loads(self._core.decisions()), self._like, names)

    def to_json(self) -> str:
        """The run as versioned JSON: fingerprints, columns, rules, model, decisions and log, but not the rows."""
        return self._core.to_json()

    def save(self, path: str | PathLike[str]) -> None:
        """Writes `to_json` to a file; the rows stay where they are."""
        Path(path).write_text(self.to_json(), "utf-8")

    @classmethod
    def from_json(
        cls,
        text: str,
        left: Table,
        right: Table = None,
        tree: GridTree | None = None,
        progress: Progress = None,
        *,
        limit: int | None = None,
    ) -> Reconciliation:
        """Loads a run with the tables and the tree of that time: the answer is the same bit for bit.

        Raises `GridcoreError` if they are not the same, or if what was saved was changed.
        """
        tables = (roster_in(left), None if right is None else roster_in(right))
        with reins(limit, progress) as held:
            core = _gridcore.load_reconciliation(text, *tables, None if tree is None else tree._core, held)
        return cls(core, kind_of(left))

    @classmethod
    def load(
        cls,
        path: str | PathLike[str],
        left: Table,
        right: Table = None,
        tree: GridTree | None = None,
        progress: Progress = None,
        *,
        limit: int | None = None,
    ) -> Reconciliation:
        """Loads what `save` wrote, as `from_json` does."""
        return cls.from_json(Path(path).read_text("utf-8"), left, right, tree, progress, limit=limit)

    def __repr__(self) -> str:
        """How many rows came to each state; no name of anyone."""
        counts = ", ".join(f"{side} {state}={rows}" for side, state, rows in self._counts())
        return f"Reconciliation({counts})"

    def _repr_html_(self) -> str:
        """The counts as a table, for a notebook; no value of anyone."""
        counts = {(side, state): rows for side, state, rows in self._counts()}
        states = list(dict.fromkeys(state for _, state in counts))
        head = "".join(f"<th>{escape(state)}</th>" for state in states)
        body: list[str] = []
        for side in dict.fromkeys(side for side, _ in counts):
            cells = [counts.get((side, state)) for state in states]
            total = sum(cell or 0 for cell in cells)
            shown = "".join(f"<td>{'' if cell is None else f'{cell:,}'}</td>" for cell in cells)
            body.append(f"<tr><th>{escape(side)}</th>{shown}<td><b>{total:,}</b></td></tr>")
        return f"<table><thead><tr><th></th>{head}<th>rows</th></tr></thead><tbody>{''.join(body)}</tbody></table>"

    def _counts(self) -> list[tuple[str, str, int]]:
        return [(row["side"], row["state"], row["rows"]) for row in self._core.table("counts").rows()]
