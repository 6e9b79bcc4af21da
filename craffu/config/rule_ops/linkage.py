"""Which records are one person, as a case file asks of them."""

from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.linkage import plain as linkage


def link_prefer(given: Given) -> Answer:
    return linkage.prefer(given["values"])


def link_decide(given: Given) -> Answer:
    return linkage.decide(
        given["probability"],
        given.get("hard_id_conflict"),
        given.get("human"),
        given.get("role_a"),
        given.get("role_b"),
    )


def link_cluster(given: Given) -> Answer:
    return linkage.cluster(given["records"], given["links"], given.get("not_same"))


def link_undo(given: Given) -> Answer:
    return linkage.undo(given["records"], given["links"], given["undo"], given.get("not_same"))


OPS: dict[str, Op] = {
    "link.prefer": link_prefer,
    "link.decide": link_decide,
    "link.cluster": link_cluster,
    "link.undo": link_undo,
}
