"""Orders: considering, their life, their checks and their reviews, as a case file asks of them."""

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.orders import plain as orders
from craffu.orders.clocks import plain as order_clocks
from craffu.orders.monitoring import plain as monitoring
from craffu.orders.reviewing import plain as reviews
from craffu.work import plain as work


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


OPS: dict[str, Op] = {
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
    "monitor.trigger": monitor_trigger,
    "monitor.date_trigger": monitor_date_trigger,
    "monitor.verify_notification": monitor_verify_notification,
    "monitor.missed": monitor_missed,
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
}
