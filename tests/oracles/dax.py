"""A reader of the few words of DAX that our model is written in, over plain rows: shares nothing with what wrote them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_TOKENS = re.compile(
    r'\s*(?:(\d+(?:\.\d+)?)|"((?:[^"]|"")*)"|(\w+)\[(\w+)\]|([A-Z]+)\s*(?=\()|([(),=*])|([A-Za-z]\w*))'
)

type Row = Mapping[str, Any]
type Chosen = dict[str, Any]


def measures_in(text: str) -> dict[str, str]:
    """The measures of a table in TMDL, each with what it comes to."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if begins := re.fullmatch(r"\tmeasure '((?:[^']|'')+)' =", line):
            name = begins[1].replace("''", "'")
            found[name] = ""
        elif name and line.startswith("\t\t\t"):
            found[name] += line.strip() + " "
        else:
            name = ""
    return found


def value(text: str, figures: Sequence[Row], chosen: Chosen) -> float | None:
    """What an expression comes to, of rows of the table `figures`, where somebody has chosen these values of columns."""
    tokens = list(_TOKENS.finditer(text))
    assert "".join(match[0] for match in tokens).split() == text.split(), text
    parser = _Parser(tokens, figures)
    parser.take_names(chosen)
    found = parser.product(chosen)
    assert parser.at == len(tokens), text
    return found if found is None else float(found)


class _Parser:
    def __init__(self, tokens: Sequence[re.Match[str]], figures: Sequence[Row]) -> None:
        self.tokens, self.figures, self.at = tokens, figures, 0
        self.names: dict[str, Any] = {}

    def next(self) -> re.Match[str]:
        self.at += 1
        return self.tokens[self.at - 1]

    def is_next(self, sign: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at][6] == sign

    def take(self, sign: str) -> None:
        assert self.next()[6] == sign, sign

    def take_names(self, chosen: Chosen) -> None:
        """What is given a name before anything is returned. A filter may hold a name, and no function (CALCULATE's own rule)."""
        while self.at < len(self.tokens) and self.tokens[self.at][7] == "VAR":
            self.next()
            name = self.next()[7]
            self.take("=")
            self.names[name] = self.one(chosen)
        if self.names:
            assert self.next()[7] == "RETURN"

    def product(self, chosen: Chosen) -> Any:
        found = self.one(chosen)
        while self.is_next("*"):
            self.take("*")
            other = self.one(chosen)
            found = None if found is None or other is None else found * other
        return found

    def one(self, chosen: Chosen) -> Any:
        token = self.next()
        if token[1]:
            return float(token[1])
        if token[7]:
            return self.names[token[7]]
        if token[2] is not None:
            return token[2].replace('""', '"')
        return getattr(self, f"of_{token[5].lower()}")(chosen)

    def of_divide(self, chosen: Chosen) -> float | None:
        self.take("(")
        top = self.product(chosen)
        self.take(",")
        below = self.product(chosen)
        self.take(")")
        return None if top is None or not below else top / below

    def of_sum(self, chosen: Chosen) -> float | None:
        self.take("(")
        column = self.next()[4]
        self.take(")")
        rows = [row for row in self.figures if all(row[name] == wanted for name, wanted in chosen.items())]
        values = [row[column] for row in rows if row[column] is not None]
        return sum(values) if values else None

    def of_selectedvalue(self, chosen: Chosen) -> Any:
        self.take("(")
        column = self.next()[4]
        self.take(",")
        other = self.one(chosen)
        self.take(")")
        return chosen.get(column, other)

    def of_calculate(self, chosen: Chosen) -> float | None:
        """What is filtered by is worked out first, and then what it is of: it stands before it in the text."""
        self.take("(")
        begins = self.at
        self.product(chosen)
        inner = dict(chosen)
        while self.is_next(","):
            self.take(",")
            column = self.next()[4]
            self.take("=")
            assert not self.tokens[self.at][5], "a filter holds no function"
            inner[column] = self.one(chosen)
        self.take(")")
        ends, self.at = self.at, begins
        found: float | None = self.product(inner)
        self.at = ends
        return found
