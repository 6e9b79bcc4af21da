"""Rows by chance of the tables whose rows already say how each thing stood (`tests/factories/snapshot_rows.py`)."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.oracles.measures_of_rows import LACKS

if TYPE_CHECKING:
    from tests.factories.snapshot_rows import Chance

KINDS = ("SPO", "ISPO", "SHPO", "RO_CONV")
type Rows = list[dict[str, Any]]


def add(one: "Chance", rows: dict[str, Rows], size: int, known: Any) -> None:
    """Every table but those of orders, breaches, people and promises."""
    for number in range(size):
        rows["crimes"] += known(one, {"crime": f"crime-{number}"}, lambda: _crime(one))
        rows["breach_crimes"] += known(one, {"crime": f"crime-{number}"}, lambda: _breach_crime(one))
        rows["defendants"] += known(
            one, {"defendant": f"defendant-{number}", "kind": one.chance.choice(KINDS)},
            lambda: {"completed_on": one.maybe(0.7, one.day()), "is_convicted": one.often(0.5)},
        )  # fmt: skip
        rows["applications"] += known(one, _application(one, number), lambda: _applied(one))
        rows["ran_out"] += known(
            one, {"order": f"order-{number}", "kind": one.chance.choice(KINDS), "last_day": one.day()},
            lambda: {"is_unreviewed": one.often(0.4)},
        )  # fmt: skip
        if one.often(0.9):
            rows["ages"].append(_whom(one, number))
        rows["considered"].append(_considered(one, number))
        rows["requests"].append(
            {
                "request": f"request-{number}", "order": f"order-{number}", "kind": one.chance.choice(KINDS),
                "decided_on": one.day(), "is_declined": one.often(0.3), "known_from": one.instant(),
            }
        )  # fmt: skip
        rows["changes"].append(_change(one, number))
        rows["cards"].append(
            {
                "order": f"order-{number}", "kind": one.chance.choice(KINDS), "is_complete": one.often(0.5),
                **{f"lacks_{name}": one.often(0.1) for name in LACKS}, "known_from": one.instant(),
            }
        )  # fmt: skip
        for table, name in (("checks", "check"), ("reviews_due", "review")):
            statuses = ("in_time", "late", "not_yet_due", "cancelled")[: 4 if table == "checks" else 3]
            rows[table] += [
                {
                    name: f"{name}-{number}-{place}", "order": f"order-{number}", "kind": one.chance.choice(KINDS),
                    "due_on": one.day(), "status": one.chance.choice(statuses), "known_from": one.instant(),
                }
                for place in range(one.chance.randrange(4))
            ]  # fmt: skip
        rows["news"] += [_news(one, f"news-{number}-{place}") for place in range(3)]
        rows["surveys"] += [_survey(one, f"invitation-{number}-{place}") for place in range(3)]
        rows["priority_list"].append(
            {
                "person": f"person-{number}", "tier": one.chance.choice(("urgent", "high", "standard")),
                "is_covered": one.often(0.5), "is_planned": one.often(0.6), "known_from": one.instant(),
            }
        )  # fmt: skip
        began = one.instant()
        rows["shifts"].append(
            {
                "station": one.of("station", 3), "shift": one.chance.choice(("early", "late", "night")),
                "began_on": began.date(), "began_at": began, "is_covered": one.often(0.4), "is_on_call_alone": one.often(0.2),
                "known_from": one.instant(),
            }
        )  # fmt: skip

    for number in range(size):
        for of in (f"order-{number}", f"case-{number}"):
            if one.often(0.8):
                rows["places"] += known(one, {"of": of}, lambda: _where(one))


def _where(one: "Chance") -> dict[str, Any]:
    return {"area": one.chance.choice("ABC"), "team": one.chance.choice(("x", "y", ""))}


def _whom(one: "Chance", number: int) -> dict[str, Any]:
    return {
        "order": f"order-{number}", "age": one.chance.choice(("18_to_24", "25_to_34", "35_to_44", "")),
        "sex": one.chance.choice(("F", "M", "M", "")), "ethnicity": one.chance.choice(("white", "white", "asian", "")),
        "relationship": one.chance.choice(("ex_partner", "ex_partner", "stranger", "other", "")),
        "known_from": one.latest - timedelta(days=900),
    }  # fmt: skip


def _crime(one: "Chance") -> dict[str, Any]:
    finalised = one.maybe(0.7, one.day())
    return {
        "offence_class": one.chance.choice(("8Q", "8L", "")), "is_crime": one.often(0.8), "is_stalking": one.often(0.5),
        "recorded_on": one.maybe(0.9, one.day()), "finalised_on": finalised,
        "outcome": one.chance.choice(("1", "14", "16", "18")) if finalised else "",
    }  # fmt: skip


def _breach_crime(one: "Chance") -> dict[str, Any]:
    finalised = one.maybe(0.7, one.day())
    return {
        "kind": one.chance.choice((*KINDS, "")), "finalised_on": finalised,
        "outcome": one.chance.choice(("1", "1A", "15")) if finalised else "",
    }  # fmt: skip


def _application(one: "Chance", number: int) -> dict[str, Any]:
    return {
        "application": f"application-{number}", "order": f"order-{number}", "kind": one.chance.choice(KINDS),
        "lodged_on": one.day(),
    }  # fmt: skip


def _applied(one: "Chance") -> dict[str, Any]:
    result = one.chance.choice(("granted", "refused", "withdrawn", ""))
    interim = one.maybe(0.5, one.day())
    return {
        "interim_on": interim, "is_interim_made": interim is not None and one.often(0.6), "result": result,
        "ended_on": one.day() if result else None, "is_at_hearing": one.often(0.4),
    }  # fmt: skip


def _considered(one: "Chance", number: int) -> dict[str, Any]:
    # Now and then in the last hours before it is asked.
    opened = one.instant() if one.often(0.9) else one.instant(one.latest, 1)
    return {
        "case": f"case-{number}", "opened_on": opened.date(), "decide_by": opened + timedelta(hours=48),
        "decided_at": one.maybe(0.7, opened + timedelta(hours=one.chance.choice((1, 47, 48, 49, 900)))), "known_from": opened,
    }  # fmt: skip


def _change(one: "Chance", number: int) -> dict[str, Any]:
    what = one.chance.choice(("vary", "renew", "discharge"))
    return {
        "change": f"change-{number}", "order": f"order-{number}", "kind": one.chance.choice(KINDS), "what": what,
        "applicant": one.chance.choice(("police", "respondent", "victim", "prosecution", "court", "not_said")),
        "determined_on": one.day(), "is_granted": one.often(0.7), "is_by_variation": what == "renew" and one.often(0.5),
        "known_from": one.instant(),
    }  # fmt: skip


def _news(one: "Chance", named: str) -> dict[str, Any]:
    limit = one.chance.choice(("code", "safety"))
    of_code = ("running", "on_time", "late", "missed", "not_wanted")
    of_safety = ("warning_due", "warned", "told_not_warned", "running", "in_time", "late", "missed")
    return {
        "news": named, "clock": limit, "due_on": one.day(),
        "status": one.chance.choice(of_code if limit == "code" else of_safety),
        "known_from": one.instant(),
    }  # fmt: skip


def _survey(one: "Chance", named: str) -> dict[str, Any]:
    is_valid = one.often(0.5)
    return {
        "invitation": named, "question": f"safe_page/1/online/{one.chance.choice(('felt_safe', 'kept_informed'))}",
        "asked_on": one.day(),
        "went": one.chance.choice(("answered", "no_valid_answer", "silent", "not_delivered", "delivery_not_said", "")),
        "is_valid": is_valid, "is_satisfied": is_valid and one.often(0.5), "is_unsafe": one.often(0.1),
        "known_from": one.instant(),
    }  # fmt: skip
