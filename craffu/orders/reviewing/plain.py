"""Questions about reviews as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from craffu.clocks.london import day_or_none
from craffu.orders.reviewing import rules, timing
from craffu.victims.contacts.rules import Attempt

type Given = Mapping[str, Any]
type Answer = dict[str, Any]

_RESULTS: Final = {True: "completed", False: "conflict"}


def due(given: Given) -> Answer:
    event = day_or_none(given.get("event_on"))
    found = timing.next_review_due(
        timing.Reviewed(
            served_on=day_or_none(given.get("served_on")),
            grade=given.get("risk"),
            last_completed_on=day_or_none(given.get("last_completed_on")),
            events=[] if event is None else [event],
            last_day=day_or_none(given.get("last_day")),
            statutory_from=timing.statutory_from(
                given.get("type") or "", given.get("age"), day_or_none(given.get("effect_on"))
            ),
        )
    )
    return {} if found is None else {"due_day": found.due_day, "why": found.because}


def close(given: Given) -> Answer:
    found = rules.review_outcome(
        rules.Closing(
            decision=given["decision"],
            reason=given.get("reason") or "",
            reviewer=given["reviewer"],
            on=date.fromisoformat(given["on"]),
            said=[_said(one) for one in given.get("protected_persons") or ()],
            signed_by=given.get("supervisor_signed_by") or "",
            why_differs=given.get("why_differs") or "",
        )
    )
    return {"may_close": found.may_close, "why": found.why}


def _said(given: Given) -> rules.Said:
    view = given.get("view") or {}
    return rules.Said(
        person=given["id"],
        kind=view.get("kind") or "",
        words=view.get("words") or "",
        asked_by=view.get("asked_by") or "",
        on=day_or_none(view.get("on")),
        wants=view.get("wants") or "",
        through_advocate=view.get("through") == "advocate",
        consented_on=day_or_none(view.get("advocate_consent_on")),
        reason=view.get("reason") or "",
        is_agreed=bool(view.get("supervisor_agrees")),
        wish=view.get("wish") or "",
        attempts=[Attempt(date.fromisoformat(one["on"]), one["channel"]) for one in view.get("attempts") or ()],
        safe_channels=view.get("safe_channels") or (),
    )


def concurrent(version: int, attempts: Sequence[Given]) -> Answer:
    found = rules.completions(version, [one["version_read"] for one in attempts])
    results = [{"by": one["by"], "result": _RESULTS[done]} for one, done in zip(attempts, found.completed, strict=True)]
    return {
        "results": results,
        "completions": _number(found.completed),
        "audit_completions": _number(found.completed),
        "version": found.version,
    }


def _number(completed: Iterable[bool]) -> int:
    return sum(completed)


def expiry(last_day: str, decided_on: str | None) -> Answer:
    found = timing.lapse(date.fromisoformat(last_day), day_or_none(decided_on))
    return {"decide_by": found.decide_by, "lapse_unreviewed": found.lapse_unreviewed}
