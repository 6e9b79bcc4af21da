"""Risk and advice, as a case file asks of them."""

from craffu.cases.advice import plain as advice
from craffu.cases.risk import plain as risk
from craffu.config.rule_ops.asking import Answer, Given, Op


def res_advice(given: Given) -> Answer:
    return advice.stands(
        given["asked_at"], given.get("answered_at"), given.get("followed"), given.get("not_followed_reason")
    )


def risk_assessment(given: Given) -> Answer:
    return risk.assessment(given["assessment"])


def risk_due(given: Given) -> Answer:
    return risk.due(given["event"], given["at"], given["now"], given.get("assessed_at"))


def risk_current(given: Given) -> Answer:
    return risk.current(given["opened_at"], given["now"], given.get("assessments"), given.get("events"))


def risk_observations(given: Given) -> Answer:
    return risk.observations(given["observations"])


def risk_second_look(given: Given) -> Answer:
    return risk.look(given["grade"], given["assessor"], given["graded_at"], given["facts"], given.get("second"))


OPS: dict[str, Op] = {
    "res.advice": res_advice,
    "risk.assessment": risk_assessment,
    "risk.due": risk_due,
    "risk.current": risk_current,
    "risk.observations": risk_observations,
    "risk.second_look": risk_second_look,
}
