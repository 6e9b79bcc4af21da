"""Measures: what they count, what may be told of it, and what may be compared, as a case file asks of them."""

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.measures import plain as measures


def msr_one_definition(given: Given) -> Answer:
    return measures.plain_one_definition(given["places"])


def msr_considered_rate(given: Given) -> Answer:
    return measures.plain_considered(given["cases"], given["as_of"])


def msr_applications(given: Given) -> Answer:
    return measures.plain_applications(given["rows"])


def msr_cohort(given: Given) -> Answer:
    return measures.plain_cohort(given["orders"], given["extract_on"], given["lag_days"])


def msr_breach_incidence(given: Given) -> Answer:
    return measures.plain_incidence(given["orders"], given["from"], given["to"])


def msr_time_to_breach(given: Given) -> Answer:
    return measures.plain_time_to_breach(given["time"], given["cause"])


def msr_public_count(given: Given) -> Answer:
    return measures.plain_public_count(given["count"])


def msr_public_percentage(given: Given) -> Answer:
    return measures.plain_public_percentage(given["numerator"], given["denominator"])


def msr_suppress_table(given: Given) -> Answer:
    return measures.plain_table(given["table"], given["output"])


def msr_show_count(given: Given) -> Answer:
    return measures.plain_count(given)


def msr_pool_years(given: Given) -> Answer:
    return measures.plain_pooled(given)


def msr_compare_periods(given: Given) -> Answer:
    return measures.plain_comparison(given)


def msr_spc(given: Given) -> Answer:
    return measures.plain_chart(given)


OPS: dict[str, Op] = {
    "msr.one_definition": msr_one_definition,
    "msr.considered_rate": msr_considered_rate,
    "msr.applications": msr_applications,
    "msr.cohort": msr_cohort,
    "msr.breach_incidence": msr_breach_incidence,
    "msr.time_to_breach": msr_time_to_breach,
    "msr.public_count": msr_public_count,
    "msr.public_percentage": msr_public_percentage,
    "msr.suppress_table": msr_suppress_table,
    "msr.show_count": msr_show_count,
    "msr.pool_years": msr_pool_years,
    "msr.compare_periods": msr_compare_periods,
    "msr.spc": msr_spc,
}
