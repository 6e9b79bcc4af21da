"""Breaches: what is one, what is offered as possible, and what a person decides, as a case file asks of them."""

from craffu.breaches import plain as breaches
from craffu.config.rule_ops.asking import Answer, Given, Op


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


OPS: dict[str, Op] = {
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
}
