"""What a sent row is to what is held of it: news, a changed word, the same again, or an earlier word come late (INT-01).

Pure. A publisher's file carries no time of each figure, so a word that was held before and replaced since counts as old.
"""

import json
from collections.abc import Hashable, Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from craffu.published.facts import CONFLICT, CREATED, OLDER, UNCHANGED, UPDATED, StreetRow


@dataclass(frozen=True, slots=True)
class Held:
    """The newest word held under a key, its number, and the words it replaced."""

    number: int
    content: str
    earlier: frozenset[str] = frozenset()

    def followed_by(self, number: int, content: str) -> "Held":
        return Held(number, content, self.earlier | {self.content})


def held_versions[K: Hashable](versions: Iterable[tuple[K, int, str]]) -> dict[K, Held]:
    """What is held, from every version as key, number and content, oldest first."""
    held: dict[K, Held] = {}
    for key, number, content in versions:
        before = held.get(key)
        held[key] = before.followed_by(number, content) if before else Held(number, content)
    return held


def decide[K: Hashable](said: Sequence[tuple[K, str]], held: Mapping[K, Held]) -> list[tuple[str, int]]:
    """For each row, as key and content, what becomes of it and the number of the version that holds its word.

    A key said twice with two contents is a conflict in every one of its rows: nobody knows which holds (INT-04).
    """
    if not held and len({key for key, _ in said}) == len(said):
        return [(CREATED, 1)] * len(said)
    first: dict[K, str] = {}
    torn = {key for key, content in said if first.setdefault(key, content) != content}
    done: set[K] = set()
    answers: list[tuple[str, int]] = []
    for key, content in said:
        before = held.get(key)
        if key in torn:
            answers.append((CONFLICT, 0))
        elif before is None:
            answers.append((UNCHANGED if key in done else CREATED, 1))
        elif content == before.content:
            answers.append((UNCHANGED, before.number))
        elif content in before.earlier:
            answers.append((OLDER, before.number))
        else:
            answers.append((UNCHANGED if key in done else UPDATED, before.number + 1))
        done.add(key)
    return answers


def digest_of(keys: Iterable[str]) -> str:
    """One hash over the keys of a batch, whatever their order."""
    return sha256("\n".join(sorted(keys)).encode()).hexdigest()


def content_of(*said: object) -> str:
    """The hash of what a row says."""
    return sha256(json.dumps(said, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def figure_content(value: int | None, missing: str, flags: Iterable[str], attributes: Mapping[str, str]) -> str:
    """What a figure says. How it was printed is not part of it: 1,190 and 1190 are one word."""
    return content_of(value, missing, sorted(flags), dict(attributes))


def hand_series_key(definition: str, unit: str, period_kind: str, counting_rules: str) -> str:
    """The key of figures entered by hand: another definition, unit, kind of period or set of rules is another series."""
    said = (" ".join(text.casefold().split()) for text in (definition, unit, period_kind, counting_rules))
    return f"hand-{content_of(*said)[:32]}"


def street_content(row: StreetRow) -> str:
    """What a street-level row says, without its Crime ID and its line."""
    _, _, month, by, within, x, y, place, area, area_name, crime, outcome, outside = row
    said = f"{month}\x1f{by}\x1f{within}\x1f{x}\x1f{y}\x1f{place}\x1f{area}\x1f{area_name}\x1f{crime}\x1f{outcome}\x1f{outside}"
    (content,) = street_digests([said])
    return content


def street_digests(said: Iterable[str]) -> list[str]:
    """The contents of rows from their words, for whoever puts those of many rows together at once."""
    return [sha256(words.encode()).hexdigest()[:32] for words in said]


def street_keys(crime_ids: Sequence[str], contents: Sequence[str], seen: MutableMapping[str, int]) -> list[str]:
    """The Crime ID or, where there is none, the content with its ordinal among the rows of the file that say the same.

    `seen` counts those rows; one is kept for each file.
    """
    return [own or _next_of(content, seen) for own, content in zip(crime_ids, contents, strict=True)]


def _next_of(content: str, seen: MutableMapping[str, int]) -> str:
    ordinal = seen[content] = seen.get(content, 0) + 1
    return f"{content}-{ordinal}"
