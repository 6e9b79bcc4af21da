"""How a person's open cases stand, in two queries, for the head of every page about them (page map, P05; RSK-02).

What `case_risk` asks one question after another is asked here in one, its rows in the same columns and told apart afterwards.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from django.db.models import DateField, DateTimeField, Exists, F, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat

from craffu.access.acting import Acting
from craffu.access.asking import prepared
from craffu.cases.models import (
    CaseRole,
    CaseStage,
    CaseVersion,
    DetentionVersion,
    Hearing,
    HearingVersion,
    Offence,
    RiskAssessment,
    RiskEvent,
    RiskSecondLook,
)
from craffu.cases.risk.badge.rules import CaseStanding, Highest, highest
from craffu.cases.risk.crimes import CrimeSent, grades_sent, opened_at, reports_sent
from craffu.cases.risk.queries import told_event
from craffu.cases.risk.rules import (
    ACT_OF_1997,
    Event,
    Grade,
    Graded,
    asks_for_assessment,
    last_of,
    nobody_waits,
    standing,
)
from craffu.cases.risk.told.queries import (
    Charged,
    Heard,
    at_court,
    detentions_about,
    in_custody,
    latest,
    messages_of,
)
from craffu.cases.risk.told.rules import DetentionWord, Told, confirmed, once
from craffu.cases.states import over_from
from craffu.clocks.london import day_of
from craffu.common.fields import opened

SUSPECTED: Final = frozenset({CaseRole.Role.SUSPECT, CaseRole.Role.DEFENDANT})
_CRIME, _ASSESSED, _ASKED_AGAIN, _EVENT, _STAGE = "crime", "assessed", "asked_again", "event", "stage"
_AT_COURT, _DETAINED = "at_court", "detained"

type Row = Mapping[str, Any]


def grade_shown(
    by: Acting, roles: Iterable[CaseRole], now: datetime, known_at: datetime | None = None
) -> Highest | None:
    """What the head of a person's pages says of risk, by the parts they play in cases open to the reader. Two queries.

    None for somebody who is suspected of no stalking or harassment in a case that is not over, or in which something asks again.
    """
    cases = {role.case_id: role.case for role in roles if role.role in SUSPECTED}
    if not cases:
        return None
    rows = _all_rows(by, frozenset(cases), known_at)
    alive = {case: one for case, one in _by_case(rows, cases).items() if one.is_asked and not one.is_over}
    since = {case: last.at for case, one in alive.items() if (last := one.last(now)) is not None}
    told = _told(by, rows, since, known_at)
    found = []
    for case, one in alive.items():
        happened = [*one.events, *map(told_event, told.get(case, ()))]
        opening = opened_at(cases[case].known_from, one.crimes)
        stands = standing(opening, now, one.given, happened, one.asked_again)
        tool, at = one.with_what(now)
        found.append(CaseStanding(cases[case].reference, stands, tool, at))
    return highest(found)


class _Case:
    """The rows of one case, told apart."""

    def __init__(self) -> None:
        self.crimes: list[CrimeSent] = []
        self.assessed: list[tuple[Graded, int, str]] = []
        self.recorded: list[Event] = []
        self.asked_again: list[datetime] = []
        self.stages: list[tuple[int, str, date]] = []
        self.is_charged = False

    def take(self, row: Row) -> None:
        what = row["what"]
        if what == _CRIME:
            is_asked = asks_for_assessment(row["t2"], json.loads(row["t4"]), row["t3"])
            self.crimes.append(
                CrimeSent(row["of_case"], row["at_1"], row["t1"], row["at_2"], is_asked, row["of_crime"])
            )
        elif what == _ASSESSED:
            self.assessed.append((Graded(row["at_1"], Grade(row["t1"])), row["n"], f"{row['t2']} {row['t3']}"))
        elif what == _EVENT:
            self.recorded.append(Event(row["t1"], row["at_1"], row["at_2"]))
        elif what == _ASKED_AGAIN:
            self.asked_again.append(row["at_1"])
        elif what == _STAGE:
            self.stages.append((row["n"], row["t1"], row["day"]))
        elif what == _AT_COURT:
            self.is_charged = True

    @property
    def is_asked(self) -> bool:
        return self.is_charged or any(one.is_asked for one in self.crimes)

    @property
    def is_over(self) -> bool:
        return nobody_waits(over_from((stage, day) for _, stage, day in sorted(self.stages)), self.recorded)

    @property
    def in_order(self) -> list[tuple[Graded, int, str]]:
        return sorted(self.assessed, key=lambda one: (one[0].at, one[1]))

    @property
    def given(self) -> list[Graded]:
        return [*grades_sent(self.crimes), *(one for one, _, _ in self.in_order)]

    @property
    def events(self) -> list[Event]:
        return [*reports_sent(self.crimes), *self.recorded]

    def last(self, now: datetime) -> Graded | None:
        return last_of(one for one in self.given if one.at <= now)

    def with_what(self, now: datetime) -> tuple[str, datetime | None]:
        """With which tool the last grade was given here, and when it was; the force's own system names none."""
        last = self.last(now)
        if last is None:
            return "", None
        return next((tool for one, _, tool in reversed(self.in_order) if one == last), ""), last.at


def _by_case(rows: Iterable[Row], cases: Collection[int]) -> dict[int, _Case]:
    found = {case: _Case() for case in cases}
    for row in rows:
        if row["what"] != _DETAINED:
            found[row["of_case"]].take(row)
    return found


_NOTHING: Final = {
    "of_case": Cast(Value(None), output_field=CaseVersion._meta.get_field("id")),
    **{name: Cast(Value(None), output_field=DateTimeField()) for name in ("at_1", "at_2", "at_3")},
    "day": Cast(Value(None), output_field=DateField()),
    **{name: Value("", output_field=TextField()) for name in ("of_crime", "t1", "t2", "t3", "t4")},
}


@prepared
def _all_rows(by: Acting, cases: frozenset[int], known_at: datetime | None) -> QuerySet[Any]:
    """All that bears on how these cases stand but what courts said of hearings. One query."""

    def rows(model: Any, of_case: str = "case", known: str = "known_from", **narrower: Any) -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.for_user(by).filter(**{f"{of_case}__one_of": cases}, **narrower).order_by()
        return found if known_at is None else found.filter(**{f"{known}__lte": known_at})

    crimes = rows(CaseVersion)
    parts = [
        _as(_CRIME, crimes, of_case=F("case_id"), at_1=F("reported_at"), at_2=F("risk_graded_at"), of_crime=F("crime"),
            t1=F("risk_grade"), t2=F("home_office_class"), t3=F("offence_code"), t4=Cast("flags", TextField())),
        _as(_ASSESSED, rows(RiskAssessment), of_case=F("case_id"), n=F("number"), at_1=F("assessed_at"), t1=F("grade"),
            t2=F("tool"), t3=F("version")),
        _as(_ASKED_AGAIN, rows(RiskSecondLook, "assessment__case", "at", agrees=False), of_case=F("assessment__case_id"),
            at_1=F("at")),
        _as(_EVENT, rows(RiskEvent), of_case=F("case_id"), at_1=F("happened_at"), at_2=F("known_from"), t1=F("kind")),
        _as(_STAGE, rows(CaseStage), of_case=F("case_id"), t1=F("stage"), day=F("true_from")),
        _as(_AT_COURT, rows(Offence, code__startswith=ACT_OF_1997), of_case=F("case_id")),
        _as(_DETAINED, detentions_about(by, Q(crime__in=crimes.values("crime")), known_at).order_by(), at_1=F("said_at"),
            at_2=F("arrested_at"), at_3=F("released_at"), day=F("bail_ends_on"), of_crime=F("crime"), t1=F("disposal"),
            t2=Concat("source", Value("/"), "key"), t3=Cast("bail_conditions", TextField())),
    ]  # fmt: skip
    every: QuerySet[Any] = parts[0].union(*parts[1:], all=True).order_by()
    return every


def _as(what: str, rows: QuerySet[Any], **said: Any) -> Any:
    return rows.values(**{"what": Value(what, output_field=TextField()), "n": F("pk"), **_NOTHING, **said})


def _told(
    by: Acting, rows: Iterable[Row], since: Mapping[int, datetime], known_at: datetime | None
) -> dict[int, list[Told]]:
    """What custody and courts told of the cases that have a grade, after it. One query."""
    if not since:
        return {}
    crimes = {row["of_crime"]: row["of_case"] for row in rows if row["what"] == _CRIME and row["of_case"] in since}
    held = [row for row in rows if row["what"] == _DETAINED and row["of_crime"] in crimes]
    heard, charges, at_hearings = _heard(by, since, known_at)
    in_detentions = {row["n"]: row["t3"] for row in held}
    found: dict[int, list[Told]] = {case: [] for case in since}
    for model, kept, read in (
        (DetentionVersion, in_detentions, in_custody(_words(held, crimes))),
        (HearingVersion, at_hearings, at_court(heard, charges)),
    ):
        for case, one in read:
            if one.told.at > since[case]:
                rests_on = {row: opened(model, "bail_conditions", kept[row]) for row in (one.before, one.after) if row}
                found[case].extend(confirmed((one,), rests_on))
    return {case: once(told) for case, told in found.items()}


def _words(held: Iterable[Row], crimes: Mapping[str, int]) -> Iterator[tuple[int, str, DetentionWord]]:
    for row in sorted(held, key=lambda row: (row["at_1"], row["n"])):
        word = DetentionWord(
            row["n"], row["at_1"], row["at_2"], row["at_3"], row["t1"], row["day"], has_conditions=bool(row["t3"])
        )
        yield crimes[row["of_crime"]], row["t2"], word


def _heard(
    by: Acting, since: Mapping[int, datetime], known_at: datetime | None
) -> tuple[list[Heard], list[Charged], dict[int, str]]:
    """The courts' latest words on hearings, what they said of each charge, and the conditions as they are kept. One query.

    Nothing is read of a case in which no court has sat since, so that a long story is not read through for each page.
    """
    sat = Hearing.objects.for_user(by).filter(case=OuterRef("hearing__case"), held_on__gte=day_of(min(since.values())))
    of_message = (
        "hearing",
        "pk",
        "hearing__case",
        "hearing__role",
        "hearing__held_on",
        "received_at",
        "number",
        "bail_status",
    )
    of_charge = ("charges__offence", "charges__final", "charges__arrested_on")
    rows = (
        messages_of(by, frozenset(since), known_at).filter(Exists(sat)).order_by("received_at", "number", "charges__id")
    )
    received, charges, kept = [], [], {}
    for row in rows.values_list(*of_message, *of_charge, Cast("bail_conditions", TextField())):
        *message, offence, final, arrested_on, words = row
        one = Heard._make((*message, len(words)))
        received.append(one)
        kept[one.version] = words
        if offence is not None:
            charges.append(Charged(one.version, offence, final, arrested_on))
    heard = latest(received)
    standing_words = {one.version for one in heard}
    return heard, [one for one in charges if one.version in standing_words], kept
