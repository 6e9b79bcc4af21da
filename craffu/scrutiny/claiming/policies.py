"""When evidence may be attached, and a finding or a claim written (SCR-09)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from craffu.common.reasons import is_too_short
from craffu.common.refusals import NotNow
from craffu.scrutiny.claiming.kinds import FIGURES, ClaimKind, Evidence
from craffu.scrutiny.claiming.rules import quotes


def check_has_figure(kind: Evidence, *, value: float | None, note: str) -> None:
    """A figure that is hidden, or that there is none of, backs nothing."""
    if kind in FIGURES and value is None:
        raise NotNow("no_figure", _("It has no figure to rest on: %(why)s.") % {"why": note or _("no cases")})


def check_is_told(*, is_told: bool) -> None:
    """What is published tells no figure that is hidden beside it (MSR-03)."""
    if not is_told:
        raise NotNow(
            "not_told",
            _("The public is not told this figure: beside the others it would tell a small count. Attach the whole."),
        )


def check_fits(kind: ClaimKind, evidence: Evidence) -> None:
    """A count or a rate rests on a figure, somebody's words on words."""
    if kind in {ClaimKind.COUNT, ClaimKind.RATE} and evidence not in FIGURES:
        raise NotNow("evidence_other_kind", _("A count or a rate rests on a measure, a published figure or a sample."))
    if kind is ClaimKind.QUOTE and evidence in FIGURES:
        raise NotNow("evidence_other_kind", _("Somebody’s words rest on an interview, a survey or a document."))


def check_beside(kind: ClaimKind, *, has_beside: bool, is_same: bool) -> None:
    if has_beside and (kind not in {ClaimKind.COUNT, ClaimKind.RATE} or is_same):
        raise NotNow("beside_itself", _("Compare a figure with another figure, and never with itself."))


def check_both_sides(bears_out: Collection[int], against: Collection[int]) -> None:
    if set(bears_out) & set(against):
        raise NotNow("both_sides", _("The same evidence cannot both bear it out and speak against it."))


def check_no_claim_stands(*, is_withdrawn: bool, claims: Collection[int]) -> None:
    if is_withdrawn and claims:
        said = {"numbers": ", ".join(map(str, claims))}
        raise NotNow("claims_stand", _("Claims stand under it: %(numbers)s. Withdraw them first.") % said)


def check_quoted(sentences: Collection[str], passage: str | None) -> None:
    """What a sentence puts into quotation marks stands in what was said, in one of both languages (SCR-09).

    `passage` is None of a document, which is read elsewhere.
    """
    if passage is not None and not any(quotes(one, passage) for one in sentences):
        raise NotNow(
            "not_what_was_said",
            _("Put the words into quotation marks, as they were said, in the language in which they were said."),
        )


def check_sentence(english: str, welsh: str) -> None:
    if is_too_short(english) or is_too_short(welsh):
        raise NotNow("sentence_too_short", _("Write the sentence in English and in Welsh, in ten characters or more."))
