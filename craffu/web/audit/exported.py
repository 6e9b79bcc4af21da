"""An answer from the log as a file: who saw a record, what a user saw, what was searched for, each row with its seal (P40).

It leaves for the purpose for which the log was opened, one of the four of DPA 2018 s.62(4), and for no other.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from craffu.access.acting import Acting
from craffu.access.queries import names_of
from craffu.audit.events import LOG_EXPORTED
from craffu.audit.queries import seals_of
from craffu.audit.questions import MOST_FOUND, Act, Question, acts, acts_found, has_own_acts
from craffu.clocks.london import local_time
from craffu.common.models import Regime
from craffu.documents.bundles import Cell
from craffu.web.audit.covert import kept_from
from craffu.web.audit.presenters import more_recipients, question_said, shown_refs
from craffu.web.audit.reasons import reason_words
from craffu.web.audit.words import PURPOSES, VERBS, count_words, kind_words, purpose_of, ref_words, role_words
from craffu.web.court.sources import REGIMES, Held
from craffu.web.exports.kinds import Column, Content, Export, Sheet

_EVENT = "audit.Event"
LOG = Export(
    key="log",
    title=gettext_lazy("Answer from the log"),
    kind=LOG_EXPORTED,
    purposes=PURPOSES,
    sheets=(
        Sheet(
            gettext_lazy("Rows of the log"),
            (
                Column(gettext_lazy("When"), f"{_EVENT}.at"),
                Column(gettext_lazy("Sign-in name"), f"{_EVENT}.actor"),
                Column(gettext_lazy("Name"), "access.User.name"),
                Column(gettext_lazy("Role then"), f"{_EVENT}.role"),
                Column(gettext_lazy("What was done"), f"{_EVENT}.verb"),
                Column(gettext_lazy("How"), f"{_EVENT}.kind"),
                Column(gettext_lazy("Purpose"), f"{_EVENT}.purpose"),
                Column(gettext_lazy("Reason"), f"{_EVENT}.reason"),
                Column(gettext_lazy("Counted"), f"{_EVENT}.counts"),
                Column(gettext_lazy("Records"), f"{_EVENT}.refs"),
                Column(gettext_lazy("Records not listed"), f"{_EVENT}.refs_not_listed"),
                Column(gettext_lazy("Told or given to"), f"{_EVENT}.recipient"),
                Column(gettext_lazy("Place in the log"), "audit.Seal.position"),
                Column(gettext_lazy("Seal"), "audit.Seal.hash"),
            ),
        ),
    ),
)


def of_purpose(question: Question) -> Export:
    """The export for the one purpose that was chosen before the log was opened."""
    return replace(LOG, purposes={question.purpose.value: PURPOSES[question.purpose]})


def answer_from_log(by: Acting, question: Question) -> Content:
    """The newest rows that answer a question, as the page shows them: none of the asker's own, nothing that is covert to them."""
    force, asker, hidden = by.force.code, by.actor.name, kept_from(by)
    found = [hidden.without(act) for act in acts(acts_found(question, force=force, asker=asker, kept_from=hidden))]
    names = names_of(by, {act.actor for act in found})
    seals = seals_of([act.event for act in found])
    said = question_said(question)
    if has_own_acts(question, force=force, asker=asker, kept_from=hidden):
        said.append((_("Your own acts"), _("Left out. Another auditor can look.")))
    if len(found) == MOST_FOUND:
        said.append(
            (_("Left out"), _("There may be more: these are the newest %(most)s rows.") % {"most": f"{MOST_FOUND:,}"})
        )
    if more := more_recipients(question, force):
        said.append((_("Left out"), more))
    return Content(
        rows=([_row(act, names, seals) for act in found],),
        refs=(*question.refs, *(ref for act in found for ref in shown_refs(act))),
        held=(Held(gettext_lazy("The log"), by.force.controller, REGIMES[Regime.PART_3], str(_LAW)),),
        said=tuple(said),
    )


_LAW = gettext_lazy("Data Protection Act 2018, section 62(4)")


def _row(act: Act, names: Mapping[str, str], seals: Mapping[int, tuple[int, str]]) -> list[Cell]:
    shown = shown_refs(act)
    position, seal = seals.get(act.event, (None, _("Not sealed yet")))
    return [
        f"{local_time(datetime.fromisoformat(act.at)):%Y-%m-%d %H:%M:%S}",
        act.actor,
        names.get(act.actor, ""),
        str(role_words(act.role)),
        str(VERBS.get(act.verb, act.verb)),
        kind_words(act.kind),
        str(purpose_of(act.purpose)),
        str(reason_words(act.kind, act.reason)),
        count_words(act.counts),
        ", ".join(ref_words(ref) for ref in shown),
        len(act.refs) - len(shown),
        act.recipient,
        position,
        seal,
    ]
