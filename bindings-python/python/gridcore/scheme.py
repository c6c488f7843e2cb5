"""Code schemes (编码方案): what a code is made of, and whether there are enough of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ._gridcore import Scheme

if TYPE_CHECKING:
    from collections.abc import Mapping


class CodeScheme:
    """A code scheme: named segments, nested by prefix or not.

    >>> from gridcore import CodeScheme
    >>> CodeScheme("nbs").parent_of("442000001007")
    '442000001'
    """

    __slots__ = ("_core",)

    def __init__(self, definition: str | Mapping[str, Any]) -> None:
        """A scheme built in (`"nbs"`, `"beijing_db11"`, `"cjt_349"`, `"free_text"`), or a definition."""
        self._core = Scheme(definition if isinstance(definition, str) else json.dumps(definition))

    @property
    def definition(self) -> dict[str, Any]:
        """The scheme as data."""
        return json.loads(self._core.definition())

    @property
    def lengths(self) -> list[int]:
        """The lengths that a code may have, in characters."""
        return self._core.lengths()

    @property
    def nests(self) -> bool:
        """Whether a code begins with its parent's."""
        return self._core.nests()

    @property
    def takes_integers(self) -> bool:
        """Whether codes may come as whole numbers."""
        return self._core.takes_integers()

    def check(self, code: str) -> None:
        """Raises `GridcoreError` if a code does not fit the scheme."""
        self._core.check(code)

    def parse(self, code: str) -> dict[str, Any]:
        """The parts of a code, by segment."""
        return json.loads(self._core.parse(code))

    def format(self, parts: Mapping[str, str]) -> str:
        """The code that is made of parts: a value for each segment."""
        return self._core.format(list(parts.items()))

    def parent_of(self, code: str) -> str | None:
        """The code of the parent, where codes nest; None for the highest."""
        return self._core.parent_of(code)

    def extends(self, parent: str, child: str) -> bool:
        """Whether a code may stand beneath another."""
        return self._core.extends(parent, child)

    def from_integer(self, number: int) -> str | None:
        """The code that a whole number stands for; None if the scheme has none for it."""
        return self._core.from_integer(number)

    def strip(self, code: str) -> str:
        """The code without the zeros that fill it up to full length."""
        return self._core.strip(code)

    def capacity_check(self, children: Mapping[str, int]) -> dict[str, Any]:
        """Whether each parent has codes enough for so many children: `overflows`, `unknown`."""
        return json.loads(self._core.capacity_check(list(children.items())))

    def spread_check(self, total: int, parents: int) -> dict[str, Any] | None:
        """What overflows if a total is spread evenly over so many parents; None if nothing does."""
        found = self._core.spread_check(total, parents)
        return None if found is None else json.loads(found)
