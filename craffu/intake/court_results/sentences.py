"""What every reason and doubt about a court result means, and what to do: the reader's, and the identity rule's own."""

from craffu.common.sentences import gettext_noop as _
from craffu.intake.court_results.reasons import REASONS

UNDECIDED = {
    "same_arrest_number_other_name": (
        _("The case already has this arrest summons number under another name."),
        _("Decide whether the name was corrected or this is another person, and release the row accordingly."),
    ),
    "several_with_this_arrest_number_and_name": (
        _("The case already has more than one person with this arrest summons number and name."),
        _("Decide which of them this is, and release the row accordingly."),
    ),
    "same_name_birth_date_missing": (
        _("The case has a defendant of the same name, and a date of birth that would tell them apart is missing."),
        _("Decide whether this is the same person, and release the row accordingly."),
    ),
    "same_name_arrest_number_missing": (
        _("The case has a defendant of the same name, and only one of the two has an arrest summons number."),
        _("Decide whether this is the same person, and release the row accordingly."),
    ),
    "same_words_as_a_changed_record": (
        _("A defendant of the case first came in these very words, and another name or date of birth came since."),
        _("Decide whether this is the same person, and release the row accordingly."),
    ),
}


def sentence(code: str) -> tuple[str, str]:
    """(what it means, what to do) in English, for translation where it is shown."""
    if code in UNDECIDED:
        return UNDECIDED[code]
    reason = REASONS.get(code)
    return (reason.sentence, reason.suggestion) if reason else (code, "")
