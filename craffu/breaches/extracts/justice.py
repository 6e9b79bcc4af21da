"""What the snapshot holds of breaches at law: crimes recorded as one, and defendants charged with one (MET22, MET23; X10).

A code says of which kind of order it is a breach; a kind is named where it can be of no other.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import Final

from craffu.access.acting import Acting
from craffu.breaches.detecting.codes import kinds_said
from craffu.cases.extract import CrimeTold, crimes_told, stood
from craffu.cases.models import Offence, Outcome
from craffu.common.extracted import KNOWN_FROM, KNOWN_UNTIL, Extract, Holds, Row, keyed, spans

SEVERAL: Final = ""


def _only(kinds: Collection[str]) -> str:
    return next(iter(kinds)) if len(kinds) == 1 else SEVERAL


def _breach_crimes(by: Acting, at: datetime) -> Iterator[Row]:
    for crime in crimes_told(by, at):
        codes = {(one.offence_code, one.home_office_class) for one in crime.words}
        if not any(kinds_said(*one) for one in codes):
            continue
        yield from spans(crime.instants, partial(_of_breach, crime))


def _of_breach(crime: CrimeTold, then: datetime) -> Row | None:
    row, word = stood(crime, then), crime.word(then)
    kinds = kinds_said(word.offence_code, word.home_office_class) if word else frozenset()
    if row is None or not kinds or not row["is_crime"]:
        return None
    return {
        "crime": row["crime"],
        "kind": _only(kinds),
        "outcome": row["outcome"],
        "finalised_on": row["finalised_on"],
    }


BREACH_CRIMES: Final = Extract(
    "breach_crimes",
    {
        "crime": Holds.REFERENCE, "kind": Holds.CODE, "outcome": Holds.CODE, "finalised_on": Holds.DAY,
        KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT,
    },
    _breach_crimes,
)  # fmt: skip


@dataclass(slots=True)
class _Charged:
    """The charges of breach against one defendant in one case, and how each ended."""

    offences: list[Offence] = field(default_factory=list)
    outcomes: dict[int, list[Outcome]] = field(default_factory=dict)

    @property
    def instants(self) -> set[datetime]:
        ended = (one.known_from for several in self.outcomes.values() for one in several)
        return {*(one.known_from for one in self.offences), *ended}

    def ends(self, at: datetime) -> list[Outcome | None]:
        """How each charge known by then had ended; None where it had not."""
        return [
            next((each for each in reversed(self.outcomes.get(one.pk, ())) if each.known_from <= at), None)
            for one in self.offences
            if one.known_from <= at
        ]


def _defendants(by: Acting, at: datetime) -> Iterator[Row]:
    rows = Offence.objects.for_user(by).filter(known_from__lte=at).select_related("case", "role").order_by("id")
    charged: dict[tuple[str, int], _Charged] = {}
    for one in rows:
        if kinds_said(one.code):
            charged.setdefault((one.case.reference, one.role.record_id), _Charged()).offences.append(one)
    mine = {one.pk: whose for whose in charged.values() for one in whose.offences}
    ended: Sequence[Outcome] = list(Outcome.objects.for_user(by).filter(known_from__lte=at).order_by("id"))
    for end in ended:
        if end.offence_id in mine:
            mine[end.offence_id].outcomes.setdefault(end.offence_id, []).append(end)
    for (case, record), whose in charged.items():
        named = keyed("defendant", case, record)
        yield from spans(whose.instants, partial(_prosecuted, named, whose))


def _prosecuted(named: str, whose: _Charged, at: datetime) -> Row | None:
    """Complete once every charge of breach has ended; convicted where one of them was by a finding."""
    ends = whose.ends(at)
    if not ends:
        return None
    done = [one for one in ends if one is not None]
    completed: date | None = max(one.true_from for one in done) if len(done) == len(ends) else None
    kinds = {kind for one in whose.offences if one.known_from <= at for kind in kinds_said(one.code)}
    return {
        "defendant": named,
        "kind": _only(kinds),
        "completed_on": completed,
        "is_convicted": completed is not None and any(one.kind == Outcome.Kind.CONVICTED for one in done),
    }


DEFENDANTS: Final = Extract(
    "defendants",
    {
        "defendant": Holds.REFERENCE, "kind": Holds.CODE, "completed_on": Holds.DAY, "is_convicted": Holds.YES,
        KNOWN_FROM: Holds.INSTANT, KNOWN_UNTIL: Holds.INSTANT,
    },
    _defendants,
)  # fmt: skip

TABLES: Final = (BREACH_CRIMES, DEFENDANTS)
