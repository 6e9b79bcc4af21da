"""Slow twins of the measures: plain Python over the rows of a snapshot, one at a time, day by day (MSR-01, MSR-05, MSR-06).

Written from the requirements and not from the expressions: they share no line. A row is what its table holds, with days as dates
and instants as datetimes.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

type Row = dict[str, Any]
type Tables = dict[str, list[Row]]
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Question:
    """`today` is the last day of which anything can be known at the instant `at`."""

    first: date
    last: date
    at: datetime
    today: date


def stood(rows: Iterable[Row], at: datetime) -> list[Row]:
    return [
        row for row in rows if row["known_from"] <= at and (row.get("known_until") is None or row["known_until"] > at)
    ]


def groups(rows: list[Row], split: str | None) -> dict[Any, list[Row]]:
    """By each value of a split; of all of them under None."""
    if split is None:
        return {None: rows}
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(row[split], []).append(row)
    return found


def person_of(tables: Tables, at: datetime) -> dict[str, str]:
    return {row["record"]: row["person"] for row in stood(tables["people"], at)}


def days_between(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


PLACED = {
    "orders": "order", "notifications": "order", "reviews": "order", "cards": "order", "ran_out": "order", "stages": "of",
    "considered": "case",
}  # fmt: skip


WHOM = ("age", "sex", "ethnicity", "relationship")


def with_areas(tables: Tables, asked: Question) -> dict[str, list[Row]]:
    """The same rows, each of an order or a case with the area and team to which that belonged by what was known at the instant;
    and of what age, sex and ethnicity whoever the order is against was, and what to the victim, by what is known at all."""
    of_whom = {row["order"]: row for row in tables.get("ages", [])}

    def beside(of: str) -> Row:
        who = of_whom.get(of, dict.fromkeys(WHOM, ""))
        found = {"area": "", "team": "/", **{name: who[name] for name in WHOM}}
        for place in tables.get("places", []):
            until = place["known_until"]
            if place["of"] == of and place["known_from"] <= asked.at and (until is None or until > asked.at):
                return {**found, "area": place["area"], "team": f"{place['area']}/{place['team']}"}
        return found

    return {
        name: [{**row, **beside(row[PLACED[name]])} for row in rows] if name in PLACED else list(rows)
        for name, rows in tables.items()
    }


def met11(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    people = person_of(tables, asked.at)
    live = [
        row
        for row in stood(tables["orders"], asked.at)
        if row["is_live"] and (row["over_at"] is None or asked.at < row["over_at"])
    ]
    return {
        of: {
            "episodes": len({row["episode"] for row in rows}),
            "persons": len({people[row["respondent"]] for row in rows if row["respondent"] in people}),
            "orders": len(rows),
            "interim": sum(row["is_interim"] for row in rows),
            "unserved": sum(not row["is_served"] for row in rows),
        }
        for of, rows in groups(live, split).items()
    }


def met13(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    counted = []
    for row in stood(tables["notifications"], asked.at):
        if not asked.first <= row["last_day"] <= asked.last:
            continue
        is_running = row["ends_at"] > asked.at
        left_before = row["over_at"] is not None and row["over_at"] < row["ends_at"]
        if row["is_given"] or not (is_running or left_before):
            counted.append(row)
    answer = {}
    for of, rows in groups(counted, split).items():
        told = Counter(
            "never" if row["notified_at"] is None else "on_time" if row["notified_at"] < row["ends_at"] else "late"
            for row in rows
        )
        answer[of] = {"of": len(rows), **{name: told[name] for name in ("on_time", "late", "never")}}
    return answer


def met16(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    called = {"given": "view", "declined": "reason_only", "standing_wish": "standing_wish", "": "neither"}
    closed = [row for row in stood(tables["reviews"], asked.at) if asked.first <= row["closed_on"] <= asked.last]
    answer = {}
    for of, rows in groups(closed, split).items():
        counted = Counter(called[row["answer"]] for row in rows)
        answer[of] = {"of": len(rows), **{name: counted[name] for name in called.values()}}
    return answer


def met27(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    due = [row for row in stood(tables["promises"], asked.at) if asked.first <= row["due_on"] <= asked.last]
    counted = Counter(row["status"] for row in due)
    return {
        None: {
            "kept": counted["kept"],
            "of": len(due) - counted["running"],
            "excused": counted["excused"],
            "not_yet_due": counted["running"],
        }
    }


def incidents(tables: Tables, asked: Question) -> list[Row]:
    return [row for row in stood(tables["breaches"], asked.at) if row["is_own"] and row["is_recorded"]]


def bound_days(row: Row, asked: Question) -> Iterator[date]:
    """Every day on which an order was served and in force, as far as it has come."""
    if row["binds_from"] is not None:
        yield from days_between(row["binds_from"], min(row["binds_to"] or asked.today, asked.today))


def against(tables: Tables, asked: Question) -> list[tuple[Row, Row]]:
    """Each incident that is not disproved with each order that it broke while that bound."""
    orders = {row["order"]: row for row in stood(tables["orders"], asked.at)}
    broken = stood(tables["broken"], asked.at)
    return [
        (incident, orders[tie["order"]])
        for incident in incidents(tables, asked)
        if not incident["is_disproved"]
        for tie in broken
        if tie["breach"] == incident["breach"] and tie["order"] in orders
        if incident["happened_on"] in set(bound_days(orders[tie["order"]], asked))
    ]


def met17(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    people = person_of(tables, asked.at)
    days: dict[Any, list[tuple[str, date]]] = {}
    for row in stood(tables["orders"], asked.at):
        for day in bound_days(row, asked):
            if asked.first <= day <= asked.last:
                whose = people.get(row["respondent"], row["respondent"]) if split is None else row["order"]
                days.setdefault(row[split] if split else None, []).append((whose, day))
    told: dict[Any, set[str]] = {}
    proved: dict[Any, set[str]] = {}
    for incident, order in against(tables, asked):
        if asked.first <= incident["happened_on"] <= asked.last:
            of = order[split] if split else None
            told.setdefault(of, set()).add(incident["breach"])
            if incident["is_proved"]:
                proved.setdefault(of, set()).add(incident["breach"])
    every = {*days, *told} if split else {None}
    return {
        of: {
            "alleged": len(told.get(of, ())),
            "proven": len(proved.get(of, ())),
            "days": len(set(days.get(of, ()))),
        }
        for of in every
    }


@dataclass(frozen=True)
class Lived:
    """An episode of the cohort: its kind, and after how many days it ended by which cause."""

    kind: str
    days: int
    cause: int


def cohort(tables: Tables, asked: Question) -> list[Lived]:
    """Served within the 365 days that ended 365 and 90 days before the last day that is over, each watched for 365 days."""
    episodes: dict[str, list[Row]] = {}
    for row in stood(tables["orders"], asked.at):
        if row["binds_from"] is not None and row["binds_from"] <= asked.today:
            episodes.setdefault(row["episode"], []).append(row)
    ties = against(tables, asked)
    found = []
    for name, orders in episodes.items():
        served = min(row["binds_from"] for row in orders)
        latest = min(asked.last, asked.today) - timedelta(days=365 + 90)
        if not latest - timedelta(days=364) <= served <= latest:
            continue
        breaches = [incident["happened_on"] for incident, order in ties if order["episode"] == name]
        since = min(((on - served).days for on in breaches), default=None)
        ends = [row["binds_to"] for row in orders]
        over = None if None in ends else (max(ends) - served).days + 1
        kinds = [row["kind"] for row in orders if not row["is_interim"]] or [row["kind"] for row in orders]
        if since is not None and since <= 365:
            found.append(Lived(max(kinds), since, 1))
        elif over is not None and over <= 365:
            found.append(Lived(max(kinds), over, 2))
        else:
            found.append(Lived(max(kinds), 365, 0))
    return found


def met18(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    rows = [{"kind": one.kind, "cause": one.cause} for one in cohort(tables, asked)]
    return {
        of: {"of": len(several), "breached": sum(row["cause"] == 1 for row in several)}
        for of, several in groups(rows, split).items()
    }


def met19(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    people = person_of(tables, asked.at)
    first = asked.today - timedelta(days=364)
    counted = Counter(
        people.get(row["respondent"], row["respondent"])
        for row in incidents(tables, asked)
        if not row["is_disproved"] and first <= row["happened_on"] <= asked.today
    )
    return {None: {"of": len(counted), "repeat": sum(number > 1 for number in counted.values())}}


def met20(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    arrests = stood(tables["arrests"], asked.at)
    answer = {}
    reported = [row for row in incidents(tables, asked) if asked.first <= row["reported_on"] <= asked.last]
    for of, rows in groups(reported, split).items():
        told: Counter[str] = Counter()
        for row in rows:
            limit = row["reported_at"] + timedelta(hours=24)
            if asked.at < limit:
                told["not_yet_due"] += 1
                continue
            told["of"] += 1
            at = [one["arrested_at"] for one in arrests if one["breach"] == row["breach"]]
            if any(row["reported_at"] <= one <= limit for one in at):
                told["arrested"] += 1
                continue
            told["arrested_before_report"] += any(one < row["reported_at"] for one in at)
            told["no_arrest_with_reason"] += row["arrest_answer"] == "no"
        names = ("of", "arrested", "not_yet_due", "arrested_before_report", "no_arrest_with_reason")
        answer[of] = {name: told[name] for name in names}
    return answer


def met24(tables: Tables, asked: Question, split: str | None) -> dict[Any, dict[str, int]]:
    open_ = stood(tables["mismatches"], asked.at)
    reported = [row for row in incidents(tables, asked) if asked.first <= row["reported_on"] <= asked.last]
    answer = {}
    for of, rows in groups(reported, split).items():
        seen = [row for row in rows if row["views"] > 1]
        codes = [{one["code"] for one in open_ if one["breach"] == row["breach"]} for row in seen]
        answer[of] = {
            "of": len(seen),
            "reported": len(rows),
            "unresolved": sum(bool(each) for each in codes),
            **{f"m{number}": sum(f"M{number}" in each for each in codes) for number in range(1, 15)},
        }
    return answer


def met08(tables: Tables, asked: Question, split: str | None) -> dict[Any, Counter[tuple[str, int, int]]]:
    """Of each how many intervals of a stage took so many days and ended by a cause: 1 complete, 2 otherwise, 0 not yet."""
    began = [row for row in stood(tables["stages"], asked.at) if asked.first <= row["began_on"] <= asked.last]
    answer = {}
    for of, rows in groups(began, split).items():
        counted: Counter[tuple[str, int, int]] = Counter()
        for row in rows:
            is_over = row["end_known_from"] is not None and row["end_known_from"] <= asked.at
            until = row["ended_on"] if is_over else asked.today
            cause = 0 if not is_over else 1 if row["how"] == "complete" else 2
            counted[row["stage"], max(0, (until - row["began_on"]).days), cause] += 1
        answer[of] = counted
    return answer


ORACLES = {
    "MET11": met11, "MET13": met13, "MET16": met16, "MET17": met17, "MET18": met18, "MET19": met19, "MET20": met20,
    "MET24": met24, "MET27": met27,
}  # fmt: skip
