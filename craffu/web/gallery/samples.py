"""One example of each component, with invented facts, in the reader's language.

Components that every page already shows (`IN_THE_FRAME`) are not repeated.
"""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _

from craffu.web.presenters import Params

IN_THE_FRAME = frozenset({"breadcrumbs", "generic_header", "language_navigation", "skip_link"})


@dataclass(frozen=True, slots=True)
class Sample:
    """A component by its macro's name, and what it is given."""

    name: str
    params: Params


def govuk_samples() -> list[Sample]:
    """The GOV.UK components."""
    return [*_forms(), *_choices(), *_messages(), *_structures(), *_ways()]


def _forms() -> list[Sample]:
    return [
        Sample("button", {"text": _("Save and continue")}),
        Sample(
            "input",
            {
                "id": "pnc-id",
                "name": "pnc_id",
                "label": {"text": _("PNC ID")},
                "hint": {"text": _("For example, 26/123456A")},
                "classes": "govuk-input--width-10",
                "errorMessage": {"text": _("Enter the PNC ID")},
            },
        ),
        Sample("password_input", {"id": "password", "name": "password", "label": {"text": _("Password")}}),
        Sample(
            "date_input",
            {
                "id": "made-on",
                "namePrefix": "made",
                "fieldset": {"legend": {"text": _("When was the order made?")}},
                "hint": {"text": _("For example, 24 11 2026")},
                "errorMessage": {"text": _("The date must include a month")},
                "day": {"name": "day", "value": "24", "error": False, "label": _("Day")},
                "month": {"name": "month", "error": True, "label": _("Month")},
                "year": {"name": "year", "value": "2026", "error": False, "label": _("Year")},
            },
        ),
        Sample(
            "textarea", {"id": "words", "name": "words", "label": {"text": _("What was reported, in its own words")}}
        ),
        Sample("character_count", {"id": "reason", "name": "reason", "maxlength": 200, "label": {"text": _("Why?")}}),
        Sample(
            "file_upload",
            {"id": "extract", "name": "extract", "label": {"text": _("Choose an extract")}},
        ),
        Sample(
            "select",
            {
                "id": "area",
                "name": "area",
                "label": {"text": _("Area")},
                "items": [{"value": "n", "text": _("North")}, {"value": "s", "text": _("South")}],
            },
        ),
        Sample("label", {"text": _("A label by itself"), "for": "area"}),
        Sample("hint", {"text": _("A hint by itself")}),
        Sample("error_message", {"text": _("Choose an area")}),
        Sample(
            "fieldset",
            {"legend": {"text": _("Who is this about?"), "classes": "govuk-fieldset__legend--m"}, "text": ""},
        ),
    ]


def _choices() -> list[Sample]:
    yes_no = [
        {"value": "yes", "text": _("Yes")},
        {"value": "no", "text": _("No")},
        {"value": "?", "text": _("Not sure")},
    ]
    return [
        Sample(
            "radios",
            {
                "idPrefix": "contact",
                "name": "contact",
                "classes": "govuk-radios--inline",
                "fieldset": {"legend": {"text": _("Has there been any contact?")}},
                "items": yes_no,
            },
        ),
        Sample(
            "checkboxes",
            {
                "idPrefix": "told",
                "name": "told",
                "fieldset": {"legend": {"text": _("Who has been told?")}},
                "hint": {"text": _("Choose all that apply")},
                "items": [{"value": "victim", "text": _("The victim")}, {"value": "court", "text": _("The court")}],
            },
        ),
    ]


def _messages() -> list[Sample]:
    return [
        Sample(
            "error_summary",
            {
                "titleText": _("There is a problem"),
                "disableAutoFocus": True,
                "errorList": [{"text": _("Enter the PNC ID"), "href": "#pnc-id"}],
            },
        ),
        Sample("warning_text", {"text": _("Varied at court today, new terms not received: ring the court desk")}),
        Sample("inset_text", {"text": _("This orders our attention. It does not predict risk.")}),
        Sample(
            "notification_banner",
            {"titleId": "banner-title", "titleText": _("Important"), "text": _("Notification ends today")},
        ),
        Sample("tag", {"text": _("Overdue"), "classes": "govuk-tag--red"}),
        Sample("phase_banner", {"tag": {"text": _("Draft")}, "text": _("This part of Craffu is new.")}),
        Sample(
            "panel",
            {
                "titleText": _("Report received"),
                "headingLevel": 3,
                "text": _("The triage clock has started."),
            },
        ),
        Sample(
            "panel",
            {
                "classes": "govuk-panel--interruption",
                "titleText": _("You are about to open a restricted record"),
                "headingLevel": 3,
                "text": _("The owner is told today. Someone else will check."),
                "actions": {"items": [{"text": _("Open the record")}, {"text": _("Go back"), "href": "#panel"}]},
            },
        ),
        Sample(
            "cookie_banner",
            {
                "ariaLabel": _("Cookies in Craffu"),
                "messages": [{"headingText": _("Cookies in Craffu"), "text": _("Only those it cannot work without.")}],
            },
        ),
        Sample(
            "feedback", {"titleText": _("Is something wrong on this page?"), "headingLevel": 3, "text": _("Tell us.")}
        ),
    ]


def _structures() -> list[Sample]:
    return [
        Sample(
            "table",
            {
                "caption": _("Extracts taken in"),
                "captionClasses": "govuk-table__caption--m",
                "classes": "craffu-table--cards",
                "firstCellIsHeader": True,
                "head": [
                    {"text": _("Source")},
                    {"text": _("Received")},
                    {"text": _("Rows"), "format": "numeric"},
                    {"text": _("Refused"), "format": "numeric"},
                ],
                "rows": [
                    [
                        {"text": _("Police records")},
                        {"text": "24/11/2026 06:10"},
                        {"text": "10,432", "format": "numeric"},
                        {"text": "3", "format": "numeric"},
                    ],
                    [
                        {"text": _("Court results")},
                        {"text": "23/11/2026 06:10"},
                        {"text": "771", "format": "numeric"},
                        {"text": "0", "format": "numeric"},
                    ],
                ],
            },
        ),
        Sample(
            "summary_list",
            {
                "rows": [
                    {"key": {"text": _("Reference")}, "value": {"text": "P-10432"}},
                    {
                        "key": {"text": _("Stage")},
                        "value": {"text": _("Being investigated")},
                        "actions": {
                            "items": [{"href": "#", "text": _("Change"), "visuallyHiddenText": _("the stage")}]
                        },
                    },
                ],
            },
        ),
        Sample(
            "task_list",
            {
                "idPrefix": "today",
                "items": [
                    {
                        "title": {"text": _("Decide possible breach B-551")},
                        "hint": {"text": _("Raised yesterday, high risk")},
                        "href": "#",
                        "status": {"tag": {"text": _("Overdue"), "classes": "govuk-tag--red"}},
                    },
                    {
                        "title": {"text": _("Visit P-10432")},
                        "href": "#",
                        "status": {"tag": {"text": _("Due today"), "classes": "govuk-tag--orange"}},
                    },
                ],
            },
        ),
        Sample(
            "accordion",
            {
                "id": "accordion-sample",
                "headingLevel": 3,
                "items": [
                    {"heading": {"text": _("Offences")}, "content": {"text": _("None recorded")}},
                    {"heading": {"text": _("Court results")}, "content": {"text": _("Not received yet")}},
                ],
            },
        ),
        Sample("details", {"summaryText": _("How this was counted"), "text": _("Unconfirmed links are left out.")}),
        Sample(
            "tabs",
            {
                "title": _("Contents"),
                "items": [
                    {"id": "mine", "label": _("Mine"), "panel": {"text": _("None recorded")}},
                    {"id": "team", "label": _("Team"), "panel": {"text": _("None match these filters")}},
                ],
            },
        ),
    ]


def _ways() -> list[Sample]:
    return [
        Sample("back_link", {"text": _("Back"), "href": "#"}),
        Sample("exit_this_page", {"redirectUrl": "#exit", "text": _("Exit this page")}),
        Sample(
            "pagination",
            {
                "landmarkLabel": _("Pagination"),
                "previous": {"href": "#", "text": _("Previous page")},
                "next": {"href": "#", "text": _("Next page")},
                "items": [{"number": 1, "href": "#"}, {"number": 2, "current": True, "href": "#"}],
            },
        ),
        Sample(
            "service_navigation",
            {
                "navigationId": "sample-navigation",
                "navigationLabel": _("Example of a navigation"),
                "navigation": [{"text": _("Today"), "href": "#", "current": True}, {"text": _("Cases"), "href": "#"}],
            },
        ),
    ]


def moj_samples() -> list[Sample]:
    """The components in the manner of the Ministry of Justice's design system."""
    return [*_about_a_person(), *_about_a_list()]


def _about_a_person() -> list[Sample]:
    return [
        Sample(
            "identity_bar",
            {
                "title": {"text": "DEWI EXAMPLE"},
                "headingLevel": 3,
                "facts": [
                    {"label": _("Age"), "text": "38"},
                    {"label": _("Born"), "text": "02/03/1988"},
                    {"label": _("PNC ID"), "text": "88/123456A"},
                    {"label": _("Reference"), "text": "P-10432"},
                ],
                "badges": [
                    {"text": _("Risk: high"), "classes": "moj-badge--red"},
                    {"text": _("Priority: urgent"), "classes": "moj-badge--black"},
                ],
                "note": {"text": _("Breaches: 3 recorded, 1 proved. 1 possible, not counted")},
                "actions": [{"text": _("Report a breach"), "classes": "govuk-button--secondary"}],
            },
        ),
        Sample("badge", {"text": _("Restricted"), "classes": "moj-badge--purple"}),
        Sample(
            "sub_navigation",
            {
                "label": _("Pages of this person"),
                "items": [
                    {"text": _("Overview"), "href": "#", "active": True},
                    {"text": _("Orders"), "href": "#"},
                    {"text": _("History"), "href": "#"},
                ],
            },
        ),
        Sample(
            "timeline",
            {
                "headingLevel": 3,
                "days": [
                    {
                        "label": "24/11/2026",
                        "items": [
                            {
                                "title": _("Reported to police"),
                                "byline": _("Source: police records"),
                                "time": {"text": "14:32", "datetime": "2026-11-24T14:32"},
                                "tags": [{"text": _("Possible"), "classes": "govuk-tag--yellow"}],
                                "html": format_html('<p class="govuk-body">{}</p>', _("Condition 1: no contact")),
                            },
                            {
                                "title": _("Order served"),
                                "byline": _("Source: police records"),
                                "time": {"text": "09:05", "datetime": "2026-11-24T09:05"},
                            },
                        ],
                    },
                ],
            },
        ),
    ]


def _about_a_list() -> list[Sample]:
    words = _("Court results last received 23 November 2026, 06:10. Newer results may exist.")
    return [
        Sample(
            "alert",
            {
                "variant": "warning",
                "title": _("A source is late"),
                "showTitleAsHeading": True,
                "headingTag": "h3",
                "text": words,
            },
        ),
        Sample(
            "page_header_actions",
            {
                "heading": {"text": _("Intake"), "level": 3, "classes": "govuk-heading-m"},
                "items": [{"text": _("Take in an extract"), "href": "#"}],
            },
        ),
        Sample(
            "filter",
            {
                "heading": {"text": _("Filter")},
                "action": "#filter",
                "selected": [{"heading": {"text": _("Area")}, "items": [{"href": "#", "text": _("North")}]}],
                "clearLink": {"href": "#"},
                "optionsHtml": "",
            },
        ),
        Sample(
            "date_picker",
            {
                "id": "due-on",
                "name": "due_on",
                "label": {"text": _("When is it due?")},
                "hint": {"text": _("For example, 24/11/2026")},
            },
        ),
    ]
