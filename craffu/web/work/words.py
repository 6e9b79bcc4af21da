"""Due work in words: what is to be done, why, what happens if it is not, and what a queue is called (page map, P01 and P03)."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from craffu.breaches import due as breaches
from craffu.breaches.lists.rules import MorningList
from craffu.breaches.patterns import due as patterns
from craffu.cases.advice import due as advice
from craffu.cases.risk import due as risk
from craffu.cases.risk.rules import Asks
from craffu.daily.own_data import due as own_data
from craffu.daily.retaining import due as retaining
from craffu.intake.linking import due as pairs
from craffu.intake.morning import due as morning
from craffu.orders.considering import due as considering
from craffu.orders.following import due as following
from craffu.orders.following.rules import Trigger
from craffu.orders.inbox import due as inbox
from craffu.orders.monitoring import due as monitoring
from craffu.orders.notifying import due as notifying
from craffu.orders.proposing import due as proposals
from craffu.orders.reconciling import due as reconciling
from craffu.orders.reviewing import due as reviewing
from craffu.orders.reviewing.timing import Because, Event
from craffu.orders.transfers import due as transfers
from craffu.orders.watching import due as watching
from craffu.orders.watching.kinds import Limit, What
from craffu.prevention import due as priorities
from craffu.prevention.meetings import due as meetings
from craffu.prevention.planning import due as plans
from craffu.prevention.planning.kinds import Because as WhyPlanReviewed
from craffu.scrutiny.destroying import due as destroying
from craffu.scrutiny.interviewing import due as live_risks
from craffu.scrutiny.publishing import due as publishing
from craffu.scrutiny.recommending import due as recommending
from craffu.scrutiny.reviewing import due as case_reviewing
from craffu.victims import due as victims
from craffu.web.considering.words import OPENED
from craffu.web.following.words import TRIGGERS
from craffu.web.monitoring.words import WHY_CHECKED
from craffu.web.plans.words import BECAUSE as PLAN_REVIEWED
from craffu.web.presenters import Text
from craffu.web.reconciling.words import FINDINGS
from craffu.web.reviews.words import BECAUSE, EVENTS
from craffu.web.risk.words import ASKS
from craffu.web.triage.mismatches import MISMATCHES
from craffu.web.victims.asking_words import FOLLOWS
from craffu.web.victims.words import HAPPENINGS, OCCASIONS
from craffu.work.queries import Tab
from craffu.work.rules import Band, Consequence, Reassign, Why


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: its name, the task as a verb and its object (`%(reference)s`), and the page where it is done.

    `part` is what the page's address calls the record. `of_condition` is the task where one condition of an order is meant.
    """

    name: Text
    task: Text
    page: str
    part: str
    of_condition: Text = ""


def _of_order(name: Text, task: Text, page: str = "order_detail") -> Kind:
    return Kind(name, task, page, "order")


def _of_person(name: Text, task: Text, page: str) -> Kind:
    return Kind(name, task, page, "person")


def _of_meeting(name: Text, task: Text, page: str = "meeting_detail") -> Kind:
    return Kind(name, task, page, "meeting")


def _of_breach(name: Text, task: Text) -> Kind:
    return Kind(name, task, "breach_triage", "breach")


_NOT_COME: Mapping[MorningList, Text] = {
    MorningList.CUSTODY: _("This morning’s custody list has not come by eight"),
    MorningList.RELEASE: _("This morning’s list of releases from prison has not come by eight"),
    MorningList.COURT: _("This morning’s court list has not come by eight"),
}

KINDS: Mapping[str, Kind] = {
    live_risks.ACT: Kind(
        _("Danger told of to those who scrutinise the force"),
        _("Act on live risk %(reference)s now"),
        "live_risk",
        "live_risk",
    ),
    destroying.DECIDE: Kind(
        _("Words taken back, to destroy or keep"),
        _("Decide whether the words of %(reference)s are destroyed"),
        "destruction_detail",
        "destruction",
    ),
    publishing.REPLY: Kind(
        _("Force’s reply to a draft"),
        _("Record the force’s reply to %(reference)s, or publish without one"),
        "deep_dive_report",
        "dive",
    ),
    case_reviewing.REVIEW: Kind(
        _("Case to review blind"), _("Review the case of %(reference)s"), "case_review", "case_review"
    ),
    retaining.REVIEW: _of_person(
        _("Retention review"), _("Review how long the records of %(reference)s are kept"), "retention_detail"
    ),
    own_data.PUT_RIGHT: Kind(
        _("Record to be put right"),
        _("See that what %(reference)s was agreed about is put right, or say why not"),
        "rights_detail",
        "rights_request",
    ),
    retaining.DECIDE: _of_person(
        _("Erasure to be decided"), _("Decide whether the records of %(reference)s are erased"), "retention_erase"
    ),
    recommending.DO: Kind(
        _("Recommendation to be done"),
        _("Say what became of recommendation %(reference)s"),
        "recommendation_detail",
        "recommendation",
    ),
    recommending.GET_ANSWER: Kind(
        _("Recommendation to be answered"),
        _("Record the answer to recommendation %(reference)s"),
        "recommendation_detail",
        "recommendation",
    ),
    morning.LIST: Kind(_("Morning list"), _("Ask for the list and match it"), "morning_list", "list"),
    breaches.DECIDE: _of_breach(_("Possible breach to decide"), _("Decide possible breach %(reference)s")),
    breaches.INSPECTOR: _of_breach(
        _("Possible breach past its limit"), _("Decide possible breach %(reference)s, which nobody decided in time")
    ),
    breaches.CONTACT: Kind(
        _("First contact after a possible breach"),
        _("Reach victim %(reference)s after a possible breach"),
        "victim_contact_new",
        "victim",
    ),
    patterns.DECIDE: Kind(
        _("Pattern that may be stalking"),
        _("Decide whether the crimes against %(reference)s are stalking"),
        "stalking_pattern",
        "person",
    ),
    priorities.LOOK: Kind(
        _("Urgent priority to look at"),
        _("Look at the priority of person %(reference)s, and decide"),
        "person_priority",
        "person",
    ),
    priorities.AGREE: Kind(
        _("Another priority to agree to"),
        _("Agree to another priority of person %(reference)s, or say why not"),
        "person_priority",
        "person",
    ),
    priorities.MEMBER: Kind(
        _("Member of the cohort to look at again"),
        _("Look at member %(reference)s of the cohort again"),
        "person_priority",
        "person",
    ),
    priorities.PLAN: Kind(
        _("Plan for a member of the cohort"),
        _("Begin a plan for member %(reference)s of the cohort"),
        "plan_new",
        "person",
    ),
    meetings.What.MINUTES: _of_meeting(
        _("Minutes of a cohort meeting"), _("See that the minutes of meeting %(reference)s are approved")
    ),
    meetings.What.ACT: _of_meeting(
        _("Action of a cohort meeting"), _("Do, or have done, what meeting %(reference)s asks for")
    ),
    meetings.What.AGENDA: _of_person(
        _("Member to put on an agenda"),
        _("Put member %(reference)s on the agenda of the meeting to come"),
        "meeting_propose",
    ),
    meetings.What.NEXT: _of_meeting(_("Cohort meeting to call"), _("Call the meeting that follows on %(reference)s")),
    priorities.ANSWER: Kind(
        _("Challenge of a score"),
        _("Answer the challenge of the score of person %(reference)s"),
        "person_priority",
        "person",
    ),
    breaches.MISMATCH: Kind(
        _("What does not agree of a breach"),
        _("Clear up or explain what does not agree of breach %(reference)s"),
        "breach_mismatches",
        "breach",
    ),
    risk.ASSESSMENT: Kind(_("Risk assessment"), _("Assess the risk in case %(reference)s"), "case_risk", "case"),
    risk.PLANNED: Kind(
        _("Planned risk assessment"), _("Assess the risk in case %(reference)s again"), "case_risk", "case"
    ),
    risk.LOOK: Kind(
        _("Second look"), _("Look again at the risk grade in case %(reference)s"), "case_risk_look", "case"
    ),
    advice.ANSWER: Kind(
        _("Advice to answer"), _("Answer or chase the advice asked for in case %(reference)s"), "case_advice", "case"
    ),
    advice.ANSWER_ORDER: Kind(
        _("Advice to answer about an order"),
        _("Answer or chase the advice asked for about order %(reference)s"),
        "order_advice",
        "order",
    ),
    proposals.PROPOSAL: Kind(
        _("A court’s result that looks like an order"),
        _("Say whether a court made an order in case %(reference)s"),
        "case_proposed",
        "case",
    ),
    inbox.DOCUMENT: Kind(
        _("Order that came as a document"), _("Match or return document %(reference)s"), "order_document", "document"
    ),
    reconciling.COMPARE: Kind(
        _("Lists of orders to compare"),
        _("Compare the register with the court’s list again (last: %(reference)s)"),
        "order_comparison",
        "comparison",
    ),
    reconciling.DIFFERENCE: Kind(
        _("Difference from the court’s list"), _("Settle difference %(reference)s"), "order_difference", "difference"
    ),
    transfers.TRANSFER: Kind(
        _("Order that moves between forces"), _("See to the transfer of order %(reference)s"), "order_transfer", "order"
    ),
    pairs.DECIDE: Kind(
        _("Pair of records to decide"),
        _("Say whether the records of pair %(reference)s are one person"),
        "linkage_pair",
        "pair",
    ),
    pairs.AGREE: Kind(
        _("Second opinion on a pair"), _("Give a second opinion on pair %(reference)s"), "linkage_pair", "pair"
    ),
    considering.CONSIDER: Kind(
        _("Orders to consider"), _("Decide about orders in case %(reference)s"), "case_consider", "case"
    ),
    considering.AGREE: Kind(
        _("Not pursued, to agree"),
        _("Agree or ask again about an order not pursued in case %(reference)s"),
        "case_not_pursued",
        "case",
    ),
    following.FOLLOW_UP: _of_order(
        _("Heightened follow-up"), _("Act on what was raised under order %(reference)s"), "order_follow_up"
    ),
    notifying.ACKNOWLEDGE: _of_order(
        _("Notification to acknowledge"),
        _("Acknowledge the notification under order %(reference)s in writing"),
        "order_notifications",
    ),
    notifying.VERIFY: _of_order(
        _("Notification to verify"), _("Verify what was notified under order %(reference)s"), "order_notifications"
    ),
    notifying.ANNUAL: _of_order(
        _("Notification due every year"),
        _("See that the respondent to order %(reference)s notifies the police again"),
        "order_notifications",
    ),
    What.AUTHORISE: _of_order(
        _("Application to authorise"), _("Authorise or decline the application for order %(reference)s")
    ),
    What.LODGE: _of_order(_("Application to lodge"), _("Lodge the application for order %(reference)s")),
    What.HEARING: _of_order(_("Hearing"), _("Hearing about order %(reference)s: go, and record its result")),
    What.NO_DATE: _of_order(_("No next hearing"), _("Have a date fixed for the hearing about order %(reference)s")),
    What.GAP: _of_order(
        _("Unprotected days"), _("Close the gap between interim order %(reference)s and the next hearing")
    ),
    What.DETERMINED: _of_order(
        _("Interim order whose application is decided"), _("Record that interim order %(reference)s has ended")
    ),
    What.NOTICE_HEARING: _of_order(_("Hearing after a notice"), _("Bring notice %(reference)s before the court")),
    What.NOTICE_DETERMINED: _of_order(
        _("Notice whose application is decided"), _("Record that notice %(reference)s has ended")
    ),
    What.SERVE: _of_order(_("Order to serve"), _("Serve order %(reference)s")),
    What.UNSERVED: _of_order(_("Order still unserved"), _("Find out why order %(reference)s is not served")),
    What.TERMS: _of_order(
        _("Terms to compare"), _("Compare order %(reference)s with the paper itself"), "order_compare"
    ),
    What.TERMS_DIFFER: _of_order(
        _("Terms to put right"), _("Put the typed words of order %(reference)s right"), "order_correct"
    ),
    What.WATCH: _of_order(_("Order that ends"), _("Decide what becomes of order %(reference)s")),
    What.NOTIFICATION: _of_order(
        _("First notification"), _("See that the respondent to order %(reference)s notifies the police")
    ),
    What.TERMS_TO_VICTIM: _of_order(
        _("Terms to give in writing"), _("Give the terms of order %(reference)s to whoever it protects")
    ),
    What.UNTOLD: _of_order(
        _("Protected, and told of nothing"), _("See that whoever order %(reference)s protects is told of it")
    ),
    What.UNOWNED: _of_order(_("Order with no owner"), _("Say who manages order %(reference)s"), "order_owner"),
    What.PROTECTS_NOBODY: _of_order(
        _("Order that protects nobody who is named"), _("Say whom order %(reference)s protects"), "order_protects"
    ),
    What.NATIONAL_ENTRY: _of_order(
        _("Entry in the national system"), _("Enter order %(reference)s in the national system"), "order_papers"
    ),
    monitoring.What.PLAN: _of_order(
        _("Conditions without a plan of checks"),
        _("Say how the conditions of order %(reference)s are monitored"),
        "order_check_plan",
    ),
    monitoring.What.CHECK: Kind(
        _("Check of a condition"),
        _("Check a condition of order %(reference)s"),
        "order_check_new",
        "order",
        of_condition=_("Check condition %(condition)s of order %(reference)s"),
    ),
    What.CARD: _of_order(_("Card incomplete"), _("Complete the card of order %(reference)s")),
    reviewing.What.REVIEW: _of_order(_("Order to review"), _("Review order %(reference)s"), "order_review_new"),
    reviewing.What.SIGN: _of_order(
        _("Review to agree to"), _("Agree to the review of order %(reference)s, or send it back")
    ),
    reviewing.What.ASK: _of_order(
        _("View to ask for"), _("Ask whoever order %(reference)s protects what they think of it")
    ),
    reviewing.What.APPLY: _of_order(
        _("Application after a review"), _("Lodge what the review of order %(reference)s decided")
    ),
    reviewing.What.TELL: _of_order(
        _("Review to tell of"), _("Tell whoever order %(reference)s protects what the review decided, and why")
    ),
    reviewing.What.TRANSLATE: _of_order(
        _("Reason of a review to put into Welsh"),
        _("Have why the review of order %(reference)s decided so worded in Welsh"),
        "order_letters",
    ),
    plans.What.MAKE: _of_person(_("Management plan to make"), _("Make the plan of %(reference)s"), "person_plan"),
    plans.What.APPROVE: _of_person(
        _("Management plan to approve"), _("Approve the plan of %(reference)s, or send it back"), "person_plan"
    ),
    plans.What.REVIEW: _of_person(_("Management plan to review"), _("Review the plan of %(reference)s"), "plan_review"),
    plans.What.ACT: _of_person(
        _("Action of a management plan"), _("Do what the plan of %(reference)s asks for"), "person_plan"
    ),
    victims.SAFETY_NEWS: Kind(
        _("News that safety hangs on"), _("Warn or tell victim %(reference)s"), "victim_contact_new", "victim"
    ),
    victims.CODE_NOTICE: Kind(
        _("News under the Victims’ Code"), _("Tell victim %(reference)s"), "victim_contact_new", "victim"
    ),
    victims.PROMISE: Kind(
        _("Promised contact"), _("Contact victim %(reference)s as promised"), "victim_contact_new", "victim"
    ),
    victims.HER_ANSWER: Kind(
        _("What a victim answered"), _("Speak with victim %(reference)s today"), "victim_contact_new", "victim"
    ),
    victims.SURVEY: Kind(
        _("Victim to ask how they were treated"),
        _("Ask victim %(reference)s how they were treated"),
        "victim_asking_new",
        "victim",
    ),
    victims.NOT_SENT: Kind(
        _("Link that could not be sent"), _("Ask victim %(reference)s by another way"), "victim_asking_new", "victim"
    ),
    victims.LETTER_LOST: Kind(
        _("Letter that did not reach a victim"),
        _("Tell victim %(reference)s by another way what the letter was to tell"),
        "victim_contact_new",
        "victim",
    ),
    victims.OFFER: Kind(
        _("Agreement to offer"), _("Offer victim %(reference)s a contact agreement"), "agreement", "victim"
    ),
    victims.REVISIT: Kind(
        _("Agreement to ask again"),
        _("Ask victim %(reference)s whether the agreement is still right"),
        "agreement",
        "victim",
    ),
}

WHYS: Mapping[str, Text] = {
    own_data.AGREED: _(
        "Somebody asked for it and it was agreed: whoever sent it puts it right, and nothing is overwritten here"
    ),
    retaining.CLEAR: _("The clear period of somebody who was suspected is over: nothing is erased by itself"),
    retaining.ASKED: _("It was asked that somebody’s records are erased: another auditor decides"),
    destroying.ASKED: _("Somebody took their words back, and it was asked that they are destroyed: two people decide"),
    publishing.DRAFT_IS_OUT: _(
        "The draft of a deep dive is with the force, which has ten working days to check its facts"
    ),
    case_reviewing.GIVEN: _("A case of a dip sample was given to you to review: ten working days"),
    recommending.A_DAY_WAS_SAID: _("It was accepted, or opened again, with a day by which it is to be done"),
    recommending.CLOCK_RUNS: _("The report it is from asks for an answer by a day"),
    live_risks.REFERRED: _("Somebody told those who scrutinise the force that somebody is in danger: one hour"),
    **FOLLOWS,
    victims.LINK_FAILED: _("The message with the link did not reach them, or was no longer safe"),
    victims.LETTER_HELD: _("The letter was held back before it left: it was no longer safe, or no longer right"),
    victims.LETTER_CAME_BACK: _("The letter came back: returned, refused, or the address is gone"),
    **OCCASIONS,
    **HAPPENINGS,
    **{morning.WHYS[one]: words for one, words in _NOT_COME.items()},
    breaches.NOT_DECIDED: _("Nobody has decided yet: four hours at high risk or not assessed, twelve otherwise"),
    breaches.PAST_ITS_LIMIT: _("Its limit has passed: it is with the duty inspector"),
    priorities.ON_A_FLOOR: _("Something grave or new puts this person before somebody whatever the score"),
    priorities.PUT_FORWARD: _("An officer put another priority forward: it counts when a second person agrees"),
    priorities.EVERY_28_DAYS: _("Every member of the cohort is looked at again within 28 days"),
    priorities.ENTERED: _("Whoever enters the cohort has a plan within seven days"),
    priorities.ENDED: _("The plan of a member of the cohort ended: another is begun within seven days"),
    meetings.Why.HELD: _("The chair approves the minutes within five working days of the meeting"),
    meetings.Why.AGREED: _("The meeting says so, by this day"),
    meetings.Why.AGENCY: _("An agency does it by this day, and has no account here: ask it"),
    meetings.Why.FALLS_DUE: _("Their 28 days end by the next meeting, and they are not on its agenda"),
    meetings.Why.FOUR_WEEKS: _("A cohort meeting is held every four weeks"),
    priorities.CHALLENGED: _("Somebody says that the score counts what it should not"),
    patterns.UNDECIDED: _("Crimes recorded as something else, on several days against one person"),
    breaches.NOT_REACHED: _(
        "Nobody has been reached since it was raised: four hours at high risk or not assessed, 24 otherwise"
    ),
    **{
        breaches.why_of(code): format_lazy("{}: {}", code.value, words)
        for code, words in MISMATCHES.items()
        if code in breaches.LISTED
    },
    proposals.COURT_SAID: _("A court’s message says so"),
    proposals.BAIL_SAID: _("A court’s message tells of bail with conditions"),
    inbox.CAME: _("It came, and nobody has matched it to the register yet"),
    reconciling.NOT_COMPARED: _("The register and the court’s list are compared every seven days"),
    **FINDINGS,
    transfers.NOT_SENT: _("The respondent has moved, and nobody has written to the other force"),
    transfers.NOT_ACKNOWLEDGED: _("Sent, and the other force has not acknowledged it"),
    transfers.NOT_BY_US: _("Another force sent it, and we have not acknowledged it"),
    pairs.WAITS: _("Two records may be one person, and nobody has said so"),
    pairs.WAITS_FOR_ANOTHER: _("A colleague decided, and it counts once somebody else agrees"),
    **OPENED,
    advice.ASKED_INSIDE: _("Somebody waits for your advice"),
    advice.ASKED_OUTSIDE: _("You asked somebody outside the force"),
    **{following.why_of(one): TRIGGERS[one] for one in Trigger},
    notifying.ACKNOWLEDGE: _("A notification was given in person, and counts once it is acknowledged in writing"),
    notifying.VERIFY: _("A notification was given: its address is verified within seven days"),
    notifying.ANNUAL: _("A year since the last notification draws to its end"),
    What.AUTHORISE: _("Authorisation was asked for"),
    What.LODGE: _("It was decided to apply: 28 days from the decision"),
    What.HEARING: _("A hearing is within seven days; every hearing ends in a recorded result"),
    What.NO_DATE: _("At court, and no date for a hearing: 14 days"),
    What.GAP: _("The interim order ends before the next hearing"),
    What.DETERMINED: _("Its application is decided: an interim order ends then at the latest"),
    What.NOTICE_HEARING: _("A notice was given: 48 hours, some days left out"),
    What.NOTICE_DETERMINED: _("The application that followed it is decided: a notice ends then"),
    What.SERVE: _("Made and not served: by the end of the next day"),
    What.UNSERVED: _("Unserved for more than three days"),
    What.TERMS: _("The terms read “not checked” until a second person has compared them"),
    What.TERMS_DIFFER: _("Somebody found that the typed words differ from the paper itself"),
    watching.why_of(What.WATCH, "90_days"): _("90 days before its last day"),
    watching.why_of(What.WATCH, "60_days"): _("60 days before its last day"),
    watching.why_of(What.WATCH, "30_days"): _("30 days before its last day"),
    watching.why_of(What.WATCH, "half_term"): _("Half of its time is over"),
    watching.why_of(What.WATCH, "indefinite"): _("It has no end, and twelve months have passed"),
    What.NOTIFICATION: _("Three days, of which the first is day 1"),
    What.TERMS_TO_VICTIM: _("The order was served: its terms in writing within one working day"),
    What.UNTOLD: _("Something happened to the order, and nobody is there to tell whom it protects"),
    What.UNOWNED: _("A live order, and nobody manages it"),
    What.PROTECTS_NOBODY: _("A live order, and nobody is named to be told of it and warned"),
    What.NATIONAL_ENTRY: _("A live order that the national system does not hold with the words that stand"),
    monitoring.What.PLAN: _("Nobody has confirmed how each condition is monitored"),
    **WHY_CHECKED,
    What.CARD: _("A live order whose card does not say everything"),
    **{reviewing.why_of(one): BECAUSE[one] for one in Because},
    **{reviewing.why_of(Because.EVENT, one): EVENTS[one] for one in Event},
    reviewing.What.SIGN: _("It ends or relaxes protection, or somebody was not asked: a supervisor agrees first"),
    reviewing.What.ASK: _("A review waits for what they say: two working days"),
    reviewing.What.APPLY: _("A review decided it: 28 days, and a week before the order ends"),
    reviewing.What.TRANSLATE: _("Somebody whom the order protects is written to in Welsh: three working days"),
    reviewing.What.TELL: _("A review decided otherwise than they asked: by the end of the next working day"),
    plans.Why.BEGUN: _("A plan was begun: it is approved within seven days"),
    plans.Why.TO_CHANGE: _("A review found that it is to change: another version is approved within seven days"),
    plans.Why.PUT: _("It was put to a supervisor: by the end of the next working day"),
    plans.Why.ACTION: _("The plan says so, by this day"),
    **{plans.WHY_REVIEWED[one]: PLAN_REVIEWED[one] for one in WhyPlanReviewed},
    victims.NOT_OFFERED: _("A report of stalking or harassment, and no agreement yet"),
    victims.WAS_PROMISED: _("It was promised"),
    victims.WAS_PLANNED: _("It was agreed to ask again on that day"),
    **{one.value: ASKS[one] for one in Asks},
    risk.ASKED_AGAIN: _("A second person asked for a new assessment"),
    risk.WAS_PLANNED: _("It was planned for that day"),
    risk.STANDARD: _("A standard grade beside a fact that needs a second person"),
}

CONSEQUENCES: Mapping[str, Text] = {
    Consequence.HARM_UNWARNED: _("Somebody may come to harm unwarned"),
    Consequence.LIMIT_OF_LAW: _("A limit of the law or of the Victims’ Code is missed"),
    Consequence.PROTECTION_LAPSES: _("Somebody may be left without protection"),
    Consequence.RISK_UNKNOWN: _("The risk is not known, and clocks run as for high risk"),
    Consequence.PROMISE_BROKEN: _("A promise to a victim is broken"),
    Consequence.VOICE_UNHEARD: _("A victim’s view is not heard in time"),
    Consequence.GOES_STALE: _("What is recorded goes out of date"),
    Consequence.HISTORY_SPLIT: _("What is known of somebody stays in pieces, and nobody sees it whole"),
}

# Whose limit it is, where the work says so (CLK-14).
LIMITS: Mapping[str, Text] = {Limit.LAW: _("A limit of the law"), Limit.POLICY: _("A limit of force policy")}

QUEUES: Mapping[str, Text] = {
    "live-risks": _("Live risks"),
    "breaches": _("Possible breaches"),
    "breaches-late": _("Possible breaches past their limit"),
    "telling": _("News for victims"),
    "promises": _("Promises to victims"),
    "agreements": _("Agreements with victims"),
    "consider": _("Orders to consider"),
    "authorise": _("Applications to authorise"),
    "service": _("Orders to serve"),
    "hearings": _("Hearings"),
    "court-orders": _("Court orders to match"),
    "order-inbox": _("Orders that came as documents"),
    "transfers": _("Orders that move between forces"),
    "terms-to-check": _("Terms to check"),
    "order-cards": _("Orders to complete"),
    "morning-lists": _("Morning lists"),
    "assessments": _("Risk assessments"),
    "second-looks": _("Second looks at risk grades"),
    "priority": _("Priorities to look at"),
    "meetings": _("Cohort meetings"),
    "patterns": _("Patterns that may be stalking"),
    "notifications": _("Notifications"),
    "heightened": _("Heightened follow-up"),
    "checks": _("Checks and visits"),
    "reviews": _("Reviews of orders"),
    "plans": _("Management plans"),
    "expiry": _("Orders that end soon"),
    "surveys": _("Surveys"),
    "advice": _("Advice asked for"),
    "pairs": _("Pairs of records"),
    "recommendations": _("Recommendations"),
    "deep-dives": _("Deep dives"),
    "case-reviews": _("Reviews of cases"),
    "retention": _("Retention"),
    "rights-requests": _("Rights requests"),
}

TABS: Mapping[Tab, Text] = {
    Tab.MINE: _("Mine (%(number)s)"),
    Tab.TEAM: _("Team (%(number)s)"),
    Tab.COVER: _("Cover (%(number)s)"),
    Tab.UNASSIGNED: _("Unassigned (%(number)s)"),
}

EMPTY: Mapping[Tab, Text] = {
    Tab.MINE: _("You have nothing in this queue."),
    Tab.TEAM: _("Nobody has anything in this queue."),
    Tab.COVER: _("You cover for nobody in this queue."),
    Tab.UNASSIGNED: _("Nothing waits for somebody to take it on."),
}

BANDS: Mapping[Band, Text] = {
    Band.FRESH: _("0 to 1 days"),
    Band.WEEK: _("2 to 7 days"),
    Band.MONTH: _("8 to 28 days"),
    Band.LONGER: _("29 days or more"),
}

REASSIGNED: Mapping[Reassign, Text] = {
    Reassign.AWAY: _("They are away"),
    Reassign.TOO_MUCH: _("They have too much"),
    Reassign.KNOWS_IT: _("Somebody else knows the case"),
    Reassign.MOVED_ON: _("They work elsewhere now"),
    Reassign.MISTAKE: _("It was given to them by mistake"),
}

AWAY: Mapping[Why, Text] = {
    Why.LEAVE: _("On leave"),
    Why.SICKNESS: _("Ill"),
    Why.TRAINING: _("In training"),
    Why.MOVED_ON: _("Works elsewhere now"),
    Why.BACK: _("Back at work"),
}
