"""What our papers say here and now: the force's own words where it has worded something anew, otherwise those that ship."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from craffu.access.acting import Acting
from craffu.orders.models import PaperWording
from craffu.orders.wording.reading import LANGUAGES, Piece, pieces
from craffu.orders.wording.rules import filled


@dataclass(frozen=True, slots=True)
class Worded:
    """One piece in one language as it stands. Version 1 is what ships."""

    piece: Piece
    language: str
    versions: tuple[PaperWording, ...] = ()

    @property
    def number(self) -> int:
        return self.versions[-1].number if self.versions else 1

    @property
    def words(self) -> str:
        return self.versions[-1].words if self.versions else self.piece.words[self.language]


@dataclass(frozen=True, slots=True)
class Wording:
    """Every piece in one language, and which version of each a paper has used."""

    pieces: Mapping[str, Worded]
    used: dict[str, int]

    def say(self, key: str, values: Mapping[str, str]) -> str:
        """The words of a piece, filled in. That they were used is kept."""
        worded = self.pieces[key]
        self.used[key] = worded.number
        return filled(worded.words, values)


def worded(by: Acting, keys: Iterable[str] | None = None) -> dict[tuple[str, str], Worded]:
    """The pieces, or some, in each language, in the order of the file. One query."""
    wanted = list(pieces()) if keys is None else list(keys)
    versions: dict[tuple[str, str], list[PaperWording]] = {}
    rows = PaperWording.objects.for_user(by).filter(key__in=wanted).select_related("by").order_by("key", "number")
    for row in rows:
        versions.setdefault((row.key, row.language), []).append(row)
    return {
        (key, language): Worded(pieces()[key], language, tuple(versions.get((key, language), [])))
        for key in wanted
        for language in LANGUAGES
    }


def wording_of(by: Acting, language: str) -> Wording:
    """What papers say in a language. One query."""
    said = worded(by)
    return Wording({key: said[key, language] for key in pieces()}, {})
