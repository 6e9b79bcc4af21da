"""Shares, rates and changes, as a case file asks of them."""

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.published import plain as published


def msr_proportion(given: Given) -> Answer:
    return published.plain_share(given["numerator"], given["denominator"])


def msr_rate(given: Given) -> Answer:
    return published.plain_rate(given["count"], given["base"], given["per"])


def msr_change(given: Given) -> Answer:
    return published.plain_change(given["before"], given["after"])


def msr_difference(given: Given) -> Answer:
    answer = published.plain_difference(given["x1"], given["n1"], given["x2"], given["n2"])
    return {"value": answer["value"], "interval": answer["interval"]}


OPS: dict[str, Op] = {
    "msr.proportion": msr_proportion,
    "msr.rate": msr_rate,
    "msr.change": msr_change,
    "msr.difference": msr_difference,
}
