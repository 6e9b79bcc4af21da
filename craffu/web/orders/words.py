"""Orders in words: statuses, kinds, steps, the three answers on effect, clocks, conditions, service and papers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from craffu.orders.catalogue.kinds import Breach, Family
from craffu.orders.catalogue.reading import kind_of
from craffu.orders.clocks.hearings import Came
from craffu.orders.clocks.limits import Kind as Source
from craffu.orders.clocks.of_order import Began, State
from craffu.orders.clocks.terms import Finding
from craffu.orders.conditions.rules import (
    APPROVAL_NEEDED,
    APPROVED_BY_DRAFTER,
    MONITORING_IN_ABSENCE,
    MONITORING_NOT_PROVIDED,
    MONITORING_TOO_LONG,
    NO_CONSENT,
    NOT_LOCALLY,
    REQUIREMENTS_NOT_ALLOWED,
    UNKNOWN_TYPE,
    Asked,
    ConditionType,
    Vague,
)
from craffu.orders.effect.rules import Nature, RequiredBy, Why
from craffu.orders.life.states import OrderStatus
from craffu.orders.serving.rules import Method, PlaceType
from craffu.web.presenters import Text
from craffu.web.statuses import Status

ORDER_STATUS: Final[Mapping[str, Status]] = {
    OrderStatus.CONSIDERING: Status(_("Being considered")),
    OrderStatus.NOT_PURSUED: Status(_("Not pursued"), "grey"),
    OrderStatus.DECIDED: Status(_("Decided to apply")),
    OrderStatus.AUTHORISING: Status(_("Waits for authorisation"), "yellow"),
    OrderStatus.DECLINED: Status(_("Authorisation declined"), "grey"),
    OrderStatus.AUTHORISED: Status(_("Authorised")),
    OrderStatus.APPLIED: Status(_("Applied for")),
    OrderStatus.ADJOURNED: Status(_("Adjourned")),
    OrderStatus.GRANTED: Status(_("Made, not served"), "red"),
    OrderStatus.IN_FORCE: Status(_("In force"), "green"),
    OrderStatus.REFUSED: Status(_("Refused by the court"), "grey"),
    OrderStatus.WITHDRAWN: Status(_("Application withdrawn"), "grey"),
    OrderStatus.EXPIRED: Status(_("Ended: expired"), "grey"),
    OrderStatus.DISCHARGED: Status(_("Ended: discharged"), "grey"),
    OrderStatus.REVOKED: Status(_("Ended: revoked"), "grey"),
    OrderStatus.SUPERSEDED: Status(_("Ended: main application decided"), "grey"),
    OrderStatus.QUASHED: Status(_("Ended: quashed on appeal"), "grey"),
}
STAGE_MADE: Final = _("Made by the court or issued")
STAGE_ENDED: Final = _("Ended or came to nothing")
NOT_CHECKED: Final = Status(_("Not checked"), "grey")
COMPARED: Final = Status(_("Compared"), "green")
NOT_CONFIRMED: Final = Status(_("Not confirmed"), "grey")

_FULL: Final = " (full)"


def kind_words(code: str, *, is_interim: bool = False) -> str:
    """What the courts call a kind, in the reader's language where it has Welsh."""
    name = kind_of(code).name
    said = name.cy if get_language() == "cy" and name.cy else name.en
    return _now("%(kind)s (interim)") % {"kind": said} if is_interim and code != "ISPO" else said


def kind_within(code: str, *, is_interim: bool = False) -> str:
    """A kind as it is said within a sentence: small, and in English with its article. Welsh has none to give it.

    What the courts set behind the name in brackets a person says before it: a full stalking protection order.
    """
    said = kind_words(code, is_interim=is_interim and get_language() == "cy")
    said = said[0].lower() + said[1:]
    if get_language() == "cy":
        return said
    bare = said.removesuffix(_FULL)
    if is_interim and code != "ISPO":
        said = f"interim {bare}"
    elif bare != said:
        said = f"full {bare}"
    # Several of them take no article.
    if said.endswith(" conditions"):
        return said
    return f"{'an' if said[0] in 'aeiou' else 'a'} {said}"


@dataclass(frozen=True, slots=True)
class Prevailing:
    """What the paper whose words prevail over the typed ones is called, and what is said of comparing them (ORD-20)."""

    label: Text
    not_compared: Text
    not_checked: Text
    open: Text
    open_in_tab: Text
    compare: Text
    # `reference` stands in it.
    compare_title: Text
    no_image: Text
    typed_by_reader: Text
    keep: Text
    keep_any: Text
    differ: Text
    # `differs` and `when` stand in it.
    differ_so: Text
    none_differ: Text
    type_as: Text
    not_typed: Text


_SEALED: Final = Prevailing(
    label=_("Sealed order"),
    not_compared=_("Not compared with the sealed order by a second person"),
    not_checked=_("Not checked: nobody else has compared these words with the sealed order"),
    open=_("Open the sealed order"),
    open_in_tab=_("Open the sealed order (in a new tab)"),
    compare=_("Compare the words with the sealed order"),
    compare_title=_("Compare order %(reference)s with the sealed order"),
    no_image=_("There is no image of the sealed order to compare with. Keep it here first."),
    typed_by_reader=_("You typed these terms. Somebody else compares them with the sealed order."),
    keep=_("Keep the sealed order"),
    keep_any=_("Keep the sealed order or another paper"),
    differ=_("The typed words differ from the sealed order. Its words prevail."),
    differ_so=_("The typed words differ from the sealed order: %(differs)s (found %(when)s)"),
    none_differ=_("Nobody has found that these words differ from the sealed order. Compare them first."),
    type_as=_(
        "Type the words as in the sealed order. What the court itself has changed is a variation: record that as a step. "
        "What was typed before is kept."
    ),
    not_typed=_("The conditions have not been typed. Ring the court desk or open the sealed order."),
)
_PREVAILING: Final[Mapping[Family, Prevailing]] = {
    Family.APPLICATION: _SEALED,
    Family.NOTICE: Prevailing(
        label=_("Notice as given"),
        not_compared=_("Not compared by a second person with the notice as it was given"),
        not_checked=_("Not checked: nobody else has compared these words with the notice as it was given"),
        open=_("Open the notice as it was given"),
        open_in_tab=_("Open the notice as it was given (in a new tab)"),
        compare=_("Compare the words with the notice as it was given"),
        compare_title=_("Compare %(reference)s with the notice as it was given"),
        no_image=_("There is no image of the notice as it was given to compare with. Keep it here first."),
        typed_by_reader=_("You typed these terms. Somebody else compares them with the notice as it was given."),
        keep=_("Keep the notice as it was given"),
        keep_any=_("Keep the notice as it was given, or another paper"),
        differ=_("The typed words differ from the notice as it was given. Its words prevail."),
        differ_so=_("The typed words differ from the notice as it was given: %(differs)s (found %(when)s)"),
        none_differ=_("Nobody has found that these words differ from the notice as it was given. Compare them first."),
        type_as=_(
            "Type the words as in the notice as it was given. What was changed since is a variation: record that as a step. "
            "What was typed before is kept."
        ),
        not_typed=_("The conditions have not been typed. Ring whoever gave it or open the notice as it was given."),
    ),
    Family.CRIMINAL: _SEALED,
    Family.VICTIMS_OWN: _SEALED,
    Family.CONDITIONS: Prevailing(
        label=_("Conditions as set"),
        not_compared=_("Not compared by a second person with the conditions as they were set"),
        not_checked=_("Not checked: nobody else has compared these words with the conditions as they were set"),
        open=_("Open the conditions as they were set"),
        open_in_tab=_("Open the conditions as they were set (in a new tab)"),
        compare=_("Compare the words with the conditions as they were set"),
        compare_title=_("Compare %(reference)s with the conditions as they were set"),
        no_image=_("There is no image of the conditions as they were set to compare with. Keep it here first."),
        typed_by_reader=_("You typed these terms. Somebody else compares them with the conditions as they were set."),
        keep=_("Keep the conditions as they were set"),
        keep_any=_("Keep the conditions as they were set, or another paper"),
        differ=_("The typed words differ from the conditions as they were set. Their words prevail."),
        differ_so=_("The typed words differ from the conditions as they were set: %(differs)s (found %(when)s)"),
        none_differ=_(
            "Nobody has found that these words differ from the conditions as they were set. Compare them first."
        ),
        type_as=_(
            "Type the words as in the conditions as they were set. What was changed since is a variation: record that as a step. "
            "What was typed before is kept."
        ),
        not_typed=_(
            "The conditions have not been typed. Ring whoever set them or open the conditions as they were set."
        ),
    ),
}


def prevailing(code: str) -> Prevailing:
    """What prevails over the typed words of a kind: a court seals its order; a notice is given and conditions are set."""
    return _PREVAILING[kind_of(code).family]


# What a button says, and the title of its page.
STEPS: Final[Mapping[str, Text]] = {
    "request_authorisation": _("Ask for authorisation"),
    "authorise": _("Authorise the application"),
    "decline": _("Decline to authorise"),
    "ask_prosecutor": _("Ask the prosecutor to apply"),
    "lodge": _("Lodge the application"),
    "lodge_interim": _("Lodge an interim application"),
    "issue": _("Issue the notice"),
    "adjourn": _("Record an adjournment"),
    "grant": _("Record that the court made the order"),
    "refuse": _("Record that the court refused"),
    "withdraw": _("Withdraw the application"),
    "grant_on_appeal": _("Record that the order was made on appeal"),
    "receive": _("Record an order that a court made"),
    "impose": _("Record conditions that were imposed"),
    "attempt_service": _("Record an attempt to serve"),
    "serve": _("Record service"),
    "record_awareness": _("Record that the respondent knows"),
    "vary": _("Record a variation"),
    "renew": _("Record a renewal"),
    "discharge": _("Record a discharge"),
    "revoke": _("Record a revocation"),
    "end_on_determination": _("End it: main application decided"),
    "quash": _("Record that it was quashed"),
    "correct_end": _("Put a mistyped end right"),
}
# What the log of moves says was done.
DONE: Final[Mapping[str, Text]] = {
    "open_consideration": _("Considered"),
    "decide_apply": _("Decided to apply"),
    "decide_support": _("Decided to support the victim’s own application"),
    "decide_not_pursue": _("Not pursued"),
    "defer": _("Decision deferred"),
    "reopen": _("Opened again"),
    "request_authorisation": _("Authorisation asked for"),
    "authorise": _("Authorised"),
    "decline": _("Authorisation declined"),
    "ask_prosecutor": _("Prosecutor asked to apply"),
    "lodge": _("Application lodged"),
    "lodge_interim": _("Interim application lodged"),
    "issue": _("Notice issued"),
    "adjourn": _("Adjourned"),
    "grant": _("Made by the court"),
    "refuse": _("Refused by the court"),
    "withdraw": _("Application withdrawn"),
    "grant_on_appeal": _("Made on appeal"),
    "receive": _("Received from the court"),
    "impose": _("Conditions imposed"),
    "attempt_service": _("Attempt to serve"),
    "serve": _("Served"),
    "record_awareness": _("Respondent known to know of it"),
    "vary": pgettext_lazy("step of an order", "Varied"),
    "renew": pgettext_lazy("step of an order", "Renewed"),
    "discharge": pgettext_lazy("step of an order", "Discharged"),
    "revoke": _("Revoked"),
    "end_on_determination": _("Ended: main application decided"),
    "expire": _("Expired"),
    "quash": _("Quashed on appeal"),
    "correct_end": _("Mistyped end put right"),
}

# It is kept as the court made it; that it binds as it stands is said with each (CLK-09).
TERMS_QUERIED: Final[Mapping[Finding, Text]] = {
    Finding.BELOW_MINIMUM: _(
        "By law an order of this kind lasts until %(day)s at least, and this one ends sooner. Ask the court whether its last day "
        "is right. Until the court says otherwise the order is as it was made."
    ),
    Finding.ABOVE_MAXIMUM: _(
        "By law an order of this kind lasts until %(day)s at most, and this one ends later. Ask the court whether its last day "
        "is right. Until the court says otherwise the order is as it was made."
    ),
    Finding.MUST_BE_FIXED: _(
        "By law an order of this kind has an end, and this one is recorded as having none. Look at the sealed order, and ask the "
        "court. Until the court says otherwise the order is as it was made."
    ),
    Finding.ENDS_BEFORE_MADE: _(
        "The last day of this order lies before it was made. Look at the sealed order, and ask the court."
    ),
}
IN_FORCE_BECAUSE: Final[Mapping[str, Text]] = {
    Why.NOT_MADE: _("No. It has not been made."),
    Why.NOT_SERVED: _("No. A notice binds nobody before it is served."),
    Why.NOT_BEGUN: _("No. It begins later."),
    Why.RUNNING: _("Yes. It has taken effect and has not ended."),
    Why.LAST_DAY_OVER: _("No. Its last day is over."),
    Why.ENDED: _("No. It has ended."),
}
ENFORCEABLE_BECAUSE: Final[Mapping[str, Text]] = {
    Why.NOT_KNOWN: _("Not yet. It is not recorded as served, nor that the respondent knows of it."),
    Why.BEFORE_LIABILITY: _("Not yet. The respondent has to know of it first."),
    Why.LIABLE: _("A breach can be laid at the respondent’s door from then on."),
    Why.NO_BREACH: _("Never. Nothing follows from a breach itself."),
    Why.NOT_MADE: _("Not yet. It has not been made."),
    Why.NOT_SERVED: _("Not yet. A notice binds nobody before it is served."),
    Why.NOT_BEGUN: _("Not yet. It begins later."),
    Why.LAST_DAY_OVER: _("Not now. Its last day is over. What was done before still counts."),
    Why.ENDED: _("Not now. It has ended. What was done before still counts."),
}
AWARENESS: Final[Mapping[str | None, Text]] = {
    RequiredBy.LAW: _("The law asks that the respondent knew, or was served."),
    RequiredBy.POLICY: _(
        "Force policy asks for service or proof that the respondent knew; the law does not wait for it."
    ),
    None: _("Imposed in person: nothing more is asked."),
}
BREACH_IS: Final[Mapping[str, Text]] = {
    Breach.OFFENCE: _("A criminal offence."),
    Breach.CIVIL: _("Not an offence: a civil breach, and an arrest brings the respondent before the court."),
    Breach.CONTEMPT: _("Not an offence: contempt of court."),
    Breach.ARREST: _("Not an offence: the respondent can be arrested and brought before the court."),
    Breach.ORIGINAL: _("Not an offence: the original offence can be prosecuted."),
    Breach.RECALL: _("Not an offence: recall to prison can follow."),
    Breach.NONE: _("Nothing follows from a breach itself."),
}

CLOCKS: Final[Mapping[str, Text]] = {
    "serve-order": _("Serve the order"),
    "unserved-alert": _("Alert while unserved"),
    "spo-initial-notification": _("First notification by the respondent"),
    "sro-initial-notification": _("First notification by the respondent"),
    "shpo-initial-notification": _("First notification by the respondent"),
    "dapo-initial-notification": _("First notification by the respondent"),
    "dvpn-hearing": _("Hearing after the notice"),
    "dapn-hearing": _("Hearing after the notice"),
    "spo-discharge-lock": _("No discharge without consent"),
    "shpo-discharge-lock": _("No discharge without consent"),
    "sro-discharge-lock": _("No discharge without consent"),
    "spo-appeal-watch": _("Watch for an appeal"),
    "cpn-appeal": _("Appeal by the respondent"),
    "order-terms-to-victim": _("Written terms to the victim"),
    "expiry-watch": _("Decide what follows its end"),
}
BEGAN: Final[Mapping[str, Text]] = {
    Began.MADE: _("The making of the order"),
    Began.SERVED: _("Service"),
    Began.LAST_DAY: _("Its last day"),
    Began.DUTY_ENDED: _("The end of another duty to notify"),
}
CLOCK_STATE: Final[Mapping[str, Status]] = {
    State.RUNS: Status(_("Runs")),
    State.OVER: Status(_("Over"), "grey"),
    State.KEPT: Status(pgettext_lazy("clock", "Kept"), "green"),
    State.LATE: Status(pgettext_lazy("clock", "Late"), "orange"),
    State.HEARD: Status(pgettext_lazy("clock", "Heard"), "blue"),
    State.LOCKED: Status(_("Locked"), "purple"),
    State.AHEAD: Status(_("Ahead"), "grey"),
    State.REACHED: Status(pgettext_lazy("clock", "Reached"), "yellow"),
    State.STOPPED: Status(_("Not run out when it ended"), "grey"),
}
UNSERVED: Final = Status(_("Unserved"), "red")
UNDONE: Final = Status(_("Not done"), "red")
UNHEARD: Final = Status(_("No hearing recorded"), "red")
HEARD: Final[Mapping[str, Text]] = {
    Came.ADJOURNED: _("First hearing recorded: %(day)s, adjourned"),
    Came.MADE: _("First hearing recorded: %(day)s, order made"),
    Came.REFUSED: _("First hearing recorded: %(day)s, order refused"),
}
SOURCES: Final[Mapping[str, Text]] = {
    Source.LAW: _("Law"),
    Source.CODE: _("Victims’ Code"),
    Source.GUIDANCE: _("Guidance"),
    Source.POLICY: _("Force policy"),
}

CONDITION_TYPES: Final[Mapping[str, Text]] = {
    ConditionType.NO_CONTACT_DIRECT: _("No direct contact"),
    ConditionType.NO_CONTACT_INDIRECT: _("No indirect contact"),
    ConditionType.NO_APPROACH: _("Not to approach"),
    ConditionType.EXCLUSION_ZONE: _("Exclusion area"),
    ConditionType.NO_SURVEILLANCE: _("No watching or following"),
    ConditionType.NO_ONLINE_REFERENCE: _("No mention online"),
    ConditionType.NO_RECORDING: _("No photographs or recordings"),
    ConditionType.CURFEW: _("Curfew"),
    ConditionType.DEVICE_OR_ACCOUNT_DISCLOSURE: _("Disclose devices or accounts"),
    ConditionType.SURRENDER_DEVICE: _("Hand over devices"),
    ConditionType.ATTEND_PROGRAMME: _("Attend a programme"),
    ConditionType.ASSESSMENT: _("Attend an assessment"),
    ConditionType.SIGN_ON: _("Report to the police"),
    ConditionType.RESIDENCE: _("Where to live"),
    ConditionType.ELECTRONIC_MONITORING: _("Electronic monitoring"),
    ConditionType.EXTRA_NOTIFICATION: _("Further notification"),
    ConditionType.BESPOKE: _("Worded for this order alone"),
}
VAGUE: Final[Mapping[str, Text]] = {
    Vague.OPEN_WORD: _("What counts as this is left open"),
    Vague.OPEN_GROUP: _("It does not say who belongs to this group"),
    Vague.OPEN_TIME: _("It does not say when"),
    Vague.OPEN_PLACE: _("It does not say how far or where"),
    Vague.NO_BOUNDARY: _("No distance, street or map bounds it"),
    Vague.NO_TIMES: _("No times of day are given"),
    Vague.NO_NAME: _("Nobody is named"),
}
WHY_TERMS: Final[Mapping[str, Text]] = {
    "drafted": _("Drafted"),
    "made": pgettext_lazy("terms", "Made"),
    "varied": pgettext_lazy("terms", "Varied"),
    "renewed": pgettext_lazy("terms", "Renewed"),
    "corrected": pgettext_lazy("terms", "Put right"),
}
ORDER_LANGUAGES: Final[Mapping[str, Text]] = {
    "en": _("English"),
    "cy": _("Welsh"),
    "both": _("English and Welsh"),
}

PLACES: Final[Mapping[str, Text]] = {
    PlaceType.HOME: _("The respondent’s home"),
    PlaceType.WORK: _("The respondent’s work"),
    PlaceType.COURT: _("A court"),
    PlaceType.POLICE_STATION: _("A police station"),
    PlaceType.PRISON: _("A prison"),
    PlaceType.PUBLIC_PLACE: _("A public place"),
    PlaceType.OTHER: _("Another kind of place"),
}
METHODS: Final[Mapping[str, Text]] = {
    Method.PERSONAL: _("In person"),
    Method.POST: _("By post"),
    Method.ELECTRONIC: _("Electronically"),
    Method.THROUGH_SOLICITOR: _("Through their solicitor"),
    Method.LEFT_AT_ADDRESS: _("Left at an address"),
    Method.OTHER: _("In another way"),
}
ATTEMPTS: Final[Mapping[str, Text]] = {
    "not_found": _("Not found"),
    "no_answer": _("Nobody answered"),
    "moved_away": _("Moved away"),
    "avoided": _("Avoided service"),
    "other": pgettext_lazy("attempt", "Not served for another reason"),
    "served": _("Served"),
}
PAPERS: Final[Mapping[str, Text]] = {
    "sealed_order": _("Sealed order"),
    "application": _("Application"),
    "statement_of_service": _("Statement of service"),
    "evidence": _("Evidence"),
    "advice": _("Legal advice (privileged: never leaves)"),
    "other": _("Another paper"),
}
APPLICANTS: Final[Mapping[str, Text]] = {
    "respondent": _("The respondent"),
    "chief_officer_applied": _("The chief officer who applied for the order"),
    "chief_officer_residence": _("The chief officer where the respondent lives"),
    "chief_officer_believed": _("The chief officer who believes the respondent is in the area"),
    "chief_officer_expected": _("The chief officer who expects the respondent in the area"),
    "prosecution": _("The prosecution"),
    "person_mentioned": _("A person mentioned in the order"),
    "applicant": _("Whoever applied for the order"),
    "victim": _("The victim"),
    "court": _("The court itself"),
    "custody_officer": _("A custody officer"),
    "issuing_authority": _("The authority that issued it"),
}
CONSENTS: Final[Mapping[str, Text]] = {
    "respondent": _("The respondent"),
    "chief_officer": _("Every chief officer concerned"),
}
OUTCOMES: Final[Mapping[str, Text]] = {
    "granted": _("The order was made"),
    "refused": _("The court refused"),
    "withdrawn": _("The application was withdrawn"),
}
DECLINED: Final[Mapping[str, Text]] = {
    "evidence_lacking": _("Evidence is lacking"),
    "not_necessary": _("The order is not necessary"),
    "terms_unsuitable": _("The conditions do not suit"),
    "other_measure": _("Another measure serves better"),
    "other": pgettext_lazy("reason", "Another reason"),
}
WITHDRAWN: Final[Mapping[str, Text]] = {
    "evidence_lacking": _("Evidence is lacking"),
    "other_order_made": _("Another order protects already"),
    "circumstances_changed": _("Circumstances have changed"),
    "court_advised": _("On the court’s advice"),
    "other": pgettext_lazy("reason", "Another reason"),
}

CARD: Final[Mapping[str, Text]] = {
    "type": _("Kind"),
    "court": _("Court"),
    "court_case_no": _("Court case number"),
    "made_on": _("Day on which it was made"),
    "starts_on": _("Start"),
    "end_or_indefinite": _("Last day, or that it has none"),
    "respondent_name": _("The respondent’s name"),
    "respondent_dob": _("The respondent’s date of birth"),
    "respondent_identifier": _("The respondent’s PNC ID"),
    "protected_person_ref": _("Whom it protects"),
    "terms": _("Conditions"),
    "language": _("Language of the order"),
    "owner": _("Who manages it"),
    "next_review_on": _("Next review"),
    "national_system_recorded": _("Entry in the national systems"),
    "locality_limit": _("Any limit of place, or that there is none"),
    "term_periods": _("Any condition’s own period, or that there is none"),
    "served_at": _("Time of service"),
    "service_method": _("Method of service"),
    "service_proof": _("Proof of service"),
}

# What an application rests on, part by part.
PARTS: Final[Mapping[str, Text]] = {
    "acts_associated_with_stalking": _("Acts associated with stalking"),
    "risk_associated_with_stalking": _("A risk associated with stalking to another person"),
    "order_necessary": _("The order is necessary"),
    "main_application_undetermined": _("The main application is not decided"),
    "interim_order_appropriate": _("An interim order is appropriate"),
    "violence_or_threat": _("Violence or a threat of it"),
    "notice_necessary": _("The notice is necessary"),
    "has_been_abusive": _("The respondent has been abusive"),
    "order_necessary_and_proportionate": _("The order is necessary and proportionate"),
    "anti_social_behaviour": _("Anti-social behaviour"),
    "just_and_convenient": _("It is just and convenient"),
    "conduct_unreasonable": _("The conduct is unreasonable"),
    "effect_on_the_locality": _("Its effect on the locality"),
    "qualifying_offender": _("The respondent is a qualifying offender"),
    "act_of_a_sexual_nature": _("An act of a sexual nature"),
    Asked.INCOMPATIBLE: _("Does an earlier order say something else?"),
    Asked.RELIGION: _("Does it conflict with the respondent’s religion?"),
    Asked.WORK_OR_EDUCATION: _("Does it interfere with times of work or education?"),
    "victim_view": _("The victim’s view"),
    "victim_view_absent": _("Why the victim’s view is absent"),
    "special_measures": _("Special measures asked for (optional)"),
}
PACK_LACKS: Final[Mapping[str, Text]] = {
    "terms": _("Conditions"),
    "victim_view_or_reason": _("The victim’s view, or why it is absent"),
    "risk_assessment": _("A risk assessment of the case"),
}
TERM_LACKS: Final[Mapping[str, Text]] = {
    "necessity": _("Why condition %(number)s is necessary"),
    "behaviour": _("The behaviour that condition %(number)s answers"),
    UNKNOWN_TYPE: _("A type for condition %(number)s"),
    REQUIREMENTS_NOT_ALLOWED: _("Condition %(number)s demands something: this kind of order can only forbid"),
    MONITORING_NOT_PROVIDED: _(
        "Condition %(number)s asks for electronic monitoring, for which the law of this kind does not provide"
    ),
    APPROVAL_NEEDED: _("A second person’s approval of condition %(number)s, which is worded for this order alone"),
    APPROVED_BY_DRAFTER: _("Approval of condition %(number)s by somebody who did not draft it"),
    MONITORING_TOO_LONG: _("Condition %(number)s asks for more than 12 months of monitoring at a time"),
    MONITORING_IN_ABSENCE: _("Condition %(number)s cannot be made in the respondent’s absence"),
    NO_CONSENT: _("Consent of whoever must help with condition %(number)s"),
    NOT_LOCALLY: _("Monitoring for condition %(number)s is not available here"),
    "no_supervisor": _("Who supervises condition %(number)s"),
    "no_suitability_evidence": _("What shows that condition %(number)s suits them and can be enforced"),
}
NATURES: Final[Mapping[str, Text]] = {
    Nature.PROHIBITION: _("It forbids something"),
    Nature.REQUIREMENT: _("It demands something"),
}
