"""Questions about orders as a rule case file asks them: plain values in, plain values out. It decides nothing of its own."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from craffu.clocks.london import day_of, day_or_none, instant_of, instant_or_none
from craffu.orders.catalogue import rules as catalogue
from craffu.orders.catalogue.kinds import First
from craffu.orders.catalogue.reading import kind_of, kinds
from craffu.orders.clocks.locks import discharge_lock
from craffu.orders.conditions.rules import Drafted, Monitoring, why_not_accepted
from craffu.orders.considering import rules as considering
from craffu.orders.effect import rules as effect
from craffu.orders.episodes.rules import Instrument, count_episodes
from craffu.orders.following import rules as following
from craffu.orders.hearings.rules import hearing_watch
from craffu.orders.inbox.rules import Received, inbox
from craffu.orders.life import rules as life
from craffu.orders.notifying import rules as notifying
from craffu.orders.papers.rules import Pack, PackTerm, card_lacks, pack_lacks
from craffu.orders.reconciling.rules import Listed, reconcile
from craffu.orders.serving.rules import service_clock
from craffu.orders.terms.rules import Comparison, check_terms
from craffu.orders.transfers.rules import Receipt, transfer

type Given = Mapping[str, Any]
type Answer = dict[str, Any]


def availability(given: Given) -> Answer:
    found = catalogue.availability(
        kind_of(given["type"]),
        given["area"],
        _day(given["on"]),
        entered=_entered(given.get("rule_row")),
        received_from_court=bool(given.get("received_from_court")),
    )
    recorded = {"recorded": True} if found.recorded else {}
    return {"offered": found.offered, "why": found.why, **recorded}


def _entered(row: Given | None) -> catalogue.Entered | None:
    return row and catalogue.Entered(
        day_or_none(row.get("effective_from")), day_or_none(row.get("effective_to")), row.get("extent_area")
    )  # type: ignore[return-value]


def application(given: Given) -> Answer:
    done = {
        First.WRITTEN_WARNING: given.get("warning_given"),
        First.SERVED_NOTICE: given.get("notice_served"),
    }
    return asdict(
        catalogue.may_apply(
            kind_of(given["type"]),
            given["applicant"],
            day_or_none(given.get("respondent_born")),
            _day(given["on"]),
            done_first={first for first, was_done in done.items() if was_done},
        )
    )


def applicant_for_change(given: Given) -> Answer:
    return asdict(catalogue.may_ask_for_change(kind_of(given["type"]), given["applicant"], given["change"]))


def checklist(given: Given) -> Answer:
    found = _checklist(given)
    return {
        "offered": found.offered,
        "waiting_for_a_fact": found.waiting_for_a_fact,
        "ask": found.ask,
        "not_available": [asdict(one) for one in found.not_available],
    }


def _checklist(given: Given) -> considering.Checklist:
    facts = {considering.Fact(name): answer for name, answer in (given.get("facts") or {}).items()}
    return considering.checklist(
        considering.Situation(
            considering.CaseStage(given["stage"]),
            given["area"],
            _day(given["on"]),
            day_or_none(given.get("respondent_born")),
            facts,
        ),
        kinds(),
    )


def stage_change(after: Given, decided: Sequence[str] | None) -> Answer:
    return {"to_consider": considering.to_consider(_checklist(after), decided or ())}


def consideration(offered: Sequence[str], decisions: Mapping[str, str | None] | None) -> Answer:
    return asdict(considering.consideration(offered, decisions or {}))


def consider(opened_at: str, now: str, decided_at: str | None) -> Answer:
    return asdict(considering.consider_by(_instant(opened_at), _instant(now), instant_or_none(decided_at)))


def decision(given: Given) -> Answer:
    why = considering.why_not_decided(
        considering.Decision(
            given["type"],
            given["outcome"],
            given.get("reason_code") or "",
            given.get("reason_text") or "",
            given.get("risk"),
            bool(given.get("supervisor_agrees")),
            day_or_none(given.get("decided_on")),
            day_or_none(given.get("review_on")),
        )
    )
    return {"accepted": not why, "why": why}


def condition(type_: str, given: Given) -> Answer:
    drafted = Drafted(
        type=given["type"],
        answers=given.get("answers") or (),
        names={name: value for name, value in given.items() if isinstance(value, str)},
        nature=given.get("nature"),
        drafted_by=given.get("drafted_by"),
        second_approval_by=given.get("second_approval_by"),
        monitoring=Monitoring(
            given.get("months"),
            given.get("respondent_present"),
            given.get("third_party_consents"),
            given.get("available_locally"),
        ),
    )
    why = why_not_accepted(kind_of(type_), drafted)
    return {"accepted": not why, "why": why}


def move(given: Given) -> Answer:
    facts, actor = given.get("facts") or {}, given["actor"]
    if given["type"] not in kinds():
        return {"allowed": False, "to": given["state"], "why": life.unknown_kind(given["move"])}
    return asdict(
        life.moved(
            kind_of(given["type"]),
            given["state"],
            given["move"],
            life.Actor(actor["id"], actor["role"], actor.get("rank")),
            facts,
            _around(given["type"], facts),
        )
    )


def _around(type_: str, facts: Given) -> life.Around:
    return life.Around(
        risk=facts.get("risk"),
        requested_by=facts.get("requested_by"),
        decided_by=facts.get("decided_by"),
        main_status=facts.get("main_state"),
        made_at=instant_or_none(facts.get("made_at")),
        served_at=instant_or_none(facts.get("served_at")),
        lodged_on=day_or_none(facts.get("lodged_on")),
        last_day=day_or_none(facts.get("last_day")),
        now=instant_or_none(facts.get("now")),
        is_discharge_locked=_is_locked(type_, facts),
        is_extended_by_variation=life.is_extended_by_variation(kind_of(type_), facts.get("section")),
    )


def _is_locked(type_: str, facts: Given) -> bool:
    """ORD-16, for a discharge whose day and whose order's day of making are said."""
    made_on = day_or_none(facts.get("made_on")) or _london_day(facts.get("made_at"))
    on = day_or_none(facts.get("discharged_on"))
    if made_on is None or on is None:
        return False
    concerned = facts.get("concerned") or ()
    lock = discharge_lock(
        type_,
        made_on,
        on,
        concerned=concerned,
        consents=facts.get("consents") or (),
        foreign_travel_ban_only=bool(facts.get("foreign_travel_ban_only")),
    )
    # Whose consent is needed and was not said cannot have been given.
    return not lock.allowed or (lock.in_lock and not concerned)


def _london_day(text: str | None) -> date | None:
    at = instant_or_none(text)
    return None if at is None else day_of(at)


def moves_available(type_: str, state: str, role: str) -> Answer:
    return {"moves": life.moves_available(kind_of(type_), state, role)}


def appeal(given: Given) -> Answer:
    suspends = bool(given.get("court_suspends"))
    return asdict(life.appealed(given["state"], given.get("result"), court_suspends=suspends))


def enforceable(given: Given) -> Answer:
    happened = effect.Happened(
        instant_or_none(given.get("made_at")),
        instant_or_none(given.get("takes_effect_at")),
        instant_or_none(given.get("served_at")),
        instant_or_none(given.get("aware_at")),
        day_or_none(given.get("last_day")),
        instant_or_none(given.get("ended_at")),
        given.get("made_without_notice"),
    )
    found = effect.enforceable(kind_of(given["type"]), happened, _instant(given["at"]))
    return {
        "in_force": found.in_force,
        "liability_from": found.liability_from,
        "enforceable": found.enforceable,
        "breach_is": found.breach_is,
        "awareness_required_by": found.awareness_required_by,
    }


def in_force(given: Given) -> Answer:
    at = _instant(given["at"])
    ended = [instant_or_none(given.get(name)) for name in ("discharged_at", "superseded_at", "quashed_at", "ended_at")]
    order = effect.Period(
        instant_or_none(given.get("effect_from")), day_or_none(given.get("last_day")), ended=tuple(ended)
    )
    pending = bool(given.get("cpn_appeal_pending"))
    answer: Answer = {"order": order.holds(at)}
    if given.get("terms") is not None:
        answer["terms"] = [
            {"id": one.id, "in_force": effect.term_in_force(one, order, at, cpn_appeal_pending=pending)}
            for one in map(_term, given["terms"])
        ]
    return answer


def _term(given: Given) -> effect.Term:
    return effect.Term(
        given["id"],
        instant_or_none(given.get("from")),
        day_or_none(given.get("last_day")),
        given.get("nature") or effect.Nature.PROHIBITION,
    )


def version_at(versions: Iterable[Given], at: str) -> Answer:
    listed = [effect.Version(one["n"], _instant(one["from"])) for one in versions]
    return {"version": effect.version_at(listed, _instant(at))}


def version_diff(before: Iterable[Given] | None, after: Iterable[Given] | None) -> Answer:
    return asdict(effect.difference(_conditions(before), _conditions(after)))


def _conditions(given: Iterable[Given] | None) -> list[effect.Condition]:
    return [
        effect.Condition(one["id"], {name: value for name, value in one.items() if name != "id"}) for one in given or ()
    ]


def hearing(adjourned_on: str, now_on: str, next_hearing_on: str | None) -> Answer:
    return asdict(hearing_watch(_day(adjourned_on), _day(now_on), day_or_none(next_hearing_on)))


def service(made_at: str, now_on: str, served_at: str | None) -> Answer:
    return asdict(service_clock(_instant(made_at), instant_or_none(served_at), _day(now_on)))


def pack(given: Given) -> Answer:
    missing = pack_lacks(
        kind_of(given["type"]),
        Pack(
            given.get("limbs_with_evidence") or (),
            [PackTerm(one.get("necessity") or "", one.get("behaviours") or ()) for one in given.get("terms") or ()],
            given.get("victim_view") or "",
            given.get("victim_view_absent_reason") or "",
            given.get("risk_assessment_ref") or "",
        ),
    )
    return {"complete": not missing, "missing": missing}


def card(type_: str, given: Given | None, aware_at: str | None) -> Answer:
    missing = card_lacks(kind_of(type_), given or {}, proven_aware=instant_or_none(aware_at) is not None)
    return {"complete": not missing, "missing": missing}


def terms_check(version: int, entered_by: str | None, comparisons: Iterable[Given] | None) -> Answer:
    made = [Comparison(one["version"], one.get("by"), one.get("image_ref")) for one in comparisons or ()]
    return asdict(check_terms(version, entered_by, made))


def received(given: Given) -> Answer:
    document = Received(
        _instant(given["received_at"]),
        given.get("owner"),
        instant_or_none(given.get("matched_at")),
        instant_or_none(given.get("returned_at")),
        given.get("return_reason") or "",
    )
    return asdict(inbox(document, _instant(given["now"])))


def trigger(given: Given) -> Answer:
    at = _instant(given["at"])
    due_at = following.action_due(following.Trigger(given["trigger"]), at, given.get("risk"))
    until = following.heightened_until(day_of(at), day_or_none(given.get("heightened_until")))
    return {"action_due": due_at, "action_due_utc": due_at, "heightened_until": until}


def date_trigger(date_: str, known_on: str) -> Answer:
    found = following.near(_day(date_), _day(known_on))
    return asdict(found) | {"heightened_until": following.heightened_until(found.raised_on)}


def verify_notification(given: Given) -> Answer:
    found = notifying.validity(
        in_person=given["in_person"],
        at_station_in_area=given["at_police_station_in_area"],
        given_on=day_of(_instant(given["notified_at"])),
    )
    return asdict(found) | {"acknowledge_in_writing": found.acknowledge_in_writing}


def transferred(sent_on: str | None, acknowledged: Given | None, now_on: str) -> Answer:
    receipt = acknowledged and Receipt(
        day_or_none(acknowledged.get("on")), acknowledged.get("by") or "", acknowledged.get("reference") or ""
    )
    return asdict(transfer(day_or_none(sent_on), receipt or None, _day(now_on)))


def reconciled(register: Iterable[Given] | None, court: Iterable[Given] | None) -> Answer:
    return asdict(reconcile(_listed(register), _listed(court)))


def _listed(given: Iterable[Given] | None) -> list[Listed]:
    return [
        Listed(one.get("court_case_no"), one["type"], day_or_none(one.get("made_on")), day_or_none(one.get("last_day")))
        for one in given or ()
    ]


def episodes(instruments: Iterable[Given] | None, as_of: str | None) -> Answer:
    listed = [
        Instrument(one["episode"], one["kind"], day_or_none(one.get("served_on")), day_or_none(one.get("last_day")))
        for one in instruments or ()
    ]
    return asdict(count_episodes(listed, day_or_none(as_of)))


def _instant(text: str) -> datetime:
    return instant_of(datetime.fromisoformat(text))


def _day(text: str) -> date:
    return date.fromisoformat(text)
