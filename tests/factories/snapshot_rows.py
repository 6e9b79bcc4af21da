"""Rows of a snapshot by chance, of every table that measures read, such as the register would not give among them."""

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.factories import snapshot_rows_more

FIRST = date(2022, 1, 1)
DAYS = 1_600
LATEST = datetime(2026, 5, 31, 8, tzinfo=UTC)
KINDS = ("SPO", "ISPO", "SHPO", "RO_CONV")
CODES = tuple(f"M{number}" for number in range(1, 15))


class Chance:
    """Draws of one seed."""

    def __init__(self, seed: int, size: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311  # the same rows for the same seed, not a secret
        self.size = size
        self.latest = LATEST

    def often(self, share: float) -> bool:
        return self.chance.random() < share

    def day(self, after: date = FIRST, within: int = DAYS) -> date:
        return after + timedelta(days=self.chance.randrange(within))

    def instant(self, after: datetime | None = None, within: int = DAYS) -> datetime:
        begins = after or datetime.combine(FIRST, datetime.min.time(), UTC)
        return begins + timedelta(
            minutes=self.chance.randrange(within * 24 * 60), microseconds=self.chance.randrange(3)
        )

    def of(self, name: str, number: int) -> str:
        return f"{name}-{self.chance.randrange(number)}"

    def maybe[T](self, share: float, value: T) -> T | None:
        return value if self.often(share) else None

    def spans(self, most: int = 3) -> list[tuple[datetime, datetime | None]]:
        """One stretch after another in which something was known so; now and then with a gap, and with none at the end."""
        found: list[tuple[datetime, datetime | None]] = []
        at = self.instant(within=DAYS // 2)
        for _ in range(self.chance.randrange(1, most + 1)):
            until = self.instant(at + timedelta(microseconds=1), within=400)
            found.append((at, until))
            at = until if self.often(0.8) else self.instant(until, within=90)
        if self.often(0.8):
            found[-1] = (found[-1][0], None)
        return found


def known(chance: Chance, fixed: dict[str, Any], how: Any) -> list[dict[str, Any]]:
    return [
        {**fixed, **how(), "known_from": since, "known_until": until} for since, until in chance.spans()
    ]  # fmt: skip


def tables(seed: int, size: int = 40) -> dict[str, list[dict[str, Any]]]:
    """So many orders, and everything else in proportion."""
    one = Chance(seed, size)
    records = max(1, size // 2)
    rows: dict[str, list[dict[str, Any]]] = {
        name: []
        for name in (
            "people", "orders", "notifications", "reviews", "stages", "breaches", "broken", "mismatches", "arrests", "promises",
            "crimes", "breach_crimes", "defendants", "applications", "ran_out", "considered", "requests", "changes", "cards",
            "checks", "reviews_due", "news", "surveys", "priority_list", "shifts", "ages", "places",
        )
    }  # fmt: skip
    for number in range(records):
        if one.often(0.9):
            rows["people"] += known(
                one, {"record": f"record-{number}"}, lambda: {"person": one.of("person", max(1, records // 2))}
            )
    for number in range(size):
        rows["orders"] += known(one, _order(one, number, records), lambda: _standing(one))
        for clock in range(one.chance.randrange(3)):
            fixed = {"order": f"order-{number}", "kind": one.chance.choice(KINDS), "clock": clock}
            rows["notifications"] += known(one, fixed, lambda: _clock(one))
        for review in range(one.chance.randrange(4)):
            at = one.instant()
            rows["reviews"].append(
                {
                    "review": f"review-{number}-{review}", "order": f"order-{number}", "kind": one.chance.choice(KINDS),
                    "closed_on": at.date(), "answer": one.chance.choice(("given", "declined", "standing_wish", "")),
                    "known_from": at,
                }
            )  # fmt: skip
        rows["stages"] += [_stage(one, number) for _ in range(one.chance.randrange(5))]
        rows["promises"] += known(
            one, {"promise": f"promise-{number}", "due_on": one.day()},
            lambda: {"status": one.chance.choice(("running", "kept", "late", "wrong_channel", "missed", "excused"))},
        )  # fmt: skip
    for number in range(2 * size):
        # Now and then in the last hours before it is asked.
        at = one.instant(LATEST, 1) if one.often(0.1) else one.instant()
        fixed = {
            "breach": f"breach-{number}", "respondent": one.of("record", records), "happened_on": one.day(),
            "risk": one.chance.choice(("high", "medium", "standard", "")), "reported_on": at.date(), "reported_at": at,
            "arrest_by": at + timedelta(hours=24), "course_by": at + timedelta(hours=48),
            "course_at": one.maybe(0.6, at + timedelta(hours=one.chance.choice((0, 47, 48, 49, 300)))),
        }  # fmt: skip
        rows["breaches"] += known(one, fixed, lambda: _breach(one))
        for order in {one.of("order", size) for _ in range(one.chance.randrange(3))}:
            rows["broken"] += known(one, {"breach": f"breach-{number}", "order": order, "kind": "SPO"}, dict)
        for code in {one.chance.choice(CODES) for _ in range(one.chance.randrange(3))}:
            rows["mismatches"] += known(one, {"breach": f"breach-{number}", "code": code}, dict)
        for place in range(one.chance.randrange(3)):
            arrested = at + timedelta(hours=one.chance.choice((-30, -1, 0, 5, 24, 25, 400)))
            rows["arrests"].append(
                {
                    "breach": f"breach-{number}", "arrest": f"arrest-{number}-{place}", "arrested_at": arrested,
                    "known_from": one.instant(),
                }
            )  # fmt: skip
    snapshot_rows_more.add(one, rows, size, known)
    return rows


def _order(one: Chance, number: int, records: int) -> dict[str, Any]:
    kind = one.chance.choice(KINDS)
    main = one.chance.randrange(max(1, number)) if one.often(0.3) else number
    return {
        "order": f"order-{number}", "episode": f"order-{main}", "respondent": one.of("record", records), "kind": kind,
        "is_interim": kind == "ISPO",
    }  # fmt: skip


def _standing(one: Chance) -> dict[str, Any]:
    binds_from = one.maybe(0.8, one.day())
    within = None if binds_from is None else one.maybe(0.7, one.day(binds_from, 500))
    made = one.maybe(0.9, one.day() if one.often(0.9) else LATEST.date())
    serve_by = None if made is None else datetime.combine(made, datetime.min.time(), UTC) + timedelta(days=2)
    served = None if serve_by is None else serve_by + timedelta(hours=one.chance.choice((-30, -1, 0, 20)))
    return {
        "status": "in_force", "is_live": one.often(0.6), "made_on": made, "is_ours": one.often(0.7), "serve_by": serve_by,
        "in_person_at": one.maybe(0.8, served), "in_court_at": one.maybe(0.4, served),
        "over_at": one.maybe(0.5, one.instant()), "is_served": binds_from is not None, "binds_from": binds_from,
        "binds_to": within,
    }  # fmt: skip


def _clock(one: Chance) -> dict[str, Any]:
    ends = one.instant()
    return {
        "ends_at": ends, "last_day": ends.date(), "over_at": one.maybe(0.5, one.instant(ends - timedelta(days=4), 8)),
        "is_given": one.often(0.4), "notified_at": one.maybe(0.6, one.instant(ends - timedelta(days=4), 8)),
    }  # fmt: skip


def _stage(one: Chance, number: int) -> dict[str, Any]:
    # Now and then in the last weeks before it is asked.
    began = one.instant() if one.often(0.9) else one.instant(LATEST - timedelta(days=20), 20)
    is_over = one.often(0.7)
    end = one.instant(began - timedelta(days=1), 120)
    return {
        "of": f"order-{number}", "kind": one.chance.choice(KINDS),
        "stage": one.chance.choice(("opened_to_decided", "decided_to_lodged", "made_to_served")), "began_on": began.date(),
        "known_from": began, "ended_on": end.date() if is_over else None,
        "how": one.chance.choice(("complete", "otherwise")) if is_over else None,
        "end_known_from": max(began, end) if is_over else None,
    }  # fmt: skip


def _breach(one: Chance) -> dict[str, Any]:
    return {
        "status": "accepted", "is_own": one.often(0.9), "is_recorded": one.often(0.8), "is_disproved": one.often(0.2),
        "is_proved": one.often(0.3), "views": one.chance.randrange(4), "arrest_answer": one.chance.choice(("", "yes", "no")),
    }  # fmt: skip
