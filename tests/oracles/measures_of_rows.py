"""Slow twins of the measures whose rows already say how each thing stood: one row at a time, in plain Python (MSR-01, MSR-05)."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracles.measures import Question, Row, Tables, groups, incidents, stood

type Answer = dict[Any, dict[str, int]]
LACKS = (
    "type", "court", "court_case_no", "made_on", "starts_on", "end_or_indefinite", "respondent_name", "respondent_dob",
    "respondent_identifier", "protected_person_ref", "terms", "language", "owner", "national_system_recorded",
    "locality_limit", "term_periods", "served_at", "service_method", "service_proof",
)  # fmt: skip


def london(asked: Question) -> date:
    return asked.at.astimezone(ZoneInfo("Europe/London")).date()


def within(rows: Iterable[Row], day: str, asked: Question) -> list[Row]:
    return [row for row in rows if row[day] is not None and asked.first <= row[day] <= asked.last]


def told(rows: list[Row], split: str | None, names: Iterable[str], of: Callable[[Row], Iterable[str]]) -> Answer:
    """What each row is counted as, added up."""
    answer = {}
    for value, several in groups(rows, split).items():
        counted = Counter(name for row in several for name in of(row))
        answer[value] = {name: counted[name] for name in names}
    return answer


def _made(kind: str, part: str) -> Callable[[Tables, Question, str | None], Answer]:
    def twin(tables: Tables, asked: Question, split: str | None) -> Answer:
        orders = [row for row in within(stood(tables["orders"], asked.at), "made_on", asked) if row["kind"] == kind]
        crimes = within(stood(tables["crimes"], asked.at), "recorded_on", asked)
        counted = sum(row["is_ours"] for row in orders)
        return {
            None: {
                part: counted, "not_ours": len(orders) - counted,
                "crimes": sum(row["is_crime"] and row["is_stalking"] for row in crimes),
            }
        }  # fmt: skip

    return twin


def met02(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        if row["decide_by"] > asked.at:
            return ["not_yet_due"]
        decided = row["decided_at"]
        if decided is None or decided > asked.at:
            return ["of", "undecided"]
        return ["of", "in_time" if decided <= row["decide_by"] else "late"]

    rows = within(stood(tables["considered"], asked.at), "opened_on", asked)
    return told(rows, split, ("of", "in_time", "late", "undecided", "not_yet_due"), of)


def met03(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        is_over = row["end_known_from"] is not None and row["end_known_from"] <= asked.at
        if is_over and row["how"] == "otherwise":
            return ["reversed"]
        last = row["began_on"] + timedelta(days=28)
        if london(asked) <= last:
            return ["not_yet_due"]
        return ["of", "in_time"] if is_over and row["ended_on"] <= last else ["of"]

    rows = within(stood(tables["stages"], asked.at), "began_on", asked)
    rows = [row for row in rows if row["stage"] == "decided_to_lodged"]
    return told(rows, split, ("of", "in_time", "reversed", "not_yet_due"), of)


def met04(tables: Tables, asked: Question, split: str | None) -> Answer:
    rows = within(stood(tables["requests"], asked.at), "decided_on", asked)
    return told(rows, split, ("of", "declined"), lambda row: ["of", "declined"] if row["is_declined"] else ["of"])


def met05(tables: Tables, asked: Question, split: str | None) -> Answer:
    rows = within(stood(tables["applications"], asked.at), "ended_on", asked)
    decided = [row for row in rows if row["result"] in ("granted", "refused")]
    return told(decided, split, ("of", "granted"), lambda row: ["of", row["result"]])


def met06(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        late = row["result"] == "withdrawn" and row["is_at_hearing"]
        return ["of", row["result"], *(["withdrawn_at_hearing"] if late else [])]

    rows = within(stood(tables["applications"], asked.at), "ended_on", asked)
    return told(rows, split, ("of", "refused", "withdrawn", "withdrawn_at_hearing"), of)


def met07(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        said = ["of"]
        if row["interim_on"] is not None:
            said.append("requested")
            said += ["requested_at_lodging"] if row["interim_on"] <= row["lodged_on"] else []
        said += ["granted"] if row["is_interim_made"] else []
        return [*said, "still_open"] if not row["result"] else said

    rows = within(stood(tables["applications"], asked.at), "lodged_on", asked)
    return told(rows, split, ("of", "requested", "granted", "requested_at_lodging", "still_open"), of)


def met09(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        if row["serve_by"] > asked.at:
            return ["not_yet_due"]
        said = ["of"]
        for name, column in (("in_time", "in_person_at"), ("in_court", "in_court_at")):
            if row[column] is not None and row[column] < row["serve_by"]:
                said.append(name)
        return said

    rows = within(stood(tables["orders"], asked.at), "made_on", asked)
    return told(rows, split, ("of", "in_time", "in_court", "not_yet_due"), of)


def met10(tables: Tables, asked: Question, split: str | None) -> Answer:
    waiting = [
        row
        for row in stood(tables["orders"], asked.at)
        if row["is_live"] and not row["is_served"] and (row["over_at"] is None or row["over_at"] > asked.at)
    ]
    return told(
        waiting,
        split,
        ("of", "over_3_days"),
        lambda row: (
            ["of", "over_3_days"] if row["made_on"] and row["made_on"] + timedelta(days=3) < london(asked) else ["of"]
        ),
    )


def met12(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        lacks = [f"lacks_{name}" for name in LACKS if row[f"lacks_{name}"]]
        return ["of", *(["complete"] if row["is_complete"] else []), *lacks]

    return told(stood(tables["cards"], asked.at), split, ("of", "complete", *(f"lacks_{name}" for name in LACKS)), of)


def _due(table: str, beside: tuple[str, ...]) -> Callable[[Tables, Question, str | None], Answer]:
    def twin(tables: Tables, asked: Question, split: str | None) -> Answer:
        rows = within(stood(tables[table], asked.at), "due_on", asked)
        among = {
            "in_time": ["of", "in_time"],
            "late": ["of"],
            "cancelled": ["cancelled"],
            "not_yet_due": ["not_yet_due"],
        }
        return told(rows, split, ("of", "in_time", *beside), lambda row: among[row["status"]])

    return twin


def met21(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        if row["course_at"] is None:
            return ["of"]
        soon = row["course_at"] - row["reported_at"] <= timedelta(hours=48)
        return ["of", "answered", *(["answered_in_48_hours"] if soon else [])]

    rows = within(incidents(tables, asked), "reported_on", asked)
    return told(rows, split, ("of", "answered", "answered_in_48_hours"), of)


def met22(tables: Tables, asked: Question, split: str | None) -> Answer:
    called = {"1": "charged", "1A": "charged_otherwise"}
    rows = within(stood(tables["breach_crimes"], asked.at), "finalised_on", asked)
    return told(
        rows,
        split,
        ("of", *called.values()),
        lambda row: ["of", *([called[row["outcome"]]] if row["outcome"] in called else [])],
    )


def met23(tables: Tables, asked: Question, split: str | None) -> Answer:
    rows = within(stood(tables["defendants"], asked.at), "completed_on", asked)
    return told(rows, split, ("of", "convicted"), lambda row: ["of", "convicted"] if row["is_convicted"] else ["of"])


def met25(tables: Tables, asked: Question, split: str | None) -> Answer:
    rows = within(stood(tables["ran_out"], asked.at), "last_day", asked)
    return told(rows, split, ("of", "unreviewed"), lambda row: ["of", "unreviewed"] if row["is_unreviewed"] else ["of"])


def met26(tables: Tables, asked: Question, split: str | None) -> Answer:
    whats, who = ("vary", "renew", "discharge"), ("police", "respondent", "victim", "prosecution", "court", "not_said")

    def of(row: Row) -> list[str]:
        said = ["of", f"asked_by_{row['applicant']}"]
        said += ["granted", f"granted_{row['what']}"] if row["is_granted"] else []
        return [*said, "by_variation"] if row["is_by_variation"] else said

    names = ("of", "granted", "by_variation", *(f"granted_{one}" for one in whats), *(f"asked_by_{one}" for one in who))
    return told(within(stood(tables["changes"], asked.at), "determined_on", asked), split, names, of)


def met28(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        status = row["status"]
        if row["clock"] == "safety":
            if status not in ("warned", "in_time", "told_not_warned", "late", "missed"):
                return []
            return ["safety_of", *(["safety_in_time"] if status in ("warned", "in_time") else [])]
        return {"running": ["not_yet_due"], "not_wanted": ["not_wanted"]}.get(status, ["of", status])

    names = ("of", "on_time", "late", "missed", "not_yet_due", "not_wanted", "safety_in_time", "safety_of")
    return told(within(stood(tables["news"], asked.at), "due_on", asked), split, names, of)


def met29(tables: Tables, asked: Question, split: str | None) -> Answer:
    rows = [row for row in within(stood(tables["crimes"], asked.at), "finalised_on", asked) if row["is_crime"]]
    return told(rows, split, ("of", "outcome_14", "outcome_16"), lambda row: ["of", f"outcome_{row['outcome']}"])


def met30(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        said = ["of", *(["satisfied"] if row["is_satisfied"] else [])] if row["is_valid"] else []
        said += ["arrived"] if row["went"] in ("answered", "no_valid_answer", "silent") else []
        return [*said, *(["unsafe_to_ask"] if row["is_unsafe"] else [])]

    rows = within(stood(tables["surveys"], asked.at), "asked_on", asked)
    return told(rows, split, ("of", "satisfied", "arrived", "unsafe_to_ask"), of)


def met31(tables: Tables, asked: Question, split: str | None) -> Answer:
    def of(row: Row) -> list[str]:
        is_so = {"covered": row["is_covered"], "planned": row["is_planned"], "urgent": row["tier"] == "urgent"}
        return ["of", *(name for name, holds in is_so.items() if holds)]

    return told(stood(tables["priority_list"], asked.at), split, ("of", "covered", "planned", "urgent"), of)


def met32(tables: Tables, asked: Question, split: str | None) -> Answer:
    rows = [row for row in within(stood(tables["shifts"], asked.at), "began_on", asked) if row["began_at"] <= asked.at]
    return told(
        rows,
        split,
        ("of", "covered", "on_call_alone"),
        lambda row: [
            "of",
            *(["covered"] if row["is_covered"] else []),
            *(["on_call_alone"] if row["is_on_call_alone"] else []),
        ],
    )


ORACLES = {
    "MET01": _made("SPO", "full"), "MET01i": _made("ISPO", "interim"), "MET02": met02, "MET03": met03, "MET04": met04,
    "MET05": met05, "MET06": met06, "MET07": met07, "MET09": met09, "MET10": met10, "MET12": met12,
    "MET14": _due("checks", ("cancelled", "not_yet_due")), "MET15": _due("reviews_due", ("not_yet_due",)), "MET21": met21,
    "MET22": met22, "MET23": met23, "MET25": met25, "MET26": met26, "MET28": met28, "MET29": met29, "MET30": met30,
    "MET31": met31, "MET32": met32,
}  # fmt: skip
