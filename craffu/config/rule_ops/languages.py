"""Welsh and English, as a case file asks of them."""

from datetime import date

from craffu.common import languages
from craffu.config.rule_ops.asking import Answer, Given, Op


def bil_send(given: Given) -> Answer:
    answer = languages.release_of(
        audience=given["audience"],
        has_en=given["has_en"],
        has_cy=given["has_cy"],
        choice=given.get("choice"),
        cy_status=given.get("cy_status"),
    )
    return {"release": answer.release, "why": answer.why}


def bil_reply_language(given: Given) -> Answer:
    return {"language": languages.reply_language(incoming=given.get("incoming"), choice=given.get("choice"))}


def bil_date(given: Given) -> Answer:
    return {"text": languages.date_in_words(date.fromisoformat(given["date"]), given["lang"])}


def bil_plural(given: Given) -> Answer:
    return {"category": languages.plural_category(given["n"], given["lang"])}


def bil_count(given: Given) -> Answer:
    return {"text": languages.count_text(given["label"], given["n"])}


def bil_fold(given: Given) -> Answer:
    return {"match": languages.same_name(given["a"], given["b"], given.get("aliases"))}


OPS: dict[str, Op] = {
    "bil.send": bil_send,
    "bil.reply_language": bil_reply_language,
    "bil.date": bil_date,
    "bil.plural": bil_plural,
    "bil.count": bil_count,
    "bil.fold": bil_fold,
}
