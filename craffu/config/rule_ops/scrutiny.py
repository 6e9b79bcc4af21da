"""Scrutiny: samples, reviewers, claims, recommendations and the standing answer, as a case file asks of them."""

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.scrutiny import plain as scrutiny


def scr_frame_hash(given: Given) -> Answer:
    return scrutiny.plain_frame(given["refs"])


def scr_draw(given: Given) -> Answer:
    return scrutiny.plain_draw(given["refs"], given["seed"], given["size"])


def scr_draw_strata(given: Given) -> Answer:
    return scrutiny.plain_draw_strata(given["strata"], given["seed"])


def scr_size(given: Given) -> Answer:
    return scrutiny.plain_size(given["N"], given["p"], given["e"])


def scr_rule_of_three(given: Given) -> Answer:
    return scrutiny.plain_none_seen(given["n"])


def scr_allocate(given: Given) -> Answer:
    return scrutiny.plain_allocate(given)


def scr_replace(given: Given) -> Answer:
    return scrutiny.plain_replace(given)


def scr_not_assessable(given: Given) -> Answer:
    return scrutiny.plain_not_assessable(given["yes"], given["no"], given["not_assessable"])


def scr_stratified_estimate(given: Given) -> Answer:
    return scrutiny.plain_estimate(given["strata"])


def scr_second_size(given: Given) -> Answer:
    return scrutiny.plain_second_size(given["drawn"])


def scr_second_set(given: Given) -> Answer:
    return scrutiny.plain_second_set(given["refs"], given["seed"])


def scr_blind(given: Given) -> Answer:
    return scrutiny.plain_blind(given)


def scr_agreement(given: Given) -> Answer:
    return scrutiny.plain_agreement(given["table"])


def scr_weighted_kappa(given: Given) -> Answer:
    return scrutiny.plain_weighted_kappa(given["table"])


def scr_alpha_nominal(given: Given) -> Answer:
    return scrutiny.plain_alpha(given["ratings"])


def scr_claim(given: Given) -> Answer:
    return scrutiny.plain_claim(given["claim"])


def scr_recommendation(given: Given) -> Answer:
    return scrutiny.plain_recommendation(given["log"], given["now_on"])


def scr_response_clock(given: Given) -> Answer:
    return scrutiny.plain_response_clock(given["report_by"], given["published_on"])


def scr_case_pack(given: Given) -> Answer:
    return scrutiny.plain_case_pack(given["edits"], given["frozen_at"])


def scr_publication(given: Given) -> Answer:
    return scrutiny.plain_publication(given)


def scr_standing_answer(given: Given) -> Answer:
    return scrutiny.plain_standing(given)


OPS: dict[str, Op] = {
    "scr.frame_hash": scr_frame_hash,
    "scr.draw": scr_draw,
    "scr.draw_strata": scr_draw_strata,
    "scr.size": scr_size,
    "scr.rule_of_three": scr_rule_of_three,
    "scr.allocate": scr_allocate,
    "scr.replace": scr_replace,
    "scr.not_assessable": scr_not_assessable,
    "scr.stratified_estimate": scr_stratified_estimate,
    "scr.second_size": scr_second_size,
    "scr.second_set": scr_second_set,
    "scr.blind": scr_blind,
    "scr.agreement": scr_agreement,
    "scr.weighted_kappa": scr_weighted_kappa,
    "scr.alpha_nominal": scr_alpha_nominal,
    "scr.claim": scr_claim,
    "scr.recommendation": scr_recommendation,
    "scr.response_clock": scr_response_clock,
    "scr.case_pack": scr_case_pack,
    "scr.publication": scr_publication,
    "scr.standing_answer": scr_standing_answer,
}
