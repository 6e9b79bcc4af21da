"""What of somebody stands in words that anybody is to read: where a report names a person of a case it rests on (VIC-09, SCR-12).

Pure. A report is told block by block; of what is found its place is said, and never the value.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from craffu.people.naming import Names, names_of, written_in


@dataclass(frozen=True, slots=True)
class Found:
    """The kinds of contact that stand in words, whether they name somebody, and under which headings."""

    kinds: tuple[str, ...] = ()
    names: bool = False
    where: tuple[str, ...] = ()


def words_of(block: Any) -> Iterator[str]:
    """Every text in a block of a report, however deep it lies; of what it is drawn by, nothing."""
    if isinstance(block, str):
        yield block
    elif isinstance(block, Mapping):
        for name, part in block.items():
            if name != "kind":
                yield from words_of(part)
    elif isinstance(block, Iterable):
        for part in block:
            yield from words_of(part)


def under_headings(blocks: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The words of a report under each of its headings, in their order; what stands before the first has no heading."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for one in blocks:
        words = list(words_of(one))
        if one.get("kind") == "heading":
            found.append((" ".join(words), words))
        else:
            found[-1][1].extend(words)
    return [(heading, "\n".join(words)) for heading, words in found if words]


def names_anybody(text: str, people: Names, signing: Sequence[str] = ()) -> bool:
    """Whether one of these people is named whole, first and last with a capital: courts *will grant* is nobody called Will Grant,
    and *Dafydd ap Gwilym* is somebody.

    Whoever signs stands in it by their own name, which tells nothing of anybody who is called alike.
    """
    own = names_of((one.rpartition(" ")[0], one.rpartition(" ")[2]) for one in signing)
    return any(
        found[:1].isupper() and found.split()[-1][:1].isupper()
        for name in names_of(people) - own
        for found in written_in(name, text)
    )
