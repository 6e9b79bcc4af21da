"""What happens to each invented defendant at court: stalking, harassment and control, from first hearing to order and breach."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from craffu.config.demo import offences, results
from craffu.config.demo.hearings import (
    ADMITS,
    CUSTODY,
    DENIES,
    GUILTY,
    GUILTY_PLEA,
    NOT_GUILTY_PLEA,
    UNCONDITIONAL_BAIL,
    Result,
    Sent,
)
from craffu.config.demo.people import chance, complainant, defendant
from craffu.config.demo.scene import Scene

DUMMY_ARREST = "0800PP0100000000001H"
_TRIAL = "for trial"
_SENTENCE = "for sentence"
_REPORT = "for a pre-sentence report to be prepared"


def _breach_of_bail(scene: Scene) -> list[Sent]:
    """Bail, a breach denied and then proved, trial, conviction, a restraining order."""
    first, second, third, last = scene.past(24, 18, 45)
    main = scene.charge(scene.dice.choice((offences.STALKING_ALARM, offences.STALKING_FEAR)), first)
    main = replace(main, plea=NOT_GUILTY_PLEA)
    # One in two is brought as in the courts' own example, as unlikely to surrender.
    kind = offences.BAIL_SURRENDER if scene.defendant.number % 2 else offences.BAIL_CONDITIONS
    arrested = second - timedelta(days=1)
    breach = scene.charge(kind, second, made=first, by=scene.court.name, on=arrested)
    breach = replace(breach, plea=DENIES)
    # It is not an offence: proved, it has a finding and no sentence of its own.
    proved = scene.convicted(breach, third, results.readmitted_to_bail())
    waits = replace(main, results=(results.on_bail(scene.terms, scene.next(last, _TRIAL)),))
    order = results.restraining_order(scene.terms, last, scene.dice.choice((5, 10)))
    return scene.sent(
        [
            scene.remanded(first, second, "for case management", main),
            scene.remanded(second, third, _TRIAL, main, breach),
            scene.bailed(third, waits, proved),
            scene.sitting(last, scene.convicted(main, last, results.suspended(20, 18), order, results.surcharge(187))),
        ]
    )


def _waits_for_trial(scene: Scene) -> list[Sent]:
    """On bail with conditions; the trial is in the coming weeks."""
    first, last = scene.lately(28)
    kinds = (offences.STALKING_ALARM_LATER, offences.STALKING, offences.HARASSMENT, offences.STALKING_FEAR)
    main = replace(scene.charge(scene.dice.choice(kinds), first), plea=NOT_GUILTY_PLEA)
    charges = [main]
    if scene.dice.random() < 0.4:
        charges.append(replace(scene.charge(offences.DAMAGE, first), plea=NOT_GUILTY_PLEA))
    return scene.sent(
        [
            scene.remanded(first, last, "for case management", *charges),
            scene.remanded(last, scene.coming(), _TRIAL, *charges),
        ]
    )


def _stalking_protection_order(scene: Scene) -> list[Sent]:
    """The police apply, an interim and a full order are made without any arrest; later the order is broken."""
    applied, made, first, last = scene.past(30, 90, 35)
    application = scene.charge(offences.SPO_APPLICATION, applied)
    after = scene.next(made, "for the full hearing")
    interim = results.interim_stalking_protection_order(scene.terms, applied, after)
    full = results.stalking_protection_order(scene.terms, made, scene.dice.choice((2, 3, 5)))
    sittings = [
        scene.sitting(applied, replace(application, results=(interim,))),
        scene.sitting(made, replace(application, final=True, results=(full,))),
    ]
    breach = scene.charge(offences.SPO_BREACH, first, made=made, by=scene.court.name)
    breach = replace(breach, plea=GUILTY_PLEA)
    stalking = replace(scene.charge(offences.STALKING, first, on=breach.charged), plea=GUILTY_PLEA)
    guilty = [replace(one, finding=GUILTY, convicted=first, convicted_by=scene.court.psa) for one in (breach, stalking)]
    sentenced = [
        scene.convicted(guilty[0], last, results.prison(16)),
        scene.convicted(guilty[1], last, results.prison(8), results.restraining_order(scene.terms, last, None)),
    ]
    return [
        *scene.sent(sittings, arrest=DUMMY_ARREST),
        *scene.sent(
            [scene.remanded(first, last, _REPORT, *guilty), scene.sitting(last, *sentenced, bail=CUSTODY)], case=1
        ),
    ]


def _acquitted_with_order(scene: Scene) -> list[Sent]:
    """Found not guilty, and a restraining order all the same."""
    first, last = scene.past(50)
    main = replace(scene.charge(offences.STALKING, first), plea=NOT_GUILTY_PLEA)
    order = results.restraining_order(scene.terms, last, 2, acquitted=True)
    return scene.sent(
        [
            scene.remanded(first, last, _TRIAL, main),
            scene.sitting(last, scene.cleared(main, results.not_guilty(), order)),
        ]
    )


def _acquitted(scene: Scene) -> list[Sent]:
    first, last = scene.past(60)
    main = replace(scene.charge(offences.HARASSMENT, first), plea=NOT_GUILTY_PLEA)
    return scene.sent(
        [scene.remanded(first, last, _TRIAL, main), scene.sitting(last, scene.cleared(main, results.not_guilty()))]
    )


def _pleads_guilty(scene: Scene) -> list[Sent]:
    """A plea at once, a report, a community order and a restraining order."""
    first, last = scene.past(28)
    main = replace(scene.charge(offences.STALKING, first), plea=GUILTY_PLEA)
    guilty = replace(main, finding=GUILTY, convicted=first, convicted_by=scene.court.psa)
    order = results.restraining_order(scene.terms, last, scene.dice.choice((2, 3, 5)))
    sentenced = scene.convicted(
        guilty, last, results.community_order(last, 18), order, results.surcharge(114), results.costs(85)
    )
    return scene.sent([scene.remanded(first, last, _REPORT, guilty), scene.sitting(last, sentenced)])


def _amended(scene: Scene) -> list[Sent]:
    """The court sends the sentence again with the right length of the order: the later message replaces the earlier."""
    told = _pleads_guilty(scene)
    last = told[-1]
    wrong, right = (results.restraining_order(scene.terms, last.sitting.held_on, years) for years in (1, 5))
    again = replace(_with_order(last, right), sent_on=last.sent_on + timedelta(days=1), expected="updated")
    return [*told[:-1], _with_order(last, wrong), again]


def _with_order(sent: Sent, order: Result) -> Sent:
    (one,) = sent.sitting.charges
    given = tuple(order if result.code == order.code else result for result in one.results)
    return replace(sent, sitting=replace(sent.sitting, charges=(replace(one, results=given),)))


def _in_custody(scene: Scene) -> list[Sent]:
    """Remanded in custody for assault and stalking; the trial is in the coming weeks."""
    (first,) = scene.lately()
    after = results.in_custody(scene.next(scene.coming(), _TRIAL))
    charges = [
        replace(scene.charge(kind, first), plea=NOT_GUILTY_PLEA, results=(after,))
        for kind in (offences.STALKING_FEAR, offences.ASSAULT)
    ]
    return scene.sent([scene.sitting(first, *charges, bail=CUSTODY)])


def _coercive_control(scene: Scene) -> list[Sent]:
    """Sent to the Crown Court for sentence, which makes a restraining order until further order."""
    first, last = scene.past(42)
    crown = scene.defendant.place.crown
    main = replace(scene.charge(offences.COERCIVE_CONTROL, first), plea=GUILTY_PLEA)
    guilty = replace(main, finding=GUILTY, convicted=first, convicted_by=scene.court.psa)
    sent_up = results.sent_for_sentence(scene.terms, scene.next(last, _SENTENCE, crown))
    order = results.restraining_order(scene.terms, last, None)
    sentenced = scene.convicted(guilty, last, results.prison(78), order, results.surcharge(228))
    return scene.sent(
        [
            scene.bailed(first, replace(guilty, results=(sent_up,))),
            scene.sitting(last, sentenced, bail=CUSTODY, court=crown),
        ]
    )


def _fined(scene: Scene) -> list[Sent]:
    (only,) = scene.past()
    main = scene.charge(offences.HARASSMENT, only)
    fine = results.fine(scene.dice.choice((120, 200, 350)))
    order = results.restraining_order(scene.terms, only, 2)
    done = scene.convicted(main, only, fine, order, results.surcharge(80), results.costs(85), plea=GUILTY_PLEA)
    return scene.sent([scene.sitting(only, done)])


def _order_broken(scene: Scene) -> list[Sent]:
    """Convicted and under a restraining order, then charged in a second case with breaking it.

    The second court spells the name without accents and knows another address, as happens: whether both are one person
    is for linking to find.
    """
    first, made, again, last = scene.past(35, 110, 28)
    main = replace(scene.charge(offences.STALKING_ALARM, first), plea=NOT_GUILTY_PLEA)
    order = results.restraining_order(scene.terms, made, 5)
    before = [
        scene.remanded(first, made, _TRIAL, main),
        scene.sitting(made, scene.convicted(main, made, results.suspended(12, 12), order)),
    ]
    breach = scene.charge(offences.ORDER_BREACH, again, made=made, by=scene.court.name)
    breach = replace(breach, plea=GUILTY_PLEA)
    guilty = replace(breach, finding=GUILTY, convicted=again, convicted_by=scene.court.psa)
    after = [
        scene.remanded(again, last, _REPORT, guilty),
        scene.sitting(last, scene.convicted(guilty, last, results.prison(14)), bail=CUSTODY),
    ]
    moved = defendant(scene.seed, scene.defendant.number + 500_000).address
    elsewhere = replace(
        scene.defendant,
        given_names=tuple(_plain(name) for name in scene.defendant.given_names[:1]),
        family_name=_plain(scene.defendant.family_name).upper(),
        address=moved,
    )
    return [*scene.sent(before), *scene.sent(after, case=1, defendant=elsewhere)]


def _plain(name: str) -> str:
    """A name as an English keyboard writes it."""
    return name.translate(str.maketrans("âêîôûŵŷï", "aeiouwyi"))


def _waits_for_sentence(scene: Scene) -> list[Sent]:
    """Breach of bail admitted on the way, convicted, sentence in the coming weeks."""
    first, second, last = scene.lately(30, 21)
    main = replace(scene.charge(offences.STALKING_ALARM_LATER, first), plea=NOT_GUILTY_PLEA)
    breach = scene.charge(
        offences.BAIL_CONDITIONS, second, made=first, by=scene.court.name, on=second - timedelta(days=1)
    )
    admitted = scene.convicted(replace(breach, plea=ADMITS), second, results.readmitted_to_bail())
    waits = replace(main, results=(results.on_bail(scene.terms, scene.next(last, _TRIAL)),))
    guilty = replace(main, plea=GUILTY_PLEA, finding=GUILTY, convicted=last, convicted_by=scene.court.psa)
    return scene.sent(
        [
            scene.remanded(first, second, "for case management", main),
            scene.bailed(second, waits, admitted),
            scene.remanded(last, scene.coming(), _SENTENCE, guilty),
        ]
    )


def _first_hearing(scene: Scene) -> list[Sent]:
    """No plea yet, unconditional bail, the next hearing in the coming weeks."""
    (first,) = scene.lately()
    after = results.on_unconditional_bail(scene.next(scene.coming(), "for plea"))
    main = replace(scene.charge(offences.HARASSMENT, first), results=(after,))
    return scene.sent([scene.sitting(first, main, bail=UNCONDITIONAL_BAIL)])


def _dropped(scene: Scene) -> list[Sent]:
    first, last = scene.past(33)
    kinds = (offences.STALKING, offences.COERCIVE_CONTROL)
    main = replace(scene.charge(scene.dice.choice(kinds), first), plea=NOT_GUILTY_PLEA)
    ended = scene.dice.choice((results.withdrawn(), results.no_evidence()))
    return scene.sent(
        [
            scene.remanded(first, last, _TRIAL, main),
            scene.sitting(last, replace(main, final=True, results=(ended,))),
        ]
    )


# Told in turn, so that even five people show bail and its breach, both kinds of order, an acquittal and a coming trial.
STORIES: tuple[Callable[[Scene], list[Sent]], ...] = (
    _breach_of_bail,
    _waits_for_trial,
    _stalking_protection_order,
    _acquitted_with_order,
    _amended,
    _waits_for_trial,
    _order_broken,
    _coercive_control,
    _waits_for_sentence,
    _pleads_guilty,
    _in_custody,
    _breach_of_bail,
    _fined,
    _first_hearing,
    _dropped,
    _waits_for_trial,
    _pleads_guilty,
    _acquitted,
    _waits_for_trial,
    _order_broken,
)


def story(seed: int, number: int, today: date) -> list[Sent]:
    """Everything the courts send about one invented defendant, in the order they send it."""
    who = defendant(seed, number)
    scene = Scene(seed, today, who, complainant(seed, who), chance(seed, number, "story"))
    told = STORIES[(number - 1) % len(STORIES)](scene)
    return sorted(told, key=lambda sent: sent.sent_on)
