"""A case's pack as its reviewer reads it: what was known when the frame froze, part by part, and later edits apart (SCR-11)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from craffu.cases.states import STAGE_SAID
from craffu.scrutiny.asking.kinds import Level
from craffu.scrutiny.asking.rules import WHOLE
from craffu.scrutiny.reviewing.pack import CasePack
from craffu.scrutiny.reviewing.rules import Edit
from craffu.web import cells
from craffu.web.cases.recorded import FLAGS, GRADES, RECORDED_AS
from craffu.web.considering.words import OUTCOMES
from craffu.web.considering.words import REASONS as WHY_DECIDED
from craffu.web.court.words import day_words, instant_words
from craffu.web.following.words import TRIGGERS
from craffu.web.orders.words import DONE as MOVES
from craffu.web.orders.words import ORDER_STATUS, kind_words
from craffu.web.presenters import Params, Text
from craffu.web.risk.words import ASKS
from craffu.web.risk.words import GRADES as ASSESSED
from craffu.web.samples import words
from craffu.web.statuses import STAGE_STATUS
from craffu.web.triage.words import FOUND_BY

_AT: Final = frozenset({
    "reported_at", "recorded_at", "occurred_from", "risk_graded_at", "true_from", "assessed_at", "happened_at", "at",
    "happened_from", "happened_to", "review_on",
})  # fmt: skip
_DAY: Final = len("2026-11-29")


def _flags(value: str) -> str:
    return ", ".join(str(FLAGS.get(one, one)) for one in value.split(", "))


def _known(table: Mapping[str, Text]) -> Callable[[str], Text]:
    return lambda value: table.get(value, value)


_STATUSES: Final = {key: one.words for key, one in ORDER_STATUS.items()}
_ASSESSED: Final = {key: one.words for key, one in ASSESSED.items()}
_STAGES: Final = {str(key): one.words for key, one in STAGE_STATUS.items()}
# What a part's field holds as a key, in words.
_VALUES: Final[Mapping[tuple[str, str], Callable[[str], Text]]] = {
    ("crime", "recorded_as"): _known(RECORDED_AS),
    ("crime", "risk_grade"): _known(GRADES),
    ("crime", "stage"): _known({said: STAGE_STATUS[stage].words for said, stage in STAGE_SAID.items()}),
    ("crime", "flags"): _flags,
    ("assessment", "grade"): _known(_ASSESSED),
    ("event", "kind"): _known({str(key): said for key, said in ASKS.items()}),
    ("option", "outcome"): _known({str(key): said for key, said in OUTCOMES.items()}),
    ("option", "reason_code"): _known({str(key): said for key, said in WHY_DECIDED.items()}),
    ("order", "kind"): kind_words,
    ("order", "status"): _known({str(key): said for key, said in _STATUSES.items()}),
    ("trigger", "trigger"): _known({str(key): said for key, said in TRIGGERS.items()}),
    ("breach", "found_by"): _known({str(key): said for key, said in FOUND_BY.items()}),
}


@dataclass(frozen=True, slots=True)
class PartShown:
    """One crime, order or the like, with what was known of it."""

    title: str
    facts: Params


def part_words(part: str, which: str) -> str:
    named = {"stage": _STAGES.get(which, which)}.get(part, which)
    return str(words.PARTS[part]) % {"number": kind_words(which) if part == "option" else named}


def repeat_words(level: Level, repeat: str) -> str:
    """Of which order, breach and so on a question is asked; nothing of the case itself."""
    return "" if repeat == WHOLE else part_words(level.value, repeat)


def _field_words(field: str) -> Text:
    move, dot, _rest = field.partition(".")
    return MOVES.get(move, move) if dot else words.KNOWN[field]


def _value_words(part: str, field: str, value: str) -> Text:
    if not value:
        return _("Not given")
    if field.rpartition(".")[2] in _AT:
        at = datetime.fromisoformat(value)
        return day_words(at.date()) if len(value) == _DAY else instant_words(at)
    said = _VALUES.get((part, field))
    return said(value) if said is not None else value


def parts_shown(shown: CasePack) -> list[PartShown]:
    """Each part in the order in which it became known."""
    found: dict[tuple[str, str], list[tuple[Text, Params]]] = {}
    for path, value in shown.pack.as_known.items():
        part, which, field = path.split(".", 2)
        rows = found.setdefault((part, which), [])
        rows.append((_field_words(field), _cell(part, field, value)))
    return [
        PartShown(
            part_words(part, which),
            {"rows": [{"key": {"text": key}, "value": value} for key, value in rows], "classes": "craffu-pack__facts"},
        )
        for (part, which), rows in found.items()
    ]


def _cell(part: str, field: str, value: str) -> Params:
    said = _value_words(part, field, value)
    # What a force's own system wrote is in its own English.
    return cells.english(said) if (part, field) == ("crime", "offence_title") else cells.words(said)


def later_table(shown: CasePack) -> Params | None:
    """What was entered since, each with its author and time; None of nothing."""
    head: list[cells.Heading] = [_("What"), _("Entered as"), _("When"), _("By")]
    rows = [_later(one) for one in shown.pack.later]
    return cells.table(_("Entered after the frame froze"), head, rows) if rows else None


def _later(one: Edit) -> list[Params]:
    part, which, field = one.field.split(".", 2)
    return [
        cells.lines([part_words(part, which), _field_words(field)]),
        _cell(part, field, one.value),
        cells.words(instant_words(one.at)),
        cells.words(one.by or _("Not known")),
    ]
