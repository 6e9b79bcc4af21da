"""Which file holds which official list, which of its keys is the code and which the title, and what else is kept of it.

Only what Craffu uses is kept, so that a list is news only when something that matters changed (INT-01).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from craffu.intake.code_tables.courts import court_kind, court_level, court_title
from craffu.intake.code_tables.values import (
    Reading,
    day,
    joined,
    lines,
    listed,
    looked_up,
    text,
    text_unless_same_as,
    whole,
    yes_no,
)

_ANY_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9 ./_-]{0,18}[A-Za-z0-9])?", re.ASCII)


@dataclass(frozen=True, slots=True)
class CodeList:
    """How a list is read: the keys that every file of it has, and what becomes of them."""

    name: str
    needs: tuple[str, ...]
    code: Reading
    title: Reading
    attributes: Mapping[str, Reading] = field(default_factory=dict)
    form: re.Pattern[str] = _ANY_CODE


def _by_cjs_code(name: str, **attributes: Reading) -> CodeList:
    return CodeList(name, ("cjsCode", "description"), text("cjsCode"), text("description"), attributes)


def _by_message_code(name: str, **attributes: Reading) -> CodeList:
    """A list whose code in court messages (spiCode) differs from the one that people use (cjsCode)."""
    kept = {"cjs": text("cjsCode"), **attributes}
    return CodeList(name, ("spiCode", "description"), text("spiCode"), text("description"), kept)


# ISO 3166-2 for what the publisher of bank holidays calls divisions.
COUNTRIES: Mapping[str, str] = MappingProxyType(
    {"england-and-wales": "GB-EAW", "scotland": "GB-SCT", "northern-ireland": "GB-NIR"}
)

# The list is published as labels without codes: these keys are ours, not official ones.
ETHNICITY_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "White - English/Welsh/Scottish/Northern Irish/British": "white-british",
        "White - Irish": "white-irish",
        "White - Gypsy or Irish Traveller": "white-traveller",
        "White - Any other White background": "white-other",
        "Mixed/Multiple ethnic groups - White and Black Caribbean": "mixed-caribbean",
        "Mixed/Multiple ethnic groups - White and Black African": "mixed-african",
        "Mixed/Multiple ethnic groups - White and Asian": "mixed-asian",
        "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background": "mixed-other",
        "Asian/Asian British - Indian": "asian-indian",
        "Asian/Asian British - Pakistani": "asian-pakistani",
        "Asian/Asian British - Bangladeshi": "asian-bangladeshi",
        "Asian/Asian British - Chinese": "asian-chinese",
        "Asian/Asian British - Any other Asian background": "asian-other",
        "Black/African/Caribbean/Black British - African": "black-african",
        "Black/African/Caribbean/Black British - Caribbean": "black-caribbean",
        "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background": "black-other",
        "Other ethnic group - Arab": "other-arab",
        "Other ethnic group - Any other ethnic group": "other-other",
        "Other ethnic group - Not stated": "not-stated",
    }
)

_PNC = text("pncCode")
_COURT_LEVELS = ("topLevelCode", "secondLevelCode", "thirdLevelCode")

OFFENCES = CodeList(
    "offence",
    ("cjsCode", "offenceTitle"),
    text("cjsCode"),
    text("offenceTitle"),
    {
        "category": text("offenceCategory"),
        "home_office_class": text("homeOfficeClassification"),
        "notifiable": yes_no("notifiableToHo"),
        "recordable": yes_no("recordableOnPnc"),
    },
)
COURTS = CodeList(
    "court",
    (*_COURT_LEVELS, "thirdLevelName"),
    joined(*(text(key) for key in _COURT_LEVELS)),
    court_title,
    {"kind": court_kind, "level": court_level, "psa": text("thirdLevelPsaCode")},
    form=re.compile(r"[A-Z][0-9]{2}[A-Z0-9]{2}", re.ASCII),
)
COURT_AREAS = CodeList("psa", (), text("code"), text("title"), {"courts": listed("courts")})
BANK_HOLIDAYS = CodeList(
    "bank-holiday",
    ("division", "date", "title"),
    joined(looked_up("division", COUNTRIES, "division_unknown"), day("date"), by="/"),
    text("title"),
    {"notes": text("notes")},
)

# By the word in the file's name that says which list it is: bichard_offence-code.json, offence-code.json, ...
JSON_LISTS: Mapping[str, CodeList] = MappingProxyType(
    {
        "offence-code": OFFENCES,
        "result-code": _by_cjs_code(
            "result",
            type=text("type"),
            qualifiers=listed("resultCodeQualifiers"),
            half_life_hours=whole("resultHalfLifeHours"),
        ),
        "result-qualifier-code": _by_cjs_code("result-qualifier"),
        "organisation-unit": COURTS,
        "plea-status": _by_message_code("plea", pnc=_PNC),
        "verdict": _by_message_code("verdict", pnc=_PNC),
        "remand-status": _by_message_code("remand-status", pnc=_PNC),
        "gender": _by_message_code("gender", pnc=_PNC),
        "duration-unit": _by_message_code("duration-unit", pnc=_PNC),
        "mode-of-trial-reason": _by_message_code("mode-of-trial"),
        "defendant-present-at-hearing": _by_cjs_code("presence"),
        "type-of-hearing": _by_cjs_code("hearing-type"),
        "court-type": _by_cjs_code("court-type"),
        "target-court-type": _by_cjs_code("target-court-type"),
        "offence-category": _by_cjs_code("offence-category"),
        "offence-initiation": _by_cjs_code("offence-initiation"),
        "pnc-disposal": CodeList(
            "pnc-disposal",
            ("cjsCode", "pncAdjudication"),
            text("cjsCode"),
            text_unless_same_as("description", "cjsCode"),
            {"adjudication": text("pncAdjudication"), "non_adjudication": text("pncNonAdjudication")},
        ),
        "trigger-definitions": CodeList(
            "trigger",
            ("code", "shortDescription"),
            text("code"),
            text("description"),
            {
                "short": text("shortDescription"),
                "screen": text("pncScreenToUpdate"),
                "when": lines("cjsResultCode"),
            },
        ),
        "forces": CodeList("force", ("code", "name"), text("code"), text("name")),
        "bank-holidays": BANK_HOLIDAYS,
    }
)

CSV_LISTS: Mapping[str, CodeList] = MappingProxyType(
    {
        "16plus1": CodeList("ethnicity-16", ("code", "label"), text("code"), text("label")),
        "18plus1": CodeList(
            "ethnicity-18", ("label",), looked_up("label", ETHNICITY_KEYS, "label_unknown"), text("label")
        ),
    }
)

LIST_NAMES = frozenset(
    {entry.name for table in (JSON_LISTS, CSV_LISTS) for entry in table.values()} | {COURT_AREAS.name}
)
