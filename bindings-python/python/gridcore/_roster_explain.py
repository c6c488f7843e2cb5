"""Why two rows were put together or not, and why a row stands alone (解释): as data, as a sentence, as a picture."""

from __future__ import annotations

from html import escape
from typing import Any

from ._frames import Table, records_out

_STEPS = ("comparison", "kind", "level", "left_value", "right_value", "m", "u", "weight", "term_frequency")
_CANDIDATES = ("id", "row", "weight", "probability", "state", "with")


class Explanation:
    """Why two rows are held for the same person, or for two, in bits: each doubles the odds."""

    __slots__ = ("_found", "_like", "_sentence", "_svg")

    def __init__(self, found: dict[str, Any], sentence: str, svg: str, like: Table = None) -> None:
        """Wraps a report of the core; `like` is a table of the kind in which steps come back."""
        self._found = found
        self._like = like
        self._sentence = sentence
        self._svg = svg

    @property
    def sentence(self) -> str:
        """The verdict, then what speaks for it and against it, the heaviest first."""
        return self._sentence

    @property
    def svg(self) -> str:
        """The steps as a picture (a waterfall): a bar for each, without values of anyone."""
        return self._svg

    @property
    def steps(self) -> Any:
        """What each comparison says: the level, the values (masked unless asked for otherwise), m, u, weight."""
        return records_out(self._found["steps"], self._like, _STEPS)

    @property
    def linked(self) -> bool:
        """Whether the two were put together: as counterparts, or as doubles."""
        return self._found["linked"]

    @property
    def weight(self) -> float:
        """The sum of all bits: log2 of the odds that they are the same person."""
        return self._found["weight"]

    @property
    def probability(self) -> float:
        """The probability that they are the same person."""
        return self._found["probability"]

    def to_dict(self) -> dict[str, Any]:
        """All of it: both rows with their states, the prior, the steps, the sum."""
        return self._found

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence

    def __repr__(self) -> str:
        """The verdict; no value of anyone."""
        return f"Explanation(linked={self.linked}, probability={self.probability:.6f})"

    def _repr_html_(self) -> str:
        """The sentence and the picture, for a notebook."""
        return f"<p>{escape(self.sentence)}</p>{self.svg}"


class RowExplanation:
    """Why a row came to its state: what it was put with, why it stands alone, and what came nearest."""

    __slots__ = ("_found", "_like", "_sentence")

    def __init__(self, found: dict[str, Any], sentence: str, like: Table = None) -> None:
        """Wraps a report of the core; `like` is a table of the kind in which candidates come back."""
        self._found = found
        self._like = like
        self._sentence = sentence

    @property
    def sentence(self) -> str:
        """The state, why, and what came nearest."""
        return self._sentence

    @property
    def state(self) -> str:
        """What came of the row."""
        return self._found["state"]

    @property
    def partner(self) -> str | None:
        """The record id of the row that it was put with: its counterpart, the row it doubles, the one to look at."""
        return self._found.get("with")

    @property
    def reason(self) -> str | None:
        """Why it stands alone, if it does."""
        return self._found.get("reason")

    @property
    def candidates(self) -> Any:
        """The rows of the other side that come nearest: id, row, weight, probability, state, with."""
        return records_out(self._found["candidates"], self._like, _CANDIDATES)

    def to_dict(self) -> dict[str, Any]:
        """All of it."""
        return self._found

    def __str__(self) -> str:
        """The sentence."""
        return self.sentence

    def __repr__(self) -> str:
        """The state; no value of anyone."""
        return f"RowExplanation({self.state!r})"

    def _repr_html_(self) -> str:
        """The sentence, for a notebook."""
        return f"<p>{escape(self.sentence)}</p>"
