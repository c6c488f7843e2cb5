"""How rosters are reconciled (规则): dicts to start from, and models that come from elsewhere or go there.

Keys of rules: `left` and `right` (what columns are about, by name: record, id, token, name, given, family, phone,
birth, sex, address, grid, household, text, exact), `ignore` (columns to leave out), `settle` (one_to_one, one_to_many,
clusters), `match_at` and `review_at` (probabilities), `most_candidates_per_row`, `model` (used as it is).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _gridcore
from ._frames import record_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["lists", "model_from_splink", "model_to_splink", "model_weight", "residents", "visits"]


def residents(**changes: Any) -> dict[str, Any]:
    """For two rosters on which a person stands once at most (居民名册): what holds if nothing is said.

    >>> import gridcore as gc
    >>> gc.rules.residents(review_at=0.2)["review_at"], gc.rules.visits()["settle"]
    (0.2, 'one_to_many')
    """
    return _preset("residents", changes)


def visits(**changes: Any) -> dict[str, Any]:
    """For a register and visits, tests or payments, of which a person may have several (走访)."""
    return _preset("visits", changes)


def lists(**changes: Any) -> dict[str, Any]:
    """For lists on which a person may stand several times (多源名单): all rows of a person are gathered."""
    return _preset("lists", changes)


def _preset(name: str, changes: dict[str, Any]) -> dict[str, Any]:
    return {**json.loads(_gridcore.roster_rules(name)), **changes}


def model_from_splink(settings: Mapping[str, Any] | str) -> dict[str, Any]:
    """A model from the settings of Splink, as `linker.misc.save_model_to_json` makes them: a dict, or its JSON.

    >>> import gridcore as gc
    >>> levels = [
    ...     {"sql_condition": "name_l = name_r", "m_probability": 0.8, "u_probability": 0.1},
    ...     {"sql_condition": "ELSE", "m_probability": 0.2, "u_probability": 0.9},
    ... ]
    >>> comparison = {"output_column_name": "name", "comparison_levels": levels}
    >>> model = gc.rules.model_from_splink({"probability_two_random_records_match": 0.5, "comparisons": [comparison]})
    >>> gc.rules.model_weight(model, [1])
    3.0
    """
    text = settings if isinstance(settings, str) else json.dumps(record_in("settings", settings))
    return json.loads(_gridcore.model_from_splink(text))


def model_to_splink(model: Mapping[str, Any]) -> dict[str, Any]:
    """A model as settings of Splink, which score to the same weights; conditions are left as names, being no SQL."""
    return json.loads(_gridcore.model_to_splink(record_in("model", model)))


def model_weight(model: Mapping[str, Any], levels: Iterable[int]) -> float | None:
    """log2 of the odds that a pair is of the same person, from the level of each comparison (0 is a missing value)."""
    return _gridcore.model_weight(record_in("model", model), list(levels))
