"""Whether a text that is not the register's own tells of somebody who is erased (SEC-09).

Pure. A number stands in a text where it is not carried on by a character of its own sort, a digit beside a digit or a letter
beside a letter: CRIME1 is not in CRIME12, and is in CRIME1/suspect. An e-mail address is carried on by whatever an address may
hold: ann@x.org is neither in jo.ann@x.org nor in ann@x.org.uk. A telephone number is its digits, whatever stands between them,
with the country's number, with 0 or with neither. A name tells of somebody where their date of birth or their address stands in
the same text. Nothing of this is law: where a text can be read both ways it tells of them.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

# What says less than so many characters, or digits, tells of anybody.
SHORTEST: Final = 4

_RUN = re.compile(r"[^\W\d_]+|\d+")
# As JSON writes what no line may hold: a name on a new line does not end a word that begins with n.
_ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrtbf])")
_BETWEEN_DIGITS: Final = " ().-/‐‑–—\t"
_BETWEEN: Final = f"[{re.escape(_BETWEEN_DIGITS)}]{{0,3}}"
_PACKED: Final = str.maketrans("", "", _BETWEEN_DIGITS)
_TELEPHONE = re.compile(r"\+?\d+")
_ABROAD = re.compile(r"^(?:(?:\+|00)440?|440?(?=\d{10}$)|\+|0)")
_FROM_ABROAD: Final = rf"(?:(?:00)?44{_BETWEEN}(?:\(?0\)?{_BETWEEN})?|0{_BETWEEN})?"


@dataclass(frozen=True, slots=True)
class Said:
    """By what a text is known to be about whoever goes: any of the numbers, or all three of one of the identities.

    An identity is given names, family name, and a date of birth or an address.
    """

    numbers: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    phones: frozenset[str] = frozenset()
    identities: frozenset[tuple[str, str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is all to stand in a text, and the runs of letters and of digits without which it cannot."""

    runs: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def stands(self, runs: set[str], text: str) -> bool:
        return self.runs <= runs and all(pattern.search(text) for pattern in self.patterns)


def teller_of(said: Said) -> Callable[[str], bool]:
    """What answers whether a text tells of whoever goes. How long that takes hardly grows with how much is known of them."""
    everything = list(_sought(said))
    common = Counter(run for one in everything for run in one.runs)
    by_run: dict[str, list[_Sought]] = defaultdict(list)
    for one in everything:
        # The run that fewest share: every crime may begin with the same letters.
        by_run[min(one.runs, key=lambda run: (common[run], run))].append(one)
    phones = dict(filter(None, map(_phone, sorted(said.phones))))

    def tells(text: str) -> bool:
        plain = _plain(text)
        runs = set(_RUN.findall(plain))
        if any(one.stands(runs, plain) for run in runs & by_run.keys() for one in by_run[run]):
            return True
        packed = plain.translate(_PACKED) if phones else ""
        return any(digits in packed and pattern.search(plain) is not None for digits, pattern in phones.items())

    return tells


def _sought(said: Said) -> Iterator[_Sought]:
    """What is looked for by its runs; what has neither a letter nor a digit is looked for nowhere."""
    noted = {one for one in said.phones if _packed(one) is None and len(re.sub(r"\D", "", one)) >= SHORTEST}
    for one in sorted(said.numbers | noted):
        if len(one) >= SHORTEST:
            yield from _all_of((one, _whole))
    for one in sorted(said.emails):
        if "@" in one:
            yield from _all_of((one, _email))
    for given, family, beside in sorted(said.identities):
        yield from _all_of((given, _words), (family, _words), (beside, _words))


def _all_of(*parts: tuple[str, Callable[[str], str]]) -> Iterator[_Sought]:
    plain = [(_plain(part).strip(), pattern) for part, pattern in parts]
    runs = [_RUN.findall(part) for part, _pattern in plain]
    if all(runs):
        yield _Sought(frozenset().union(*runs), tuple(re.compile(pattern(part)) for part, pattern in plain))


def _whole(plain: str) -> str:
    """A number as it is written, but for spaces."""
    return f"{_not_before(plain[0])}{_spaced(plain)}{_not_after(plain[-1])}"


def _words(plain: str) -> str:
    """Names, or the lines of an address, whatever stands between them."""
    runs = list(_RUN.finditer(plain))
    between = ["" if one.end() == following.start() else r"[\W_]+" for one, following in pairwise(runs)]
    written = "".join(f"{one[0]}{gap}" for one, gap in zip(runs, [*between, ""], strict=True))
    return f"{_not_before(runs[0][0][0])}{written}{_not_after(runs[-1][0][-1])}"


def _email(plain: str) -> str:
    return rf"(?<![^\W_])(?<![^\W_][.+_'-]){_spaced(plain)}(?![^\W_])(?!(?:-[^\W_][\w-]*)?\.[^\W_])"


def _spaced(plain: str) -> str:
    return r"\s+".join(map(re.escape, plain.split()))


def _not_before(first: str) -> str:
    return f"(?<!{sort})" if (sort := _sort_of(first)) else ""


def _not_after(last: str) -> str:
    return f"(?!{sort})" if (sort := _sort_of(last)) else ""


def _sort_of(character: str) -> str:
    if re.match(r"\d", character):
        return r"\d"
    return r"[^\W\d_]" if re.match(r"[^\W\d_]", character) else ""


def _packed(phone: str) -> str | None:
    """A telephone number without what is written between its digits; None where there is more than that in it."""
    packed = _plain(phone).translate(_PACKED)
    return packed if _TELEPHONE.fullmatch(packed) else None


def _phone(phone: str) -> tuple[str, re.Pattern[str]] | None:
    """The digits that every way of writing this number has, and all the ways; None of what is nobody's number."""
    digits = _ABROAD.sub("", _packed(phone) or "")
    if len(digits) < SHORTEST or len(set(digits)) == 1:
        return None
    return digits, re.compile(rf"(?<!\d){_FROM_ABROAD}{_BETWEEN.join(digits)}(?!\d)")


def _plain(text: str) -> str:
    """A text in small letters, and letters and digits of every width as one."""
    if "\\" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()
