"""Every reason for refusing, parking or flagging a court result, in one table: what it means and what to do (INT-03).

Only what cannot be joined to any case is refused; what cannot be decided is parked (INT-04); all else is kept with a
flag. Codes are stable and safe to store and log; the sentences name nobody.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from craffu.common.sentences import gettext_noop as _


class Weight(StrEnum):
    """What happens to the record."""

    REJECT = "reject"
    PARK = "park"
    WARNING = "warning"
    INFORMATION = "information"


@dataclass(frozen=True, slots=True)
class Reason:
    """English for one code, marked for translation."""

    weight: Weight
    sentence: str
    suggestion: str


_ASK_COURT = _("Ask the court to correct it and send the result again.")
_CHECK_LIST = _("Check that the latest official code list has been taken in, then ask the court.")
_READ_ONLY = _("Nothing needs doing.")
_CHECK_DATES = _("Check the dates with the court before relying on them.")
_CHECK_VALUE = _("Look at the message and ask the court for the value.")


def _reject(sentence: str, suggestion: str = _ASK_COURT) -> Reason:
    return Reason(Weight.REJECT, sentence, suggestion)


def _warn(sentence: str, suggestion: str) -> Reason:
    return Reason(Weight.WARNING, sentence, suggestion)


def _inform(sentence: str, suggestion: str = _READ_ONLY) -> Reason:
    return Reason(Weight.INFORMATION, sentence, suggestion)


REASONS: Mapping[str, Reason] = MappingProxyType(
    {
        # refused or parked: it cannot be joined to a case, or nobody has decided how
        "ptiurn_absent": _reject(_("The result names no case reference (PTIURN).")),
        "ptiurn_placeholder": _reject(_("The case reference (PTIURN) is a filler, not a reference.")),
        "ptiurn_malformed": _reject(_("The case reference (PTIURN) is not four letters or digits and seven digits.")),
        "ptiurn_repeated": _reject(_("The result names two different case references (PTIURN).")),
        "hearing_date_absent": _reject(_("The date of the hearing is missing.")),
        "hearing_date_unreadable": _reject(_("The date of the hearing is not a date.")),
        "family_name_absent": _reject(_("The defendant has no family name.")),
        "name_too_long": _reject(
            _("The name is too long to be stored."),
            _("Ask the court for the right name, or write it into the reject file."),
        ),
        "no_offences": _reject(_("The result names no offence.")),
        "defendant_absent": _reject(_("The result names no defendant.")),
        "organisation_defendant": Reason(
            Weight.PARK,
            _("The defendant is an organisation, not a person."),
            _("Decide whether the case concerns anybody on record; release it or leave it parked."),
        ),
        # the person and the case
        "asn_absent": _warn(_("There is no arrest summons number."), _CHECK_VALUE),
        "asn_malformed": _warn(_("The arrest summons number does not have its normal form."), _CHECK_VALUE),
        "asn_dummy": _inform(_("The arrest summons number is the one that stands for none.")),
        "birth_date_missing": _warn(
            _("There is no date of birth."), _("Check who the person is before the result is linked to anybody.")
        ),
        "birth_date_unlikely": _warn(
            _("The date of birth is after the hearing or more than 120 years before it."), _CHECK_VALUE
        ),
        "title_too_long": _warn(_("This title is too long; it was not taken in."), _CHECK_VALUE),
        # codes
        "offence_code_unknown": _warn(_("The offence code is not in the official list."), _CHECK_LIST),
        "offence_code_absent": _warn(_("The offence has no code."), _CHECK_VALUE),
        "result_code_unknown": _warn(_("The result code is not in the official list."), _CHECK_LIST),
        "result_code_absent": _inform(
            _("The result has no code, only words."), _("Read the words: the result cannot be counted by its code.")
        ),
        "result_text_absent": _warn(_("The result has no words."), _CHECK_VALUE),
        "court_unknown": _warn(_("The court is not in the official list."), _CHECK_LIST),
        "court_absent": _warn(_("The court is missing."), _CHECK_VALUE),
        "psa_code_unknown": _warn(_("The court area (PSA) code is not in the official list."), _CHECK_LIST),
        "qualifier_unknown": _warn(_("The result qualifier is not in the official list."), _CHECK_LIST),
        "plea_unknown": _warn(_("The plea is not in the official list."), _CHECK_LIST),
        "finding_unknown": _warn(_("The finding is not in the official list."), _CHECK_LIST),
        "bail_status_unknown": _warn(_("The bail status is not in the official list."), _CHECK_LIST),
        "gender_unknown": _warn(_("The gender code is not in the official list."), _CHECK_LIST),
        "presence_unknown": _warn(_("The code for presence in court is not in the official list."), _CHECK_LIST),
        "duration_unit_unknown": _warn(_("The unit of the duration is not in the official list."), _CHECK_LIST),
        "code_unreadable": _warn(_("Words stand where a code belongs; they were not taken in."), _CHECK_VALUE),
        # dates and their order
        "initiated_before_offence": _warn(_("The case was begun before the offence."), _CHECK_DATES),
        "offence_after_hearing": _warn(_("The offence is dated after the hearing."), _CHECK_DATES),
        "offence_end_before_start": _warn(_("The offence ends before it starts."), _CHECK_DATES),
        "arrest_before_offence": _warn(_("The arrest is dated before the offence."), _CHECK_DATES),
        "conviction_before_hearing": _inform(
            _("The conviction is dated before this hearing, as when sentence follows later.")
        ),
        "guilty_without_conviction_date": _warn(
            _("The finding is guilty and no conviction date is given."), _CHECK_VALUE
        ),
        "next_hearing_not_after_hearing": _warn(_("The next hearing is not after this hearing."), _CHECK_DATES),
        "next_hearing_date_missing": _warn(_("The next hearing has no date."), _CHECK_VALUE),
        "date_unreadable": _warn(_("This is not a date; it was not taken in."), _CHECK_VALUE),
        "time_unreadable": _warn(_("This is not a time; it was not taken in."), _CHECK_VALUE),
        "number_unreadable": _warn(_("This is not a number; it was not taken in."), _CHECK_VALUE),
        "indicator_unreadable": _warn(_("This is neither Y nor N; it was not taken in."), _CHECK_VALUE),
        # bail
        "bail_signs_disagree": _warn(
            _("The bail status of the person and of the next hearing differ."),
            _("Read both: neither overrules the other. Ask the court which conditions bind."),
        ),
        "bail_conditions_without_conditional_bail": _warn(
            _("Bail conditions are given but the bail status is not conditional bail."),
            _("Treat the conditions as binding until the court says otherwise."),
        ),
        # the message as a whole
        "offence_numbers_not_consecutive": _inform(
            _("The offence numbers do not run from 1 without a gap, as when an offence drops out.")
        ),
        "offence_number_repeated": _warn(_("Two offences have the same number."), _ASK_COURT),
        "offence_without_result": _warn(_("The offence has no result."), _CHECK_VALUE),
        "damaged_characters": _warn(
            _("A character was damaged before the message was sent and shows as �."),
            _("Ask the court for the right spelling; the text is kept as it came."),
        ),
        "text_may_be_cut": _warn(
            _("The text is as long as the sender allows and may have been cut."),
            _("Ask the court for the whole text before relying on it."),
        ),
        "value_repeated": _warn(_("A value stands more than once; the first was taken in."), _CHECK_VALUE),
        "element_not_read": _inform(_("The message holds a value that is not taken in.")),
    }
)
