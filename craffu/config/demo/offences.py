"""The charges of the demo, in the words a charge sheet uses, each with the section it is contrary to.

Codes and sections are real (official offence codes; the Acts named in each wording); what is alleged is invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from craffu.config.demo.hearings import NO_MODE, SUMMARY, SUMMARY_BY_CHOICE, Charge
from craffu.config.demo.people import Complainant

_PFHA = "of the Protection from Harassment Act 1997"

# What was done, in the language of an English charge and of a Welsh one.
ACTS = (
    (
        "sent repeated messages from new accounts after being blocked",
        "anfon negeseuon dro ar ôl tro o gyfrifon newydd ar ôl cael ei rwystro",
    ),
    ("waited outside the complainant's place of work", "aros y tu allan i weithle'r achwynydd"),
    ("followed the complainant home by car", "dilyn yr achwynydd adref mewn car"),
    ("left notes and flowers at the complainant's door", "gadael nodiadau a blodau wrth ddrws yr achwynydd"),
    ("fixed a tracking device to the complainant's car", "gosod dyfais olrhain ar gar yr achwynydd"),
    (
        "telephoned more than forty times in a week from withheld numbers",
        "ffonio mwy na deugain gwaith mewn wythnos o rifau cudd",
    ),
    ("watched the complainant's house at night", "gwylio tŷ'r achwynydd gyda'r nos"),
    ("wrote to the complainant's family and employer", "ysgrifennu at deulu a chyflogwr yr achwynydd"),
)


@dataclass(frozen=True, slots=True)
class Offence:
    """One kind of charge: `did` goes on from "at PLACE"; a course of conduct has a first and a last day."""

    code: str
    did: str
    contrary_to: str
    mode: str
    course: bool = True
    welsh: str = ""
    welsh_contrary_to: str = ""


_STALKING_CY = (
    "dilynodd gwrs o ymddygiad a oedd yn gyfystyr â stelcian {who} ac y gwyddai, neu y dylai fod wedi gwybod, ei fod yn "
    "gyfystyr ag aflonyddu, sef: {acts}"
)

STALKING = Offence(
    "PH97006",
    "pursued a course of conduct which amounted to the stalking of {who} and which you knew or ought to have known "
    "amounted to harassment, in that you {acts}",
    f"section 2A(1) and (4) {_PFHA}",
    SUMMARY,
    welsh=_STALKING_CY,
    welsh_contrary_to="adran 2A(1) a (4) o Ddeddf Amddiffyn rhag Aflonyddu 1997",
)
STALKING_FEAR = Offence(
    "PH97007",
    "pursued a course of conduct which amounted to stalking and caused {who} to fear, on at least two occasions, that "
    "violence would be used, in that you {acts}",
    f"section 4A(1)(a), (b)(i) and (5) {_PFHA}",
    SUMMARY_BY_CHOICE,
)
_ALARM = (
    "pursued a course of conduct which amounted to stalking and caused {who} serious alarm or distress with a substantial "
    "adverse effect on usual day-to-day activities, in that you {acts}"
)
STALKING_ALARM = Offence("PH97008", _ALARM, f"section 4A(1)(a), (b)(ii) and (5) {_PFHA}", SUMMARY_BY_CHOICE)
STALKING_ALARM_LATER = Offence("PH97011", _ALARM, f"section 4A(1)(a), (b)(ii) and (5) {_PFHA}", SUMMARY_BY_CHOICE)
HARASSMENT = Offence(
    "PH97004",
    "pursued a course of conduct which amounted to the harassment of {who}, in that you {acts}",
    f"section 2(1) and (2) {_PFHA}",
    SUMMARY,
)
COERCIVE_CONTROL = Offence(
    "SC15004",
    "repeatedly or continuously engaged in behaviour towards {who} that was controlling or coercive, namely checking "
    "telephone and bank account, forbidding contact with family and demanding photographs to prove whereabouts",
    "section 76(1) and (11) of the Serious Crime Act 2015",
    SUMMARY_BY_CHOICE,
)
SPO_BREACH = Offence(
    "ST19001",
    "without reasonable excuse did what a stalking protection order made by {court} on {made} prohibited, namely "
    "contacted {who} by letter and by social media",
    "section 8(1) and (2) of the Stalking Protection Act 2019",
    SUMMARY_BY_CHOICE,
    course=False,
)
ORDER_BREACH = Offence(
    "SE20002",
    "without reasonable excuse did what a restraining order made by {court} on {made} prohibited, namely entered the "
    "street where {who} lives",
    "section 363(1) and (2) of the Sentencing Act 2020",
    SUMMARY_BY_CHOICE,
    course=False,
)
ASSAULT = Offence(
    "CJ88116", "assaulted {who} by beating", "section 39 of the Criminal Justice Act 1988", SUMMARY, course=False
)
DAMAGE = Offence(
    "CD71039",
    "without lawful excuse damaged the front door of {who}, to the value of less than £5,000, intending to damage it",
    "sections 1(1) and 4 of the Criminal Damage Act 1971",
    SUMMARY_BY_CHOICE,
    course=False,
)
BAIL_SURRENDER = Offence(
    "BA76004",
    "you were arrested by a constable as unlikely to surrender to custody, being a person released on bail in criminal "
    "proceedings on {made} by {court} with a condition that you do not contact {who}",
    "section 7(3)(a), (4) and (5) of the Bail Act 1976",
    NO_MODE,
    course=False,
)
BAIL_CONDITIONS = Offence(
    "BA76005",
    "you were arrested by a constable who had reasonable grounds for believing that you had broken a condition of the "
    "bail granted on {made} by {court}, namely not to contact {who}",
    "section 7(3)(b), (4) and (5) of the Bail Act 1976",
    NO_MODE,
    course=False,
)
SPO_APPLICATION = Offence(
    "ST19501",
    "the chief officer of police applied for a stalking protection order to protect {who} from the risk of stalking",
    "section 1 of the Stalking Protection Act 2019",
    NO_MODE,
    course=False,
)


def _asked_to(code: str, change: str, order: str, section: str) -> Offence:
    """An application about an order that is there: a proceeding of its own, never a crime."""
    did = f"application to {change} the {order} made on {{made}}, which protects {{who}}"
    return Offence(code, did, section, NO_MODE, course=False)


_ON_CONVICTION, _ON_ACQUITTAL, _STALKING_PROTECTION = (
    "restraining order made on conviction",
    "restraining order made on acquittal",
    "stalking protection order",
)
RO_VARY = _asked_to("SE20559", "vary", _ON_CONVICTION, "section 361 of the Sentencing Act 2020")
RO_DISCHARGE = _asked_to("SE20560", "discharge", _ON_CONVICTION, "section 361 of the Sentencing Act 2020")
RO_ACQUITTAL_VARY = _asked_to("PH97504", "vary", _ON_ACQUITTAL, f"section 5A {_PFHA}")
RO_ACQUITTAL_DISCHARGE = _asked_to("PH97505", "discharge", _ON_ACQUITTAL, f"section 5A {_PFHA}")
SPO_VARY = _asked_to("ST19502", "vary", _STALKING_PROTECTION, "section 4 of the Stalking Protection Act 2019")
SPO_DISCHARGE = _asked_to("ST19504", "discharge", _STALKING_PROTECTION, "section 4 of the Stalking Protection Act 2019")


def charge(
    offence: Offence,
    *,
    dice: Random,
    who: Complainant,
    first_hearing: date,
    in_welsh: bool = False,
    made: date | None = None,
    by: str = "",
    on: date | None = None,
) -> Charge:
    """The charge as first brought: offence, arrest and charge in that order, all before the first hearing.

    `made` and `by` are when and by which court the order or bail was made; `on` fixes the day of the offence.
    """
    charged = first_hearing - timedelta(days=dice.randint(1, 20)) if on is None else on
    arrested = charged - timedelta(days=dice.randint(0, 1)) if on is None else on
    ended = arrested - timedelta(days=dice.randint(0, 6)) if on is None else on
    started = ended - timedelta(days=dice.randint(14, 120)) if offence.course else ended
    welsh = in_welsh and bool(offence.welsh)
    said = (offence.welsh if welsh else offence.did).format(
        who=who.name,
        acts=_acts(dice, welsh=welsh),
        court=by,
        made=f"{made:%d/%m/%Y}" if made else "",
    )
    against = f"Yn groes i {offence.welsh_contrary_to}" if welsh else f"Contrary to {offence.contrary_to}"
    return Charge(
        code=offence.code,
        wording=f"{_when(offence, started, ended, who.town, welsh=welsh)} {said}.;{against}.",
        place=f"{who.street}, {who.town}",
        started=started,
        ended=ended if offence.course else None,
        arrested=arrested,
        charged=charged,
        mode=offence.mode,
    )


def _acts(dice: Random, *, welsh: bool) -> str:
    first, second = (in_welsh if welsh else in_english for in_english, in_welsh in dice.sample(ACTS, 2))
    if not welsh:
        return f"{first} and {second}"
    return f"{first} {'ac' if second[0] in 'aeiouwy' else 'a'} {second}"


def _when(offence: Offence, started: date, ended: date, town: str, *, welsh: bool) -> str:
    if welsh:
        return f"Rhwng {started:%d/%m/%Y} a {ended:%d/%m/%Y} yn ardal {town}"
    if offence.course:
        return f"Between {started:%d/%m/%Y} and {ended:%d/%m/%Y} at {town}"
    return f"On {started:%d/%m/%Y} at {town}"
