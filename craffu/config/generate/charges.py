"""What a defendant of the fictional force is charged with, in the words of a charge sheet, with the days the police recorded.

The demo's own charges, and those that it has not; official codes and sections, invented facts.
"""

from dataclasses import replace

from craffu.config.demo import offences as charges
from craffu.config.demo.hearings import GUILTY_PLEA, NOT_GUILTY_PLEA, SUMMARY, SUMMARY_BY_CHOICE, Charge
from craffu.config.demo.offences import ACTS, Offence
from craffu.config.demo.scene import Scene
from craffu.config.generate.cases import NO
from craffu.config.generate.days import A_DAY, day_of
from craffu.config.generate.offences import OFFENCES
from craffu.config.generate.world import World

_PFHA = "of the Protection from Harassment Act 1997"


def _kind(code: str, did: str, contrary_to: str, mode: str = SUMMARY_BY_CHOICE, *, course: bool = False) -> Offence:
    return Offence(code, did, contrary_to, mode, course=course)


_ORDER_BROKEN = (
    "without reasonable excuse did what a {kind} made by {{court}} on {{made}} prohibited, namely contacted {{who}}"
)
_CHARGES: dict[str, Offence] = {
    "stalking": charges.STALKING,
    "stalking_fear": replace(charges.STALKING_FEAR, code="PH97010"),
    "stalking_alarm": charges.STALKING_ALARM_LATER,
    "harassment": charges.HARASSMENT,
    "harassment_fear": _kind(
        "PH97009",
        "caused {who} to fear that violence would be used, by a course of conduct which you knew would cause such fear, in that "
        "you {acts}",
        f"section 4(1) and (4) {_PFHA}",
        course=True,
    ),
    "harassment_aggravated": _kind(
        "CD98076",
        "pursued a racially aggravated course of conduct which caused {who} to fear violence, in that you {acts}",
        "section 32(1)(b) and (4) of the Crime and Disorder Act 1998",
        course=True,
    ),
    "malicious_communications": _kind(
        "MT88001",
        "sent to {who} a message which conveyed what was grossly offensive, with the purpose of causing distress",
        "section 1(1)(a) and (4) of the Malicious Communications Act 1988",
    ),
    "coercive_control": charges.COERCIVE_CONTROL,
    "assault": charges.ASSAULT,
    "assault_injury": _kind(
        "OF61102",
        "assaulted {who}, thereby occasioning actual bodily harm",
        "section 47 of the Offences against the Person Act 1861",
    ),
    "threats": _kind(
        "OF61014",
        "without lawful excuse made to {who} a threat to kill, intending that it would be feared that it would be carried out",
        "section 16 of the Offences against the Person Act 1861",
    ),
    "damage": charges.DAMAGE,
    "public_fear": _kind(
        "PU86004",
        "used towards {who} threatening words or behaviour with intent to cause belief that violence would be used",
        "section 4(1) and (4) of the Public Order Act 1986",
        SUMMARY,
    ),
    "breach_spo": charges.SPO_BREACH,
    "breach_ro": charges.ORDER_BREACH,
    "breach_ro_acquittal": _kind(
        "PH97012", _ORDER_BROKEN.format(kind="restraining order"), f"section 5A(2D) and (2E) {_PFHA}"
    ),
    "breach_nmo": _kind(
        "FL96001",
        _ORDER_BROKEN.format(kind="non-molestation order"),
        "section 42A(1) and (5) of the Family Law Act 1996",
    ),
    "breach_cbo": _kind(
        "SE20001",
        _ORDER_BROKEN.format(kind="criminal behaviour order"),
        "section 339(1) and (2) of the Sentencing Act 2020",
    ),
    "breach_dapo": _kind(
        "DA21001",
        _ORDER_BROKEN.format(kind="domestic abuse protection order"),
        "section 39(1) and (5) of the Domestic Abuse Act 2021",
    ),
}


def charge_of(world: World, scene: Scene, tried: int) -> Charge:
    """The charge with the days that the police recorded."""
    crime = int(world.tried.crime[tried])
    key = OFFENCES[world.crimes.offence[crime]]["key"]
    kind = _CHARGES[key]
    started, ended = (day_of(minutes[crime] // A_DAY) for minutes in (world.crimes.began, world.crimes.ended))
    made = ""
    breach = int(world.crimes.breach[crime])
    if breach != NO:
        made = f"{day_of(world.orders.made[world.breaches.order[breach]]):%d/%m/%Y}"
    first, second = scene.dice.sample(ACTS, 2)
    welsh = scene.in_welsh and bool(kind.welsh)
    acts = f"{first[1]} a {second[1]}" if welsh else f"{first[0]} and {second[0]}"
    did = (kind.welsh if welsh else kind.did).format(who=scene.who.name, acts=acts, court=scene.court.name, made=made)
    against = f"Yn groes i {kind.welsh_contrary_to}" if welsh else f"Contrary to {kind.contrary_to}"
    if welsh:
        when = f"Rhwng {started:%d/%m/%Y} a {ended:%d/%m/%Y} yn ardal {scene.who.town}"
    elif kind.course:
        when = f"Between {started:%d/%m/%Y} and {ended:%d/%m/%Y} at {scene.who.town}"
    else:
        when = f"On {started:%d/%m/%Y} at {scene.who.town}"
    return Charge(
        code=kind.code, wording=f"{when} {did}.;{against}.", place=f"{scene.who.street}, {scene.who.town}", started=started,
        ended=ended if kind.course else None, arrested=day_of(world.tried.arrested[tried]),
        charged=day_of(world.tried.charged[tried]), mode=kind.mode,
        plea=GUILTY_PLEA if world.tried.pleads[tried] else NOT_GUILTY_PLEA,
    )  # fmt: skip
