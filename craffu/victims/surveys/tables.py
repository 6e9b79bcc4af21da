"""Where each row of another system's surveys goes, as `witness_care.tables` says it of witness care (INT-01).

Pure but for the models it names: a value has been read and checked by then.
"""

from collections.abc import Mapping
from typing import Final

from craffu.victims.models import SurveyAnswered, SurveyInvited, SurveyNotAsked
from craffu.victims.witness_care.tables import Table, text, yes, yes_or_none

SOURCE: Final = "surveys"

TABLES: Final[Mapping[str, Table]] = {
    "invitations": Table(
        SurveyInvited,
        {
            "stage": ("stage", text),
            "survey_version": ("survey_version", text),
            "mode": ("mode", text),
            "channel": ("channel", text),
            "sent_on": ("sent_on", text),
            "was_delivered": ("delivered", yes_or_none),
        },
        names_case=True,
        source=SOURCE,
    ),
    "answers": Table(
        SurveyAnswered,
        {
            "answered_on": ("answered_on", text),
            "language": ("language", text),
            "may_be_linked": ("may_be_linked", yes),
        },
        {
            "felt_safe": "felt_safe",
            "kept_informed": "kept_informed",
            "taken_seriously": "taken_seriously",
            "felt_supported": "felt_supported",
            "words": "words",
        },
        names_person=False,
        of={"invited": ("invitation_ref", "invitations")},
        source=SOURCE,
    ),
    "not_invited": Table(
        SurveyNotAsked,
        {"stage": ("stage", text), "decided_on": ("decided_on", text), "reason": ("reason", text)},
        names_case=True,
        source=SOURCE,
    ),
}
