"""Clocks and the days and hours they count, as a case file asks of them."""

from dataclasses import asdict
from datetime import date, datetime

from craffu.clocks import lengths, london, periods
from craffu.clocks import plain as clocks
from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.orders.clocks import plain as order_clocks


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


OPS: dict[str, Op] = {
    "clock.local_to_utc": clock_local_to_utc,
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
}
