"""The words of whose records are, with whom they are shared and on what basis: of the page and an arrangement (SEC-10)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from craffu.access.boundaries.rules import Basis, Of, With
from craffu.web.presenters import Text

KINDS: Final[Mapping[Of, Text]] = {
    Of.PEOPLE: _("People: who somebody is, and what joins their records"),
    Of.CASES: _("Cases, crimes, risk, custody and advice"),
    Of.VICTIMS: _("Victims: agreements, contacts, views, needs and letters"),
    Of.SURVEYS: _("Answers of victims to surveys"),
    Of.ORDERS: _("Orders, their terms, service, checks and papers"),
    Of.BREACHES: _("Breaches, and what became of them"),
    Of.PREVENTION: _("Priorities, the cohort, meetings and plans"),
    Of.SCRUTINY: _("Samples, reviews, interviews, recommendations and reports"),
    Of.PUBLISHED: _("Published figures"),
    Of.INTAKE: _("What was taken in, and what was held back"),
    Of.WORK: _("Work that is due"),
    Of.STAFF: _("Accounts, posts, training and duties of staff"),
    Of.LOG: _("The log of who did what"),
}

PARTNERS: Final[Mapping[With, Text]] = {
    With.COMMISSIONER: _("The police and crime commissioner’s office"),
    With.VICTIM_SERVICE: _("The victim support service"),
    With.REVIEWERS: _("Volunteer reviewers"),
    With.COURTS: _("Courts"),
    With.PROSECUTION: _("The Crown Prosecution Service"),
    With.PROBATION: _("HM Prison and Probation Service"),
    With.FORCES: _("Other police forces"),
}

BASES: Final[Mapping[Basis, Text]] = {
    Basis.LAW_ENFORCEMENT: _("law enforcement purposes of both"),
    Basis.PROCEEDINGS: _("proceedings, for the part that they are about"),
    Basis.SUPERVISION: _("supervising an offender together"),
    Basis.HER_CHOICE: _("the victim named them and agreed, for as long as she does"),
    Basis.FIGURES: _("figures and reports that name nobody"),
    Basis.WITHOUT_NAMES: _("packs of cases without names"),
}

NOT_SHARED: Final = _("Not shared")
NOT_CONFIRMED: Final = _(
    "The laws and bases are a decision of this product and are not confirmed: your force’s own lawyers confirm them."
)
