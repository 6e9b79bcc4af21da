"""The library of conditions in words: what each needs to be told, answers, and is checked and proved by (ORD-14, MON-02)."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from craffu.orders.library.rules import Behaviour, Check, Evidence, Input
from craffu.web.presenters import Text
from craffu.web.statuses import Status

INPUTS: Final[Mapping[str, Text]] = {
    Input.PERSON: _("Name of the person it protects"),
    Input.CHANNEL: _("Through whom or what contact is allowed"),
    Input.SUBJECT: _("What contact may be about"),
    Input.DISTANCE: _("How many metres"),
    Input.BOUNDARY: _("The streets that form the boundary"),
    Input.STREET: _("Which street or place, with its town"),
    Input.FROM: _("From what time of day"),
    Input.UNTIL: _("Until what time of day"),
    Input.DAYS: _("Which days, or how many"),
    Input.NAME: _("The respondent’s own name"),
    Input.DATE: _("Which day"),
    Input.ADDRESS: _("The respondent’s own address"),
    Input.STATION: _("Which police station"),
    Input.DEVICE: _("Which device"),
    Input.TIME: _("At what time of day"),
    Input.PROGRAMME: _("Which programme"),
    Input.PROVIDER: _("Where, or with whom"),
    Input.SUPERVISOR: _("Who supervises it"),
    Input.ASSESSOR: _("Who assesses"),
    Input.END: _("Until which day"),
    Input.NUMBER: _("Number of the condition that it checks"),
}
BEHAVIOURS: Final[Mapping[str, Text]] = {
    Behaviour.FOLLOWING: _("Following"),
    Behaviour.CONTACTING: _("Contacting or trying to"),
    Behaviour.PUBLISHING: _("Publishing about somebody, or as if by them"),
    Behaviour.MONITORING: _("Monitoring somebody’s use of the internet or devices"),
    Behaviour.LOITERING: _("Loitering"),
    Behaviour.WATCHING: _("Watching or spying"),
    Behaviour.GIFTS: _("Sending or leaving things"),
    Behaviour.THROUGH_OTHERS: _("Through other people"),
}
CHECKS: Final[Mapping[str, Text]] = {
    Check.ASK_VICTIM: _("Ask the person it protects"),
    Check.MESSAGES_AND_CALLS: _("Look at messages and calls that they kept"),
    Check.PATROL: _("Patrol"),
    Check.TAG_ALERTS: _("Alerts of a tag, where there is one"),
    Check.CAMERAS: _("Cameras"),
    Check.DEVICE_CHECK: _("Examine devices"),
    Check.ACCOUNT_RECORDS: _("Ask the service for records of the account"),
    Check.ONLINE_SEARCH: _("Search the internet"),
    Check.VISIT: _("Visit the respondent"),
    Check.CALL: _("Telephone the respondent"),
    Check.LIST_RECEIVED: _("Whether the list came, and in time"),
    Check.RECEIPT: _("Whether there is a receipt"),
    Check.PROVIDER_REPORT: _("Ask whoever provides it"),
    Check.STATION_REGISTER: _("The register of the police station"),
}
EVIDENCE: Final[Mapping[str, Text]] = {
    Evidence.KEPT_MESSAGES: _("The messages or calls themselves"),
    Evidence.STATEMENT_OF_OTHER: _("A statement of the person who was asked"),
    Evidence.KEPT_ITEM: _("The thing that came"),
    Evidence.SIGHTING_WITH_PLACE: _("A sighting with its place and time"),
    Evidence.DEVICE_REPORT: _("A report on the device"),
    Evidence.ACCOUNT_RECORD: _("A record of the service"),
    Evidence.SAVED_PAGE: _("The page, saved with its date"),
    Evidence.VISIT_RECORD: _("The record of a visit"),
    Evidence.SIGNED_LIST: _("The signed list, or that none came"),
    Evidence.RECEIPT_GIVEN: _("The receipt, or that there is none"),
    Evidence.ATTENDANCE_RECORD: _("The record of attendance"),
    Evidence.REGISTER_ENTRY: _("The entry in the register, or that there is none"),
    Evidence.TAG_REPORT: _("The report of the tag"),
}
ENFORCEABLE: Final = Status(_("Enforceable as worded"), "green")
VAGUE: Final = Status(pgettext_lazy("condition", "May be too vague"), "yellow")
