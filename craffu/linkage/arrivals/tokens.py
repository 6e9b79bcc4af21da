"""The tokens of keys and of values: whole numbers made with the index key of the ring, so that the tables alone tell nothing."""

from collections.abc import Collection, Iterable

from craffu.common import keyring


def tokens_of(texts: Iterable[str]) -> list[int]:
    """A token for each text, in order. They end with the key that they were made with: the next run makes all of them anew."""
    return [
        int.from_bytes(bytes.fromhex(one[:16]), signed=True)
        for one in keyring.ring().tokens("keys of records", list(texts))
    ]


def key_in_use() -> str:
    """The name of the key that tokens are made with now."""
    return keyring.ring().index


def value(column: str, said: str) -> str:
    """What a token is made of for a value that a column says."""
    return f"{column}={said}"


class OneOfTokens:
    """Whether a value of a column is among some that are known by their tokens alone."""

    def __init__(self, column: str, tokens: Collection[int]) -> None:
        self._column, self._tokens = column, frozenset(tokens)

    def __contains__(self, said: object) -> bool:
        return (
            bool(self._tokens) and isinstance(said, str) and tokens_of([value(self._column, said)])[0] in self._tokens
        )
