"""Champions, their shifts and the work of whoever is in post, as a case file asks of them."""

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.resourcing.champions import plain as champions
from craffu.resourcing.posts import plain as posts


def res_champion(given: Given) -> Answer:
    return champions.champion(given.get("trained_on"), given.get("cpd_on"), given["on"])


def res_coverage(given: Given) -> Answer:
    return champions.coverage(given["shifts"])


def res_caseload(given: Given) -> Answer:
    return posts.caseload(given["managers"], given["active_orders"])


OPS: dict[str, Op] = {
    "res.champion": res_champion,
    "res.coverage": res_coverage,
    "res.caseload": res_caseload,
}
