"""Changes (变更) of the tree, of people, duties and modes, applied together: all of them with a ledger, or none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _gridcore
from ._frames import records_out, rows_in
from .responsibility import Responsibility
from .tree import GridTree

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Changed(NamedTuple):
    """What a change set has made: the new tree and duties, every effect, and what became of each code."""

    tree: GridTree
    duty: Responsibility
    ledger: list[dict[str, Any]]
    map: list[dict[str, Any]]
    needs_holder: list[str]


def apply(
    duty: Responsibility,
    changes: Iterable[Mapping[str, Any]],
    *,
    undecided: str | None = None,
    others: str | None = None,
    weight: str | None = None,
) -> Changed:
    """Applies changes in order, all or none, to duties and the tree beneath them.

    Each has an `op`:

    - `edit`: `edit` (an edit of `GridTree.edit`), `decisions` (for a grid that a merge or split makes: grid, and the
      person or team who is accountable, or the heir, an old grid whose holder stays);
    - `join`: `person` (a row), `assignments`, `holdings`; `depart`: `person`, `at`, `to` (who takes over);
    - `assign` and `withdraw`: `row`; `replace`: `row`, `by`;
    - `enter_mode`: `layer` (mode, scope, from, until, rows, teams); `leave_mode`: `mode`, `scope`.

    `undecided` says what becomes of merges and splits that no decision settles: `"default"` rules, or `"refuse"`;
    `others` whether those who lose a merged grid `"support"` from then on or are `"release"`d; `weight` names a weight
    of the tree by which the holder of the largest grid stays.

    >>> import gridcore as gc
    >>> tree = gc.GridTree.from_table([
    ...     {"code": "1", "parent": None, "name": "city"},
    ...     {"code": "11", "parent": "1", "name": "north"},
    ... ])
    >>> duty = gc.Responsibility.resolve(tree, [{"grid": "11", "person": "p-1"}])
    >>> changed = gc.change.apply(duty, [{"op": "depart", "person": "p-1", "to": "p-2"}])
    >>> changed.duty.accountable("11", "fire")["person"]
    'p-2'

    Raises `GridcoreError` with the reasons of every change that fails; then nothing is changed.
    """
    wishes = {"undecided": undecided, "others": others, "weight": weight}
    options = {name: wish for name, wish in wishes.items() if wish is not None}
    core_tree, core, *reports = _gridcore.apply_changes(duty._core, rows_in("changes", changes), options)
    tree = GridTree(core_tree, duty._tree._like)
    ledger, codes, needs_holder = (json.loads(report) for report in reports)
    return Changed(tree, Responsibility(tree, core, duty._like), ledger, codes, needs_holder)


def diff(before: Responsibility, after: Responsibility) -> Any:
    """What differs between two states of duties, as a table: kind (added, removed, changed), before, after."""
    found = json.loads(_gridcore.diff_duties(before._core, after._core))
    return records_out(found, before._like, ("kind", "before", "after"))
