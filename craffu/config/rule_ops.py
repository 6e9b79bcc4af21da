"""Maps the questions of a rule case file to the product's own rule code, and its answers to the names the file uses.

It decides nothing: no arithmetic, comparison, branch or literal answer may stand here (an architecture test reads it).
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from craffu.access import markings
from craffu.access.emergency import plain as emergency
from craffu.access.exports import rules as exports
from craffu.access.reach import plain as reach
from craffu.access.retention import plain as retention
from craffu.access.retention import rules as erasure
from craffu.access.rights_requests import plain as rights
from craffu.access.rights_requests import rules as rights_rules
from craffu.audit import rules as audit
from craffu.breaches import plain as breaches
from craffu.cases.advice import plain as advice
from craffu.cases.risk import plain as risk
from craffu.clocks import lengths, london, periods
from craffu.clocks import plain as clocks
from craffu.common import languages
from craffu.documents import cells
from craffu.intake import plain
from craffu.intake import rules as intake
from craffu.linkage import plain as linkage
from craffu.orders import plain as orders
from craffu.orders.clocks import plain as order_clocks
from craffu.orders.monitoring import plain as monitoring
from craffu.orders.reviewing import plain as reviews
from craffu.published import plain as published
from craffu.victims import plain as victims
from craffu.victims.notices import rules as notices
from craffu.work import plain as work

type Given = Mapping[str, Any]
type Answer = dict[str, Any]
type Op = Callable[[Given], Answer]


def clock_local_to_utc(given: Given) -> Answer:
    return asdict(
        london.reading_of(
            datetime.fromisoformat(given["local"]), occurrence=given.get("occurrence"), given_by=given.get("source")
        )
    )


def clock_local_day(given: Given) -> Answer:
    return {"day": london.day_of(london.instant_of(datetime.fromisoformat(given["at"])))}


def clock_elapsed(given: Given) -> Answer:
    start = london.instant_of(datetime.fromisoformat(given["start"]))
    due = london.due(start, lengths.elapsed_length(given["length"]))
    return {"due": due, "due_utc": due}


def clock_period(given: Given) -> Answer:
    period = periods.period(
        date.fromisoformat(given["start"]),
        lengths.calendar_length(given["length"]),
        periods.Counting(given["counting"]),
    )
    return {"last_day": period.last_day, "ends": period.ends, "ends_utc": period.ends, "mark": period.mark}


def clock_working_days(given: Given) -> Answer:
    return clocks.working_days(given.get("event_on"), given.get("event_at"), given["days"])


def clock_notification(given: Given) -> Answer:
    return order_clocks.notification(given)


def clock_change_notification(given: Given) -> Answer:
    return order_clocks.change_notification(
        given["type"], given["change"], given["event_on"], given.get("notified_at"), given.get("now")
    )


def clock_annual_notification(given: Given) -> Answer:
    return order_clocks.annual_notification(given["type"], given["last_notified_on"])


def clock_hours(given: Given) -> Answer:
    return order_clocks.hours(given["clock"], given["start"])


def clock_term_check(given: Given) -> Answer:
    return order_clocks.term_check(
        given["type"], given["made_on"], given.get("last_day"), given["stage"], given.get("age")
    )


def clock_appeal_days(given: Given) -> Answer:
    return order_clocks.appeal_days(given.get("type"), given.get("decided_on"), given.get("issued_on"))


def clock_expiry_watches(given: Given) -> Answer:
    return order_clocks.expiry_watches(given["made_on"], given.get("last_day"), given.get("known_on"))


def clock_bail(given: Given) -> Answer:
    return order_clocks.pre_charge_bail(
        given.get("bail_start_on"), given.get("arrested_on"), given.get("stood_still_days")
    )


def clock_custody_pause(given: Given) -> Answer:
    return order_clocks.custody_pause(given["arrested_at"])


def clock_summary_limit(given: Given) -> Answer:
    return order_clocks.summary_limit(given["last_act_on"])


def clock_days_after(given: Given) -> Answer:
    return order_clocks.days_after(given["event_on"], given["days"])


def clock_setting_change(given: Given) -> Answer:
    return order_clocks.setting_change(given["kind"])


def clock_show_limit(given: Given) -> Answer:
    return order_clocks.show_limit(given.get("verification"), given["output"])


def review_statutory_cbo(given: Given) -> Answer:
    return order_clocks.cbo_review(given["from"])


def review_due(given: Given) -> Answer:
    return reviews.due(given)


def review_close(given: Given) -> Answer:
    return reviews.close(given)


def review_concurrent(given: Given) -> Answer:
    return reviews.concurrent(given["version"], given["attempts_in_order"])


def review_expiry(given: Given) -> Answer:
    return reviews.expiry(given["last_day"], given.get("decided_on"))


def order_extension(given: Given) -> Answer:
    return order_clocks.extension(
        given["section"], given["from"], given.get("new_last_day"), given.get("extensions_so_far")
    )


def order_discharge_lock(given: Given) -> Answer:
    return order_clocks.discharge_lock(
        given["type"],
        given["made_on"],
        given["on"],
        given.get("concerned"),
        given.get("consents"),
        foreign_travel_ban_only=given.get("foreign_travel_ban_only"),
    )


def order_interim_end(given: Given) -> Answer:
    return order_clocks.interim_end(
        given.get("last_day"), given.get("main_determined_at"), given.get("next_hearing_on")
    )


def monitor_next_check(given: Given) -> Answer:
    return monitoring.next_check(
        given.get("risk"), given.get("served_on"), given.get("last_done_on"), given.get("heightened")
    )


def monitor_method(given: Given) -> Answer:
    return monitoring.method(given["condition"])


def monitor_grade_change(given: Given) -> Answer:
    return monitoring.grade_change(given.get("from"), given.get("to"), given["last_done_on"], given["on"])


def monitor_trigger(given: Given) -> Answer:
    return orders.trigger(given)


def monitor_date_trigger(given: Given) -> Answer:
    return orders.date_trigger(given["date"], given["known_on"])


def monitor_verify_notification(given: Given) -> Answer:
    return orders.verify_notification(given)


def monitor_missed(given: Given) -> Answer:
    return work.missed(given["due_day"], given["now"], given.get("done_at"), given.get("already_raised"))


def res_advice(given: Given) -> Answer:
    return advice.stands(
        given["asked_at"], given.get("answered_at"), given.get("followed"), given.get("not_followed_reason")
    )


def risk_assessment(given: Given) -> Answer:
    return risk.assessment(given["assessment"])


def risk_due(given: Given) -> Answer:
    return risk.due(given["event"], given["at"], given["now"], given.get("assessed_at"))


def risk_current(given: Given) -> Answer:
    return risk.current(given["opened_at"], given["now"], given.get("assessments"), given.get("events"))


def risk_observations(given: Given) -> Answer:
    return risk.observations(given["observations"])


def risk_second_look(given: Given) -> Answer:
    return risk.look(given["grade"], given["assessor"], given["graded_at"], given["facts"], given.get("second"))


def victim_agreement(given: Given) -> Answer:
    return victims.agreement(given["agreement"])


def victim_reoffer(given: Given) -> Answer:
    return victims.reoffer(given["event"], given.get("choice"))


def victim_one_contact(given: Given) -> Answer:
    return victims.one_contact(given["events"])


def victim_revisit(given: Given) -> Answer:
    return victims.revisit(given["event"], given["at"])


def victim_contact(given: Given) -> Answer:
    return victims.contact(
        given["rules"],
        given["channel"],
        given["at"],
        given.get("override_reason_code"),
        voicemail=given.get("voicemail"),
    )


def victim_promise(given: Given) -> Answer:
    return victims.promised(given)


def victim_inform(given: Given) -> Answer:
    return victims.inform(given["event"], given["entitlement"], given["at"], given.get("told_at"))


def victim_entitlement(given: Given) -> Answer:
    return asdict(notices.entitlement(given["offence_group"], given.get("standard_reason")))


def victim_safety_event(given: Given) -> Answer:
    return victims.safety_event(given)


def victim_withdrawal(given: Given) -> Answer:
    return victims.withdrawn(
        given.get("explored_by"),
        given.get("reason"),
        given.get("not_explored_reason"),
        pressure_asked=given.get("pressure_asked"),
        safety_reviewed=given.get("safety_reviewed"),
    )


def victim_told(given: Given) -> Answer:
    return victims.told(given["actions"])


def victim_leak_scan(given: Given) -> Answer:
    return victims.leak_scan(given["text"], given["protected_values"], given.get("zone"))


def victim_advocate(given: Given) -> Answer:
    return victims.advocate(given["victim"], given["on"], given["action"], given["advocate"])


def victim_words(given: Given) -> Answer:
    return victims.words(given["language"], given["written_at"], given["notice"])


def order_availability(given: Given) -> Answer:
    return orders.availability(given)


def order_application(given: Given) -> Answer:
    return orders.application(given)


def order_applicant_for_change(given: Given) -> Answer:
    return orders.applicant_for_change(given)


def order_checklist(given: Given) -> Answer:
    return orders.checklist(given)


def order_stage_change(given: Given) -> Answer:
    return orders.stage_change(given["after"], given.get("decided"))


def order_consideration(given: Given) -> Answer:
    return orders.consideration(given["offered"], given.get("decisions"))


def order_consider(given: Given) -> Answer:
    return orders.consider(given["opened_at"], given["now"], given.get("decided_at"))


def order_decision(given: Given) -> Answer:
    return orders.decision(given)


def order_condition(given: Given) -> Answer:
    return orders.condition(given["type"], given["condition"])


def order_move(given: Given) -> Answer:
    return orders.move(given)


def order_moves_available(given: Given) -> Answer:
    return orders.moves_available(given["type"], given["state"], given["role"])


def order_appeal(given: Given) -> Answer:
    return orders.appeal(given)


def order_enforceable(given: Given) -> Answer:
    return orders.enforceable(given)


def order_in_force(given: Given) -> Answer:
    return orders.in_force(given)


def order_version_at(given: Given) -> Answer:
    return orders.version_at(given["versions"], given["at"])


def order_version_diff(given: Given) -> Answer:
    return orders.version_diff(given.get("before"), given.get("after"))


def order_hearing_watch(given: Given) -> Answer:
    return orders.hearing(given["adjourned_on"], given["now_on"], given.get("next_hearing_on"))


def order_service(given: Given) -> Answer:
    return orders.service(given["made_at"], given["now_on"], given.get("served_at"))


def order_pack(given: Given) -> Answer:
    return orders.pack(given)


def order_card(given: Given) -> Answer:
    return orders.card(given["type"], given.get("card"), given.get("aware_at"))


def order_terms_check(given: Given) -> Answer:
    return orders.terms_check(given["version"], given.get("entered_by"), given.get("comparisons"))


def order_inbox(given: Given) -> Answer:
    return orders.received(given)


def order_transfer(given: Given) -> Answer:
    return orders.transferred(given.get("sent_on"), given.get("acknowledged"), given["now_on"])


def order_reconcile(given: Given) -> Answer:
    return orders.reconciled(given.get("register"), given.get("court"))


def order_episode(given: Given) -> Answer:
    return orders.episodes(given.get("instruments"), given.get("as_of"))


def int_run(given: Given) -> Answer:
    run = intake.run_rows(plain.plain_rows(given["rows"]), plain.plain_held(given.get("held")))
    tally = run.as_dict()
    return {
        "received": tally["received"],
        "created": tally["created"],
        "updated": tally["updated"],
        "unchanged": tally["unchanged"],
        "parked": tally["parked"],
        "rejected": tally["rejected"],
        "reconciled": tally["reconciled"],
        "reject_file": tally["reject_file"],
        "exit": tally["exit"],
    }


def int_provenance(given: Given) -> Answer:
    return asdict(intake.check_provenance(given["record"]))


def int_file(given: Given) -> Answer:
    outcome = intake.file_outcome(given["problem"], given["good_rows"])
    return {"refused_whole": outcome.refused_whole, "exit": outcome.exit, "rows_stored": outcome.rows_stored}


def int_expected(given: Given) -> Answer:
    return asdict(intake.reconcile(given["expected"], given["received"]))


def int_source_state(given: Given) -> Answer:
    return asdict(intake.source_shown(given["state"], london.day_or_none(given.get("last_good")), given["count"]))


def bil_send(given: Given) -> Answer:
    answer = languages.release_of(
        audience=given["audience"],
        has_en=given["has_en"],
        has_cy=given["has_cy"],
        choice=given.get("choice"),
        cy_status=given.get("cy_status"),
    )
    return {"release": answer.release, "why": answer.why}


def bil_reply_language(given: Given) -> Answer:
    return {"language": languages.reply_language(incoming=given.get("incoming"), choice=given.get("choice"))}


def bil_date(given: Given) -> Answer:
    return {"text": languages.date_in_words(date.fromisoformat(given["date"]), given["lang"])}


def bil_plural(given: Given) -> Answer:
    return {"category": languages.plural_category(given["n"], given["lang"])}


def bil_count(given: Given) -> Answer:
    return {"text": languages.count_text(given["label"], given["n"])}


def bil_fold(given: Given) -> Answer:
    return {"match": languages.same_name(given["a"], given["b"], given.get("aliases"))}


def sec_access(given: Given) -> Answer:
    return reach.access(given["user"], given["record"], given["needs"])


def sec_audit_event(given: Given) -> Answer:
    return asdict(audit.check_event(given["action"], given["row"]))


def sec_chain(given: Given) -> Answer:
    return asdict(audit.check_chain(given["rows"]))


def sec_break_glass(given: Given) -> Answer:
    at = london.instant_of(datetime.fromisoformat(given["at"]), occurrence=london.Occurrence.FIRST)
    return emergency.asked(
        given["user"],
        given["reason_code"],
        given["reason_text"],
        at,
        factor_is_fresh=given["fresh_factor"],
        reviewer=given.get("reviewer"),
    )


def sec_field(given: Given) -> Answer:
    return {"shown": markings.is_field_shown(given["field"], given["user_rights"], given["output"])}


def sec_privileged(given: Given) -> Answer:
    marking = markings.privileged_or_none(privileged=given["privileged"])
    return {
        "included": markings.is_put_out(marking, given["output"]),
        "mark": markings.label_of(marking, given["output"]),
    }


def sec_export_cell(given: Given) -> Answer:
    return {"cell": cells.safe_cell(given["value"])}


def sec_retention(given: Given) -> Answer:
    return asdict(
        retention.reviewed(
            given["last_relevant_event_on"],
            given["group"],
            given["now_on"],
            given.get("new_event_on"),
            given.get("legal_hold"),
        )
    )


def sec_erase_row(given: Given) -> Answer:
    return asdict(erasure.check_erasure_row(given["row"]))


def sec_record_basis(given: Given) -> Answer:
    return asdict(exports.check_basis(given["record"]))


def sec_rights_clock(given: Given) -> Answer:
    return rights.clock(
        given["request"],
        given["received_on"],
        given["now_on"],
        given.get("identity_confirmed_on"),
        given.get("answered_on"),
    )


def sec_rights_release(given: Given) -> Answer:
    checked = rights_rules.Checked(
        third_parties_redacted=given["third_parties_redacted"],
        victim_scan_clean=given["victim_scan_clean"],
        neither_confirm_nor_deny_asked=given["neither_confirm_nor_deny_asked"],
        privileged_included=given["privileged_included"],
    )
    return asdict(rights_rules.release(checked, prepared_by=given["prepared_by"], approved_by=given["approved_by"]))


def msr_proportion(given: Given) -> Answer:
    return published.plain_share(given["numerator"], given["denominator"])


def msr_rate(given: Given) -> Answer:
    return published.plain_rate(given["count"], given["base"], given["per"])


def msr_change(given: Given) -> Answer:
    return published.plain_change(given["before"], given["after"])


def msr_difference(given: Given) -> Answer:
    answer = published.plain_difference(given["x1"], given["n1"], given["x2"], given["n2"])
    return {"value": answer["value"], "interval": answer["interval"]}


def link_prefer(given: Given) -> Answer:
    return linkage.prefer(given["values"])


def link_decide(given: Given) -> Answer:
    return linkage.decide(
        given["probability"],
        given.get("hard_id_conflict"),
        given.get("human"),
        given.get("role_a"),
        given.get("role_b"),
    )


def link_cluster(given: Given) -> Answer:
    return linkage.cluster(given["records"], given["links"], given.get("not_same"))


def link_undo(given: Given) -> Answer:
    return linkage.undo(given["records"], given["links"], given["undo"], given.get("not_same"))


def breach_record(given: Given) -> Answer:
    return breaches.record(given["reports"])


def breach_kind(given: Given) -> Answer:
    return breaches.kind(given["type"], contempt_proceedings=given.get("contempt_proceedings"))


def breach_mismatch(given: Given) -> Answer:
    return breaches.mismatch(given)


def breach_finalise(given: Given) -> Answer:
    return breaches.finalise(
        given.get("pattern_answer"),
        given.get("pattern_by_role"),
        given.get("crime_recording"),
        given.get("crime_reason"),
    )


def breach_first_contact(given: Given) -> Answer:
    return breaches.first_contact(given.get("risk"), given["raised_at"], given.get("contacted_at"), given["now"])


def breach_detect(given: Given) -> Answer:
    return breaches.detect(given["risk"], given["raised_at"], given["order"], given["incident"])


def breach_candidate_clock(given: Given) -> Answer:
    return breaches.clock(
        given["risk"], given["raised_at"], given["now"], given.get("decided_at"), given.get("already_raised")
    )


def breach_candidate_decision(given: Given) -> Answer:
    return breaches.decision(given["decision"], given["decided_by"], given.get("reason"), given.get("duplicate_of"))


def breach_history(given: Given) -> Answer:
    return breaches.history(given["person"], given["links"], given["breaches"])


def breach_morning_match(given: Given) -> Answer:
    return breaches.morning_match(given["entries"], given["received"])


def breach_pattern(given: Given) -> Answer:
    return breaches.pattern(given["crimes"], given["as_of"])


def breach_pattern_decision(given: Given) -> Answer:
    return breaches.pattern_decision(given["decision"], given["by_role"], given["reason"])


OPS: Mapping[str, Op] = {
    "clock.local_to_utc": clock_local_to_utc,
    "breach.record": breach_record,
    "breach.kind": breach_kind,
    "breach.mismatch": breach_mismatch,
    "breach.finalise": breach_finalise,
    "breach.first_contact": breach_first_contact,
    "breach.detect": breach_detect,
    "breach.candidate_clock": breach_candidate_clock,
    "breach.candidate_decision": breach_candidate_decision,
    "breach.history": breach_history,
    "breach.morning_match": breach_morning_match,
    "breach.pattern": breach_pattern,
    "breach.pattern_decision": breach_pattern_decision,
    "clock.local_day": clock_local_day,
    "clock.elapsed": clock_elapsed,
    "clock.period": clock_period,
    "clock.working_days": clock_working_days,
    "clock.notification": clock_notification,
    "clock.change_notification": clock_change_notification,
    "clock.annual_notification": clock_annual_notification,
    "clock.hours": clock_hours,
    "clock.term_check": clock_term_check,
    "clock.appeal_days": clock_appeal_days,
    "clock.expiry_watches": clock_expiry_watches,
    "clock.bail": clock_bail,
    "clock.custody_pause": clock_custody_pause,
    "clock.summary_limit": clock_summary_limit,
    "clock.days_after": clock_days_after,
    "clock.setting_change": clock_setting_change,
    "clock.show_limit": clock_show_limit,
    "review.statutory_cbo": review_statutory_cbo,
    "review.due": review_due,
    "review.close": review_close,
    "review.concurrent": review_concurrent,
    "review.expiry": review_expiry,
    "order.extension": order_extension,
    "order.discharge_lock": order_discharge_lock,
    "order.interim_end": order_interim_end,
    "monitor.next_check": monitor_next_check,
    "monitor.method": monitor_method,
    "monitor.grade_change": monitor_grade_change,
    "monitor.missed": monitor_missed,
    "monitor.trigger": monitor_trigger,
    "monitor.verify_notification": monitor_verify_notification,
    "monitor.date_trigger": monitor_date_trigger,
    "res.advice": res_advice,
    "risk.assessment": risk_assessment,
    "risk.due": risk_due,
    "risk.current": risk_current,
    "risk.observations": risk_observations,
    "risk.second_look": risk_second_look,
    "victim.agreement": victim_agreement,
    "victim.reoffer": victim_reoffer,
    "victim.one_contact": victim_one_contact,
    "victim.revisit": victim_revisit,
    "victim.contact": victim_contact,
    "victim.promise": victim_promise,
    "victim.inform": victim_inform,
    "victim.entitlement": victim_entitlement,
    "victim.safety_event": victim_safety_event,
    "victim.withdrawal": victim_withdrawal,
    "victim.told": victim_told,
    "victim.leak_scan": victim_leak_scan,
    "victim.advocate": victim_advocate,
    "victim.words": victim_words,
    "order.availability": order_availability,
    "order.application": order_application,
    "order.applicant_for_change": order_applicant_for_change,
    "order.checklist": order_checklist,
    "order.stage_change": order_stage_change,
    "order.consideration": order_consideration,
    "order.consider": order_consider,
    "order.decision": order_decision,
    "order.condition": order_condition,
    "order.move": order_move,
    "order.moves_available": order_moves_available,
    "order.appeal": order_appeal,
    "order.enforceable": order_enforceable,
    "order.in_force": order_in_force,
    "order.version_at": order_version_at,
    "order.version_diff": order_version_diff,
    "order.hearing_watch": order_hearing_watch,
    "order.service": order_service,
    "order.pack": order_pack,
    "order.card": order_card,
    "order.terms_check": order_terms_check,
    "order.inbox": order_inbox,
    "order.transfer": order_transfer,
    "order.reconcile": order_reconcile,
    "order.episode": order_episode,
    "link.prefer": link_prefer,
    "link.decide": link_decide,
    "link.cluster": link_cluster,
    "link.undo": link_undo,
    "int.run": int_run,
    "int.provenance": int_provenance,
    "int.file": int_file,
    "int.expected": int_expected,
    "int.source_state": int_source_state,
    "bil.send": bil_send,
    "bil.reply_language": bil_reply_language,
    "bil.date": bil_date,
    "bil.plural": bil_plural,
    "bil.count": bil_count,
    "bil.fold": bil_fold,
    "sec.access": sec_access,
    "sec.audit_event": sec_audit_event,
    "sec.chain": sec_chain,
    "sec.break_glass": sec_break_glass,
    "sec.field": sec_field,
    "sec.privileged": sec_privileged,
    "sec.export_cell": sec_export_cell,
    "sec.retention": sec_retention,
    "sec.erase_row": sec_erase_row,
    "sec.record_basis": sec_record_basis,
    "sec.rights_clock": sec_rights_clock,
    "sec.rights_release": sec_rights_release,
    "msr.proportion": msr_proportion,
    "msr.rate": msr_rate,
    "msr.change": msr_change,
    "msr.difference": msr_difference,
}
