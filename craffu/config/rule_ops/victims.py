"""What is agreed with victims, told and kept, as a case file asks of them."""

from dataclasses import asdict

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.victims import plain as victims
from craffu.victims.notices import rules as notices


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


OPS: dict[str, Op] = {
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
}
