"""Who may see and take away what, how long it is kept, and the log, as a case file asks of them."""

from dataclasses import asdict
from datetime import datetime

from craffu.access import markings
from craffu.access.emergency import plain as emergency
from craffu.access.exports import rules as exports
from craffu.access.reach import plain as reach
from craffu.access.retention import plain as retention
from craffu.access.retention import rules as erasure
from craffu.access.rights_requests import plain as rights
from craffu.access.rights_requests import rules as rights_rules
from craffu.audit import rules as audit
from craffu.clocks import london
from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.documents import cells


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


OPS: dict[str, Op] = {
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
}
