"""`craffu score record`: what the force publishes of how it uses scores, from the scheme that runs (ATRS 3.0; law.md, section 5).

Tier 1 is for everybody, in the language that is asked for; Tier 2 says how it works. What only the force knows is left as a line
to fill in, and said to be one: nothing is made up.
"""

import argparse
import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from django.utils import translation
from django.utils.translation import gettext as _

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.prevention.deciding.figures import Figures, figures
from craffu.prevention.deciding.rules import ANSWERED_WITHIN, LONGEST, LOOKED_AT_WITHIN
from craffu.prevention.events import SCORES_PROVED
from craffu.prevention.models import PopulationDefined, ScoreRun
from craffu.prevention.permissions import check_can_state_population
from craffu.prevention.scoring.facts import INPUTS
from craffu.prevention.scoring.one import scheme_kept
from craffu.prevention.scoring.queries import last_run, population_on
from craffu.prevention.scoring.rules import HIGH, MEDIUM
from craffu.prevention.scoring.schemes import PARTS, Scheme, default

LANGUAGES: Final = ("en", "cy")


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user)
    if args.language not in LANGUAGES:
        raise NotCarriedOut(f"there is no language {args.language}: give en or cy")
    try:
        check_can_state_population(by)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    with translation.override(args.language):
        record = _record(by)
    record_consultation(kind=SCORES_PROVED, actor=by.actor, refs=(), request=by.request)
    if args.json:
        print(json.dumps(record, ensure_ascii=False))
    else:
        for line in _lines(record):
            print(line)
    return DONE


def _record(by: Acting) -> dict[str, Any]:
    made = last_run(by)
    scheme = scheme_kept(made) if made else default()
    population = made.population if made else population_on(by, day_of(clock.now()))
    return {
        "title": _("Transparency record: the order in which people are reviewed"),
        "force": by.force.name_cy if translation.get_language() == "cy" else by.force.name_en,
        "date": day_of(clock.now()).isoformat(),
        "tiers": {
            _("Tier 1: in short"): _short(),
            _("Tier 2: how it works"): _long(scheme, made, population, figures(by)),
        },
        "scheme": {"name": scheme.name, "version": scheme.version, "sha256": scheme.sha256, "text": scheme.canonical},
    }  # fmt: skip


def _short() -> dict[str, str]:
    return {
        _("What it is"): _(
            "A fixed sum over recorded crimes that puts people who are suspected of stalking or harassment in the order in which "
            "officers look at them. It is no artificial intelligence and learns nothing."
        ),
        _("Why it is used"): _(
            "So that whoever does most harm is looked at first, for reasons that can be read and challenged."
        ),
        _("What it does not do"): _(
            "It predicts nothing, gives no risk of anybody, and decides nothing. No order, arrest or plan follows from it "
            "without a named officer who says why."
        ),
        _("Who is in it"): _(
            "Suspects or offenders of stalking, harassment, coercive control or breach of an order in the last 1,095 days. Never "
            "somebody who is only a victim or a witness."
        ),
        _("How to ask about it or disagree"): _("To be filled in by the force: who answers, and how they are reached."),
    }


def _long(
    scheme: Scheme, made: ScoreRun | None, population: PopulationDefined | None, counted: Figures
) -> dict[str, str]:
    fill = _("To be filled in by the force.")
    weights = ", ".join(f"{part} {scheme.weights[part]:g}" for part in PARTS)
    return {
        _("Owner, senior officer and supplier"): fill,
        _("Whom it scores, and why that is necessary"): _population_words(population),
        _("What it reads"): ", ".join(sorted(INPUTS)),
        _("What never enters"): _(
            "Sex, ethnicity, age, religion or any other protected characteristic; postcodes; intelligence; anything that "
            "somebody suffered as a victim; records that nobody may know of."
        ),
        _("How the score is made"): _(
            "%(scheme)s version %(version)s: recency, frequency, gravity, victims and breaches, weighted %(weights)s. Its sha256 "
            "is %(sha256)s."
        )
        % {"scheme": scheme.name, "version": scheme.version, "weights": weights, "sha256": scheme.sha256},
        _("Which offence weighs what"): _weights_words(made),
        _("Priorities"): _(
            "High from %(high)g, medium from %(medium)g. Something grave or new puts somebody before an officer within %(hours)s "
            "hours whatever the score."
        )
        % {"high": HIGH, "medium": MEDIUM, "hours": LOOKED_AT_WITHIN // timedelta(hours=1)},
        _("Where people decide"): _(
            "An officer says that a priority stands, or gives another for %(days)s days at most, with a reason and a second "
            "person’s agreement."
        )
        % {"days": LONGEST.days},
        _("How often people decided otherwise"): _rate_words(counted),
        _("Challenges"): _challenge_words(counted),
        _("How right it was, and for whom"): _(
            "craffu score backtest holds it against what happened next, beside five simpler orders, by sex, ethnicity, age and "
            "area. Put its newest answer here."
        ),
        _("What it cannot see"): _(
            "Recorded crime is not offending. More than half of the people behind the gravest harm were in no record before "
            "(Bland and Ariel 2015)."
        ),
        _("Impact assessments and next review"): fill,
    }


def _population_words(row: PopulationDefined | None) -> str:
    if row is None:
        return _("Nobody is scored: the force has stated no population.")
    return _("%(name)s, definition %(version)s, from %(day)s; assessed in %(reference)s on %(on)s.") % {
        "name": row.name, "version": row.version, "day": row.begins.isoformat(), "reference": row.necessity_ref,
        "on": row.necessity_on.isoformat(),
    }  # fmt: skip


def _weights_words(made: ScoreRun | None) -> str:
    if made is None:
        return _("Nobody was scored yet.")
    return _("%(name)s version %(version)s, a policy choice and nobody’s sentence; its sha256 is %(sha256)s.") % {
        "name": made.weights, "version": made.weights_version, "sha256": made.weights_sha256,
    }  # fmt: skip


def _rate_words(counted: Figures) -> str:
    rate = counted.override_rate
    if rate is None:
        return _("No cases: nobody has decided yet.")
    if min(counted.agreed, counted.decisions - counted.agreed) < FEWEST:
        return _("Too few to say: fewer than 10 decisions of one kind.")
    return _("About %(rate)s of about %(decisions)s decisions.") % {
        "rate": f"{_rounded(counted.agreed) / _rounded(counted.decisions):.0%}", "decisions": _rounded(counted.decisions),
    }  # fmt: skip


def _challenge_words(counted: Figures) -> str:
    said = _("Anybody who is scored may challenge it; a second person answers within %(days)s days.") % {
        "days": ANSWERED_WITHIN.days
    }
    if min(counted.upheld, counted.answered - counted.upheld) < FEWEST:
        return f"{said} " + _("Too few were answered to say how they ended: fewer than 10 one way.")
    return f"{said} " + _("Of about %(answered)s that were answered about %(upheld)s set something aside.") % {
        "answered": _rounded(counted.answered), "upheld": _rounded(counted.upheld),
    }  # fmt: skip


# Published counts: what is below is not said, what is not is said to the nearest five (MSR-03).
FEWEST, NEAREST = 10, 5


def _rounded(count: int) -> int:
    return NEAREST * round(count / NEAREST)


def _lines(record: dict[str, Any]) -> Iterator[str]:
    yield f"# {record['title']}"
    yield f"{record['force']}, {record['date']}"
    for tier, parts in record["tiers"].items():
        yield f"\n## {tier}"
        for head, words in parts.items():
            yield f"\n### {head}\n\n{words}"
