"""`craffu demo`: an invented force set up from nothing, its courts' messages taken in, and the site served.

Running it again finds everything there, changes nothing and serves. It refuses to touch a real force's installation,
because its accounts share a password that anybody can read.
"""

import argparse
import json
import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from tqdm import tqdm

from craffu.access.acting import Acting, acting_system
from craffu.access.queries import home_force
from craffu.access.wall.reach import work_for
from craffu.audit.sealing.actions import seal, sign_heads
from craffu.breaches.ledger.queries import breaches_number
from craffu.cases.models import ResultGiven
from craffu.cases.queries import cases_page, latest_versions
from craffu.clocks.london import day_of
from craffu.common import clock
from craffu.common.refusals import Refusal
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.migrate import bring_up_to_date
from craffu.config.demo.accounts import INVENTED_FORCES, PASSWORD, Account, set_up
from craffu.config.demo.areas import place_court_cases, set_up_stations
from craffu.config.demo.confirmed import confirm_links, told_to_a_court
from craffu.config.demo.extract import REFUSED, Extract, OtherDemo, write
from craffu.config.demo.force import Sent, extracts, write_force
from craffu.config.demo.morning import FOLDER, send_lists
from craffu.config.demo.orders import set_up_orders
from craffu.config.demo.priorities import state_population
from craffu.config.demo.recommended import set_up_recommendations
from craffu.config.demo.restricted import set_up_restricted
from craffu.config.demo.reviewing.dive import set_up_review
from craffu.config.demo.rights import set_up_rights_request
from craffu.config.demo.serving import (
    CannotServe,
    address,
    check_port,
    serving,
    sign_in_words,
    stoppable,
    until_stopped,
    watch,
)
from craffu.config.demo.staffing import state_staffing
from craffu.daily.digesting import digest_force
from craffu.daily.scoring import score_force
from craffu.daily.ticking import follow, tick
from craffu.engines.choice import Engine, Kind
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.snapshots import NoSnapshot, Snapshot, current
from craffu.intake.linking.running import link_register
from craffu.intake.models import RunFile
from craffu.intake.queries import waiting_counts
from craffu.intake.running import Done, take_in
from craffu.intake.states import RunState
from craffu.linkage.model.blocking import NothingToCompare, TooManyPairs
from craffu.linkage.queries import model_in_use
from craffu.measures.kept.reading import kept_figures
from craffu.measures.places import folder_of
from craffu.measures.snapshots.actions import build_snapshot, keep_figures
from craffu.orders.queries import orders_number
from craffu.people.queries import people_known, records_linked

KIND = "court-results"
MOST_PEOPLE = 100_000
# One in so many of the force's people is also somebody whose story the courts tell with the demo's own planned mistakes.
PEOPLE_FOR_A_STORY = 10
_OLD_AFTER_DAYS = 28
LINKING_STEPS = 6


def run(args: argparse.Namespace) -> int:
    """0: set up and, where asked, served until stopped; 1: intake held back more than the demo's own planned mistakes."""
    started = time.monotonic()
    _check_may_run(args)
    quiet = args.json or not sys.stderr.isatty()
    bring_up_to_date()
    force = home_force()
    work_for(force.pk)
    by = acting_system(force, "demo")
    listed = set_up(by)
    set_up_stations(by)
    folder = Path(settings.CRAFFU_HOME) / "demo" / KIND
    extract = _write(folder, args, quiet=quiet)
    done = None if _is_taken_in(by, KIND, extract.files.values()) else _take_in(by, folder, extract, quiet=quiet)
    amiss = done is not None and _is_amiss(done, extract)
    amiss = _take_in_force(by, folder.with_name("force"), args, quiet=quiet) or amiss
    _link(by, quiet=quiet)
    place_court_cases(by)
    set_up_restricted(by)
    set_up_rights_request(by)
    set_up_recommendations()
    _keep_orders(by, folder.with_name("force"), quiet=quiet)
    _keep_measures(by, quiet=quiet)
    digest_force(by.force, clock.now())
    review = _review(quiet=quiet)
    seal(force=by.force.code)
    sign_heads()
    ended = SOMETHING_AMISS if amiss else DONE
    if args.no_serve:
        _print(_answer(by, listed, started, review, served_at=None), extract, listed, told_to_a_court(by), args)
        return ended
    try:
        with stoppable(), serving(args.port) as running, until_stopped():
            answer = _answer(by, listed, started, review, served_at=address(args.port))
            _print(answer, extract, listed, told_to_a_court(by), args)
            watch(running)
    except CannotServe as fault:
        raise NotCarriedOut(str(fault)) from fault
    return ended


def _check_may_run(args: argparse.Namespace) -> None:
    if settings.PRODUCTION:
        raise NotCarriedOut("the demo's accounts share a known password: it never runs in CRAFFU_MODE=production.")
    if settings.CRAFFU_FORCE not in INVENTED_FORCES:
        raise NotCarriedOut(
            f"CRAFFU_FORCE is {settings.CRAFFU_FORCE!r}, a real force. Unset it, or set it to "
            f"{' or '.join(sorted(INVENTED_FORCES))}."
        )
    if not 1 <= args.people <= MOST_PEOPLE:
        raise NotCarriedOut(f"--people {args.people} is out of range: give 1 to {MOST_PEOPLE}.")
    if not args.no_serve:
        try:
            check_port(args.port)
        except CannotServe as fault:
            raise NotCarriedOut(str(fault)) from fault


def _write(folder: Path, args: argparse.Namespace, *, quiet: bool) -> Extract:
    with tqdm(desc="Inventing", unit=" messages", delay=2, disable=quiet, file=sys.stderr) as bar:
        try:
            stories = max(1, args.people // PEOPLE_FOR_A_STORY)
            return write(folder, people=stories, seed=args.seed, today=day_of(clock.now()), progress=bar.update)
        except OtherDemo as fault:
            raise NotCarriedOut(str(fault)) from fault
        except OSError as fault:
            raise NotCarriedOut(f"{folder} cannot be written ({fault.strerror}): check CRAFFU_HOME.") from fault


def _is_taken_in(by: Acting, kind: str, sums: Iterable[str]) -> bool:
    """Whether finished runs of the kind have read every one of these files."""
    finished = RunFile.objects.for_user(by).filter(run__kind=kind, run__state=RunState.FINISHED)
    return set(sums) <= set(finished.values_list("sha256", flat=True))


def _take_in_force(by: Acting, folder: Path, args: argparse.Namespace, *, quiet: bool) -> bool:
    """The force's own extracts, made and taken in where they are not yet. True where more was held back than planned."""
    with tqdm(desc="Inventing a force", unit=" extracts", delay=2, disable=quiet, file=sys.stderr) as bar:
        try:
            write_force(
                folder,
                people=args.people,
                seed=args.seed,
                until=day_of(clock.now()) - timedelta(days=1),
                progress=lambda _: bar.update(),
            )
        except OSError as fault:
            raise NotCarriedOut(f"{folder} cannot be written ({fault.strerror}): check CRAFFU_HOME.") from fault
    waiting = [sent for sent in extracts(folder) if not _is_taken_in(by, sent.kind, sent.files)]
    amiss = [_take_in_sent(by, sent, quiet=quiet) for sent in waiting]  # every one, whatever becomes of another
    return any(amiss)


def _take_in_sent(by: Acting, sent: Sent, *, quiet: bool) -> bool:
    with tqdm(desc=f"Taking in {sent.kind}", unit=" rows", delay=2, disable=quiet, file=sys.stderr) as bar:
        try:
            done = take_in(by=by, kind=sent.kind, paths=[sent.path], progress=lambda now: _show(bar, now.received))
        except Refusal as refusal:
            raise NotCarriedOut(refusal.message) from refusal
    held = done.run.rejected + done.run.parked
    return not done.reconciled or bool(done.refused) or held > sent.broken


def _take_in(by: Acting, folder: Path, extract: Extract, *, quiet: bool) -> Done:
    total = len(extract.files)
    with tqdm(desc="Taking in", total=total, unit=" rows", delay=2, disable=quiet, file=sys.stderr) as bar:
        try:
            return take_in(by=by, kind=KIND, paths=[folder], progress=lambda now: _show(bar, now.received))
        except Refusal as refusal:
            raise NotCarriedOut(refusal.message) from refusal


def _link(by: Acting, *, quiet: bool) -> None:
    """Which records are one person, found once: whatever comes later is linked as it arrives."""
    if model_in_use(by) is not None:
        return
    with tqdm(desc="Linking", total=LINKING_STEPS, delay=2, disable=quiet, file=sys.stderr) as bar:

        def tell(step: str) -> None:
            bar.set_postfix_str(step)
            bar.update()

        try:
            link_register(by, Engine(Kind.DUCKDB), tell)
        except (NotEnoughMemory, NothingToCompare, TooManyPairs, Refusal) as fault:
            raise NotCarriedOut(str(fault)) from fault


def _keep_orders(by: Acting, folder: Path, *, quiet: bool) -> None:
    """Orders at points of their lives and those the force watched, once; the clock, so that what is due of them stands; and links
    on which histories of breaches rest, confirmed.
    """
    with tqdm(desc="Keeping orders", unit=" steps", delay=2, disable=quiet, file=sys.stderr) as bar:
        is_new = set_up_orders(by, folder, bar.update)
    state_staffing(by)
    if is_new:
        _send_lists(by, folder.with_name(FOLDER))
        with tqdm(desc="Asking what is due", total=1, delay=2, disable=quiet, file=sys.stderr) as bar:
            state_population(by)
            score_force(by.force, clock.now())
            tick(force=by.force, at=clock.now())
            confirm_links(by, clock.now())
            follow(force=by.force)
            bar.update()


def _send_lists(by: Acting, folder: Path) -> None:
    try:
        send_lists(by, folder, clock.now())
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except OSError as fault:
        raise NotCarriedOut(f"{folder} cannot be written ({fault.strerror}): check CRAFFU_HOME.") from fault


def _keep_measures(by: Acting, *, quiet: bool) -> None:
    """A first snapshot and its figures, once: later ones are built by whoever keeps the installation."""
    if kept_figures(folder_of(by)) is not None:
        return
    with tqdm(desc="Working out measures", total=2, delay=2, disable=quiet, file=sys.stderr) as bar:
        try:
            snapshot = _snapshot(by)
            bar.update()
            keep_figures(by=by, snapshot=snapshot, engine=Engine(Kind.DUCKDB))
            bar.update()
        except (NotEnoughMemory, Refusal) as fault:
            raise NotCarriedOut(str(fault)) from fault
        except OSError as fault:
            raise NotCarriedOut(f"{folder_of(by)} cannot be written ({fault.strerror}): check CRAFFU_HOME.") from fault


def _snapshot(by: Acting) -> Snapshot:
    """That which stands, where a start before this one was broken off after it was built."""
    try:
        return current(folder_of(by))
    except NoSnapshot:
        return build_snapshot(by=by)


def _review(*, quiet: bool) -> str | None:
    """A deep dive from its question to its published report, once."""
    with tqdm(desc="Reviewing the force", total=1, delay=2, disable=quiet, file=sys.stderr) as bar:
        try:
            review = set_up_review()
        except Refusal as refusal:
            raise NotCarriedOut(refusal.message) from refusal
        bar.update()
    return review


def _measures(by: Acting) -> int:
    kept = kept_figures(folder_of(by))
    return len(kept.measures) if kept is not None else 0


def _show(bar: "tqdm[NoReturn]", rows: int) -> None:
    bar.update(rows - bar.n)


def _is_amiss(done: Done, extract: Extract) -> bool:
    """Whether more was held back than the mistakes put in on purpose; fewer is right once somebody has decided them."""
    held = {"rejected": done.run.rejected, "parked": done.run.parked, REFUSED: done.run.files_refused}
    return not done.reconciled or any(count > extract.expected.get(why, 0) for why, count in held.items())


def _answer(
    by: Acting, listed: tuple[Account, ...], started: float, review: str | None, *, served_at: str | None
) -> dict[str, Any]:
    """The public keys of `craffu demo`, counted in the register as it stands."""
    waiting = waiting_counts(by)
    latest = latest_versions(by)
    return {
        "force": by.force.name_en,
        "people": people_known(by),
        "cases": cases_page(by).count(),
        "hearings": latest.count(),
        "results": ResultGiven.objects.for_user(by).filter(charge__version__in=latest).count(),
        "rejected": waiting["rejected"],
        "parked": waiting["parked"],
        "orders": orders_number(by),
        "breaches": breaches_number(by),
        "linked_records": records_linked(by),
        "measures": _measures(by),
        "review": review,
        "accounts": [account.as_json() for account in listed],
        "address": served_at,
        "seconds": round(time.monotonic() - started, 1),
    }


def _print(
    answer: dict[str, Any],
    extract: Extract,
    listed: tuple[Account, ...],
    told: list[str],
    args: argparse.Namespace,
) -> None:
    if args.json:
        print(json.dumps(answer, ensure_ascii=False), flush=True)
        return
    print(f"{answer['force']}, an invented force: nobody in it is real. Ready in {answer['seconds']} seconds.")
    for name, words in (
        ("people", "people, as far as their records could be linked"),
        ("linked_records", "records of people, linked to another of theirs"),
        ("cases", "cases"),
        ("hearings", "hearings"),
        ("results", "results"),
        ("rejected", "rejected, for their sender to correct"),
        ("parked", "parked, for a person to decide"),
        ("orders", "orders, from one that is considered to one that ended"),
        ("breaches", "breaches and possible breaches of them, found in the records"),
        ("measures", "measures, worked out over the first snapshot"),
    ):
        print(f"{answer[name]:>8,}  {words}")
    if answer["review"]:
        print(
            f"  {answer['review']}, a review of the force: `craffu report check {answer['review']} --as scrutiny-officer`"
        )
    if told:
        print(f"  {', '.join(told)}: breach histories on confirmed links: as orders-team, print one for a court")
    made_on = date.fromisoformat(extract.day)
    if (day_of(clock.now()) - made_on).days > _OLD_AFTER_DAYS:
        print(f"The coming hearings were made on {made_on}. For fresh ones, set CRAFFU_HOME to a new folder.")
    print(f"\nAn account for each role and capability, each with the password {PASSWORD}")
    for account in listed:
        print(f"  {account.username:<20} {account.right.may}")
    if answer["address"]:
        print(f"\n{sign_in_words(answer['address'])}", flush=True)
    else:
        print(f"\nSet up and not served: `craffu demo --people {args.people} --seed {args.seed}` serves it.")
