"""Keyed tokens (令牌) in the place of identity numbers, phones and names."""

from __future__ import annotations

from typing import Any, NamedTuple, NoReturn

from . import _gridcore
from ._frames import Column, WrongType, codes_in, column_out, refusal, wrong_type


class TokenColumn(NamedTuple):
    """A column of tokens, None where there is no value, and the rows that could not be read."""

    tokens: Any
    unreadable: list[int]
    lost_digits: list[int]


class TokenKey:
    """A secret key from which tokens are made, so that two offices compare lists without showing them.

    There is no default, nothing shows it, and it is not saved: whoever has it can find out whose a token is by trying
    all identity numbers. Take 16 bytes or more, best 32 from `secrets.token_bytes`.

    >>> import gridcore as gc
    >>> key = gc.roster.TokenKey(b"sixteen bytes or more, from a random source")
    >>> tokens = key.tokenize(["138 0013 8000", "13800138000", None], "phone").tokens
    >>> tokens[0] == tokens[1], tokens[0][:6], tokens[2], key
    (True, 'hs256:', None, TokenKey(...))
    """

    __slots__ = ("_core",)

    def __init__(self, key: bytes) -> None:
        """Takes a key; raises `GridcoreError` if it is shorter than 16 bytes, or one byte over and over."""
        if not isinstance(key, bytes):  # pyright: ignore[reportUnnecessaryIsInstance] — a text would have to be encoded first
            raise wrong_type("key", key, "bytes")
        self._core = _gridcore.TokenKey(key)

    def token(self, value: str, kind: str, algorithm: str | None = None) -> str | None:
        """The token of one value; None if there is no value of that kind in the text.

        `kind` is id, phone, name, birth or another kind of field; `algorithm` is `hmac_sha256` (if left out) or
        `hmac_sm3` (国密). The value is brought into one form first, as reconciling does.
        """
        return self._core.tokenize(value, kind, algorithm)

    def tokenize(self, column: Column, kind: str, algorithm: str | None = None) -> TokenColumn:
        """The tokens of a whole column, as the same kind of column."""
        table, unreadable, lost_digits = self._core.tokenize_column(codes_in(column), kind, algorithm)
        return TokenColumn(column_out(table, "token", column), unreadable, lost_digits)

    def check_value(self) -> str:
        """A text by which two offices find out whether they have the same key, without showing it."""
        return self._core.check_value()

    def __repr__(self) -> str:
        """The key is not shown."""
        return "TokenKey(...)"

    def __reduce__(self) -> NoReturn:
        """A key is not saved."""
        message, message_zh = (
            "a key is not pickled or copied: make it again from its bytes",
            "密钥不可保存或复制，请由其字节重新生成",
        )
        raise refusal(WrongType, "not_saved", message, message_zh)
