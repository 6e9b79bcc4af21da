"""Questions about victims as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any

from craffu.clocks.london import Occurrence, day_or_none, instant_of, instant_or_none
from craffu.victims.advocates.rules import Advocate, why_not
from craffu.victims.agreements.rules import (
    Agreement,
    Occasion,
    OffersAgain,
    lacks,
    offer_again,
    one_contact_a_day,
    revisit_due,
)
from craffu.victims.contacts.rules import Attempt, Made, SafeTimes, Safety, check_contact, promise
from craffu.victims.leaks.rules import leaks
from craffu.victims.notices.code import CodeEvent, Entitlement
from craffu.victims.notices.rules import SafetyEvent, code_limit, safety_news
from craffu.victims.safeguarding.rules import SafeguardingAction, told_of
from craffu.victims.voice.rules import Explored, ReadersNotice, why_words_are_not_taken, withdrawal

type Given = Mapping[str, Any]


def agreement(given: Given) -> dict[str, Any]:
    missing = lacks(Agreement(**given))
    return {"complete": not missing, "missing": missing}


def reoffer(event: str, choice: str | Sequence[str] | None) -> dict[str, Any]:
    return asdict(offer_again(Occasion(event), _choice(choice)))


def _choice(choice: str | Sequence[str] | None) -> OffersAgain | list[Occasion] | None:
    if choice is None or isinstance(choice, str):
        return choice if choice is None else OffersAgain(choice)
    return [Occasion(one) for one in choice]


def one_contact(events: Iterable[Given]) -> dict[str, Any]:
    contacts = one_contact_a_day((Occasion(one["event"]), _instant(one["at"])) for one in events)
    return {"contacts": [{"day": one.day, "events": one.occasions, "due_day": one.due_day} for one in contacts]}


def revisit(event: str, at: str) -> dict[str, Any]:
    return {"due_day": revisit_due(Occasion(event), _instant(at))}


def contact(safe: Given, channel: str, at: str, override: str | None, *, voicemail: bool | None) -> dict[str, Any]:
    times = [SafeTimes(time.fromisoformat(safe["safe_from"]), time.fromisoformat(safe["safe_to"]))]
    safety = Safety(safe["safe_channels"], times, voicemail=safe["voicemail_ok"])
    checked = check_contact(safety, channel, _instant(at), leaves_message=bool(voicemail), override=override)
    logged = {"override_logged": True} if checked.override_logged else {}
    return {"allowed": checked.allowed, "why": checked.why, **logged}


def promised(given: Given) -> dict[str, Any]:
    made_at = instant_or_none(given.get("made_at"))
    found = promise(
        _instant(given["due_at"]),
        given["agreed_channels"],
        _instant(given["now"]),
        made=None if made_at is None else Made(made_at, given["channel"]),
        excuse=given.get("excused_reason"),
        attempts=[Attempt(date.fromisoformat(one["on"]), one["channel"]) for one in given.get("attempts", ())],
        safe_channels=given.get("safe_channels", ()),
    )
    return {"status": found.status, "agreement_breached": found.agreement_breached, "counts_in": found.counts_in}


def inform(event: str, entitled: str, at: str, told_at: str | None) -> dict[str, Any]:
    return asdict(code_limit(CodeEvent(event), Entitlement(entitled), _instant(at), instant_or_none(told_at)))


def safety_event(given: Given) -> dict[str, Any]:
    return asdict(
        safety_news(
            SafetyEvent(given["event"]),
            Entitlement(given["entitlement"]),
            instant_of(datetime.fromisoformat(given["at"]), occurrence=Occurrence.FIRST),
            _instant(given["now"]),
            time_known_at=instant_or_none(given.get("time_known_at")),
            learnt_at=instant_or_none(given.get("learnt_at")),
            told_at=instant_or_none(given.get("told_at")),
        )
    )


def withdrawn(
    by: str | None,
    reason: str | None,
    not_explored: str | None,
    *,
    pressure_asked: bool | None,
    safety_reviewed: bool | None,
) -> dict[str, Any]:
    asked = {"pressure_asked": bool(pressure_asked), "safety_reviewed": bool(safety_reviewed)}
    answer = withdrawal(Explored(by or "", reason or "", **asked, not_explored_reason=not_explored or ""))
    return {
        "outcome_14_or_16_allowed": answer.allowed,
        "why": answer.why,
        "open_safety_actions_closed": answer.open_safety_actions_closed,
    }


def told(actions: Iterable[Given]) -> dict[str, Any]:
    return asdict(told_of(SafeguardingAction(one["id"], day_or_none(one.get("told_on"))) for one in actions))


def leak_scan(text: str, protected: Mapping[str, str], zone: Given | None) -> dict[str, Any]:
    found = leaks(text, protected.items(), zone_is_centred_on_her=bool(zone and zone["centre_is_protected_address"]))
    return {"release": not found, "found": found}


def words(language: str, written_at: str, notice: Given | None) -> dict[str, Any]:
    shown = notice and ReadersNotice(
        notice["version"], notice["language"], _instant(notice["shown_at"]), notice["readers"]
    )
    why = why_words_are_not_taken(language, _instant(written_at), shown or None)
    return {"accepted": not why, "why": why}


def advocate(victim: str, on: str, action: str, given: Given) -> dict[str, Any]:
    named = Advocate(
        given["victim"],
        day_or_none(given.get("named_by_victim_on")),
        day_or_none(given.get("consent_on")),
        day_or_none(given.get("consent_ended_on")),
    )
    why = why_not(named, victim, action, date.fromisoformat(on))
    return {"allowed": why is None, "why": why}


def _instant(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))
