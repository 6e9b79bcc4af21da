"""The catalogue as a force has edited it: the versions of each kind, and since when it may be asked for here (ORD-04)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.orders.catalogue.facts import WORDS
from craffu.orders.catalogue.kinds import Kind
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.catalogue.rules import Availability, Entered, availability
from craffu.orders.models import KindVersion


@dataclass(frozen=True, slots=True)
class KindNow:
    """A kind as it stands: its facts, its edits from the first on, and the words that stand."""

    kind: Kind
    versions: tuple[KindVersion, ...]
    entered: Entered | None

    @property
    def number(self) -> int:
        """The version that stands: what ships is the first."""
        return self.versions[-1].number if self.versions else 1

    @property
    def words(self) -> dict[str, str]:
        found = shipped_words(self.kind)
        for one in self.versions:
            found |= one.row.get("words", {})
        return found

    def available(self, area: str, on: date) -> Availability:
        return availability(self.kind, area, on, entered=self.entered)


def shipped_words(kind: Kind) -> dict[str, str]:
    """The words that a force may correct, as they ship."""
    said = {
        "test": kind.applying.test,
        "term": kind.term.in_words,
        "arrest": kind.effect.arrest or "",
        "service": kind.effect.service or "",
        "notes": kind.notes,
    }
    return {name: said[name] for name in WORDS}


def kinds_now(by: Acting, codes: Iterable[str] | None = None) -> dict[str, KindNow]:
    """The catalogue, or some of its kinds, in its order. One query."""
    wanted = list(kinds()) if codes is None else list(codes)
    versions: dict[str, list[KindVersion]] = {}
    for row in _versions_of(by, tuple(wanted)):
        versions.setdefault(row.kind, []).append(row)
    return {code: KindNow(kind_of(code), tuple(edits := versions.get(code, [])), _entered(edits)) for code in wanted}


@prepared
def _versions_of(by: Acting, codes: tuple[str, ...]) -> QuerySet[KindVersion]:
    rows = KindVersion.objects.for_user(by).filter(kind__in=codes)
    in_order: QuerySet[KindVersion] = rows.select_related("by").order_by("kind", "number")
    return in_order


def _entered(edits: Iterable[KindVersion]) -> Entered | None:
    """The last commencement that was entered."""
    found = [one.row["commenced"] for one in edits if "commenced" in one.row]
    if not found:
        return None
    last = found[-1]
    until = last.get("effective_to")
    return Entered(
        date.fromisoformat(last["effective_from"]),
        date.fromisoformat(until) if until else None,
        last.get("area") or None,
    )


def entered_of(by: Acting) -> dict[str, Entered]:
    """What was entered of commencements, by kind, for whoever works out what is offered. One query."""
    return {code: one.entered for code, one in kinds_now(by).items() if one.entered is not None}
