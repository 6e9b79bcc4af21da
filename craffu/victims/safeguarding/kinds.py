"""What is asked of her life and safety, what can be done for it, what help there is, and how she felt: the words that are stored.

Source: issue and page map (P17); the list of needs follows the 2023 review's victims and the Code's right 4.
"""

from enum import StrEnum


class Need(StrEnum):
    CHILDREN = "children"
    NEW_PARTNER = "new_partner"
    OTHERS_AT_RISK = "others_at_risk"
    TRACKING_OR_SPYWARE = "tracking_or_spyware"
    PEOPLE_TO_TRUST = "people_to_trust"
    SHARES_A_HOME = "shares_a_home"
    INTERPRETER = "interpreter"
    HEALTH_OR_DISABILITY = "health_or_disability"
    IMMIGRATION = "immigration"
    WORK_OR_SCHOOL = "work_or_school"
    MONEY = "money"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"


class Measure(StrEnum):
    ADDRESS_MARKED = "address_marked"
    ALARM_OR_PHONE = "alarm_or_phone"
    HOME_MADE_SAFER = "home_made_safer"
    PATROLS = "patrols"
    DEVICES_CHECKED = "devices_checked"
    SAFETY_PLAN = "safety_plan"
    OTHERS_WARNED = "others_warned"
    MARAC = "marac"
    OTHER = "other"


class Felt(StrEnum):
    SAFER = "safer"
    SAME = "same"
    LESS_SAFE = "less_safe"
    NOT_ASKED = "not_asked"


class Help(StrEnum):
    STALKING_ADVOCATE = "stalking_advocate"
    DOMESTIC_ABUSE_ADVOCATE = "domestic_abuse_advocate"
    VICTIM_SUPPORT = "victim_support"
    HOUSING = "housing"
    HEALTH = "health"
    DEVICE_HELP = "device_help"
    VICTIM_CONTACT_SCHEME = "victim_contact_scheme"


class Step(StrEnum):
    OFFERED = "offered"
    DECLINED = "declined"
    MADE = "made"
    TAKEN_UP = "taken_up"
