"""Clocks of orders as a rule case file asks for them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any, Final

from craffu.clocks.counted_days import Away
from craffu.clocks.london import day_or_none, instant_of, instant_or_none
from craffu.orders.clocks import appeals, bail, interim, limits, locks, notifications, terms, watches
from craffu.orders.clocks.hearings import hour_clock

type Given = Mapping[str, Any]
type Answer = dict[str, Any]

# What a case file calls the kinds of limit.
KINDS: Final = {"statute": limits.Kind.LAW, "code": limits.Kind.CODE}


def notification(given: Given) -> Answer:
    answer = asdict(
        notifications.initial_notification(
            notifications.Bound(
                given["type"],
                made_at=instant_or_none(given.get("made_at")),
                served_at=instant_or_none(given.get("served_at")),
                replaces=_interim(given),
                soa_part_2=_other_duty(given),
                under_spa_9=bool(given.get("spa_s9")),
                away=[
                    Away(date.fromisoformat(first), date.fromisoformat(last))
                    for first, last in given.get("left_out") or ()
                ],
            ),
            notified_at=instant_or_none(given.get("notified_at")),
            now=instant_or_none(given.get("now")),
        )
    )
    del answer["served_late"]
    return answer | {"ends_utc": answer["ends"]}


def _interim(given: Given) -> notifications.Interim | None:
    if not given.get("replaces_interim"):
        return None
    return notifications.Interim(
        served=given.get("interim_served") is not False, notified=bool(given.get("interim_notified"))
    )


def _other_duty(given: Given) -> notifications.OtherDuty | None:
    ended_on = day_or_none(given.get("soa_part2_ends_on"))
    is_under = given.get("soa_part2")
    # That it ends on a day says that there was one.
    stood = ended_on is not None if is_under is None else is_under
    return notifications.OtherDuty(ended_on) if stood else None


def change_notification(
    kind: str, change: str, event_on: str, notified_at: str | None, now: str | None
) -> dict[str, Any]:
    answer = asdict(
        notifications.change_notification(
            kind,
            change,
            date.fromisoformat(event_on),
            notified_at=instant_or_none(notified_at),
            now=instant_or_none(now),
        )
    )
    del answer["served_late"]
    return answer


def annual_notification(kind: str, last_notified_on: str) -> Answer:
    return asdict(notifications.annual_notification(kind, date.fromisoformat(last_notified_on)))


def hours(clock: str, start: str) -> Answer:
    answer = hour_clock(clock, instant_of(datetime.fromisoformat(start)))
    return {
        "due": answer.due,
        "due_utc": answer.due,
        "excluded": [{"day": out.day, "why": out.why.value} for out in answer.excluded],
        "provisional": answer.provisional,
        "act_by": answer.act_by,
        "mark": answer.mark,
    }


def term_check(kind: str, made_on: str, last_day: str | None, stage: str, age: int | None) -> Answer:
    return asdict(
        terms.check_term(kind, date.fromisoformat(made_on), day_or_none(last_day), terms.Stage(stage), age),
    )


def extension(section: str | int, start: str, new_last_day: str | None, so_far: int | None) -> Answer:
    return asdict(
        terms.extension(str(section), date.fromisoformat(start), day_or_none(new_last_day), so_far or 0),
    )


def cbo_review(start: str) -> Answer:
    return {"period_last_day": terms.cbo_review_last_day(date.fromisoformat(start))}


def appeal_days(kind: str | None, decided_on: str | None, issued_on: str | None) -> Answer:
    if kind in appeals.WATCHED:
        return asdict(appeals.appeal_watch(date.fromisoformat(decided_on or "")))
    return asdict(appeals.notice_appeal(date.fromisoformat(issued_on or "")))


def discharge_lock(
    kind: str,
    made_on: str,
    on: str,
    concerned: Iterable[str] | None,
    consents: Sequence[str] | None,
    *,
    foreign_travel_ban_only: bool | None,
) -> Answer:
    lock = locks.discharge_lock(
        kind,
        date.fromisoformat(made_on),
        date.fromisoformat(on),
        concerned=concerned or (),
        consents=consents or (),
        foreign_travel_ban_only=bool(foreign_travel_ban_only),
    )
    return asdict(lock) | {"allowed": lock.allowed}


def interim_end(last_day: str | None, determined_at: str | None, next_hearing_on: str | None) -> Answer:
    return asdict(
        interim.interim_end(day_or_none(last_day), instant_or_none(determined_at), day_or_none(next_hearing_on)),
    )


def expiry_watches(made_on: str, last_day: str | None, known_on: str | None) -> Answer:
    return asdict(watches.expiry_watches(date.fromisoformat(made_on), day_or_none(last_day), day_or_none(known_on)))


def pre_charge_bail(bail_start_on: str | None, arrested_on: str | None, stood_still_days: int | None) -> Answer:
    start = day_or_none(bail_start_on) or bail.bail_start(date.fromisoformat(arrested_on or ""))
    return asdict(bail.bail(start, stood_still_days=stood_still_days or 0))


def custody_pause(arrested_at: str) -> Answer:
    return {"paused_until": bail.custody_paused_until(instant_of(datetime.fromisoformat(arrested_at)))}


def summary_limit(last_act_on: str) -> Answer:
    return asdict(bail.summary_limit(date.fromisoformat(last_act_on)))


def days_after(event_on: str, days: int) -> Answer:
    return {"due_day": date.fromisoformat(event_on) + timedelta(days=days)}


def setting_change(kind: str) -> Answer:
    return asdict(limits.setting_change(KINDS.get(kind) or limits.Kind(kind)))


def show_limit(verification: str | None, output: str) -> Answer:
    return asdict(limits.show_limit(limits.verification_of(verification), output))
