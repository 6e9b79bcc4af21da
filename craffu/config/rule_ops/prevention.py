"""Who is reviewed first, and what is done about them, as a case file asks of them."""

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.prevention import plain as prevention


def pri_score(given: Given) -> Answer:
    return prevention.score(given)


def pri_challenge(given: Given) -> Answer:
    return prevention.challenge(given["events"], given["removed_incidents"])


def pri_rank(given: Given) -> Answer:
    return prevention.rank(given["people"], given["k"], given["seed"])


def pri_action(given: Given) -> Answer:
    return prevention.action(given["action"], given["actor"], given.get("reason"))


def pri_inputs(given: Given) -> Answer:
    return prevention.inputs(given["fields"])


def pri_hash(given: Given) -> Answer:
    return prevention.hash_of(given["scheme"])


def pri_agreement_between_tables(given: Given) -> Answer:
    return prevention.agreement(given["a"], given["b"], given["k"])


def pri_population(given: Given) -> Answer:
    return prevention.is_member(given["definition"], given["events"], given["as_of"])


def pri_cohort(given: Given) -> Answer:
    return prevention.cohort(given)


def plan_due(given: Given) -> Answer:
    return prevention.plan_due(given["entered_on"])


def plan_complete(given: Given) -> Answer:
    return prevention.plan_complete(given)


def plan_before_after(given: Given) -> Answer:
    return prevention.before_after(given)


OPS: dict[str, Op] = {
    "pri.score": pri_score,
    "pri.challenge": pri_challenge,
    "pri.rank": pri_rank,
    "pri.action": pri_action,
    "pri.inputs": pri_inputs,
    "pri.hash": pri_hash,
    "pri.agreement_between_tables": pri_agreement_between_tables,
    "pri.population": pri_population,
    "pri.cohort": pri_cohort,
    "plan.due": plan_due,
    "plan.complete": plan_complete,
    "plan.before_after": plan_before_after,
}
