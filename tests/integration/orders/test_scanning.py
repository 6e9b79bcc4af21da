"""The pack that goes to a respondent is searched first, and waits until it is clean, drawn anew, or released (VIC-09, ORD-11)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from craffu.access.acting import Acting
from craffu.audit.models import Event
from craffu.common.refusals import NotNow, NotPermitted
from craffu.orders.applying.actions import say_of_pack
from craffu.orders.facts import Given, NewCondition, NewTerms
from craffu.orders.life.actions import Beginning, begin_order, move_order
from craffu.orders.models import Order, PackScanned
from craffu.orders.papers.actions import keep_paper
from craffu.orders.protecting.actions import say_protected
from craffu.orders.scanning.actions import release_pack, scan_pack
from craffu.orders.scanning.queries import pack_stands
from craffu.orders.scanning.rules import Stands
from craffu.orders.terms.actions import draft_terms
from craffu.people.queries import people_of_records
from craffu.victims.leaks.rules import ZONE_ON_HER
from tests.factories.orders import MADE, REASON, TERMS, considered, parties, received
from tests.factories.records import one_more_of
from tests.factories.victims import AGREED, agreed
from tests.integration.orders.conftest import NOW
from tests.worlds import World, kept

SERVED = Given(
    served_at=MADE + timedelta(hours=1), place="court", method="personal", server="PC Rees", proof="Statement"
)
# Where the factory's victim lives.
HOME = NewCondition("exclusion_zone", "Not to go within 100 metres of 3 Heol Fawr.", behaviour="x", necessity="y")
GIVES_AWAY = NewTerms((HOME,), has_no_locality=True)


@kept(at=NOW)
def made(world: World, team: Acting) -> Order:
    return received(team, considered(world.system, world.folder).reference, MADE)


@kept(at=NOW)
def leaking(world: World, team: Acting) -> Order:
    """An order whose own words name her home: a court made it so."""
    return received(team, considered(world.system, world.folder).reference, MADE, terms=GIVES_AWAY)


def found(row: PackScanned) -> list[list[str]]:
    return [list(one) for one in row.found]


@pytest.mark.rule("ORD-11")
def test_service_waits_for_the_search_and_a_pack_that_changed_is_searched_again(
    made: Order, team: Acting, investigator: Acting
) -> None:
    with pytest.raises(NotNow) as unsearched:
        move_order(by=team, order=made.reference, move="serve", given=SERVED)
    assert unsearched.value.code == "pack_not_scanned"
    assert found(scan_pack(by=team, order=made.reference)) == []
    assert pack_stands(team, made) is Stands.CLEAN
    keep_paper(by=team, order=made.reference, kind="evidence", content=b"%PDF-1.7 statement", title="Statement")
    assert pack_stands(team, made) is Stands.NOT_SCANNED
    with pytest.raises(NotNow) as unseen:
        scan_pack(by=team, order=made.reference)
    assert unseen.value.code == "papers_not_looked_at"
    scan_pack(by=team, order=made.reference, papers_looked_at=True)
    keep_paper(by=team, order=made.reference, kind="advice", content=b"%PDF-1.7 advice", title="07700 900123")
    assert pack_stands(team, made) is Stands.CLEAN, "advice never goes with it"
    assert move_order(by=team, order=made.reference, move="serve", given=SERVED).status == "in_force"


@pytest.mark.rule("VIC-09")
def test_what_is_found_is_kept_by_place_and_kind_and_stops_the_pack_until_another_supervisor_releases_it(
    leaking: Order, team: Acting, acting_as: Callable[..., Acting]
) -> None:
    row = scan_pack(by=team, order=leaking.reference)
    assert found(row) == [["condition-1", "address"], ["condition-1", ZONE_ON_HER]]
    event = Event.objects.get(kind="order_pack_scanned")
    assert "Heol Fawr" not in event.payload
    with pytest.raises(NotNow) as held:
        move_order(by=team, order=leaking.reference, move="serve", given=SERVED)
    assert held.value.code == "pack_holds_protected"
    boss, other = acting_as("supervisor", username="boss"), acting_as("supervisor", username="other")
    scan_pack(by=boss, order=leaking.reference)
    refusals: list[tuple[str, Acting, str]] = [
        ("own_search", boss, REASON), ("release_words", other, "too few words"), ("right_not_held", team, REASON)
    ]  # fmt: skip
    for code, by, words in refusals:
        with pytest.raises((NotNow, NotPermitted)) as refused:
            release_pack(by=by, order=leaking.reference, words=words)
        assert refused.value.code == code
    release_pack(by=other, order=leaking.reference, words="The court named the street itself")
    with pytest.raises(NotNow) as again:
        release_pack(by=other, order=leaking.reference, words=REASON)
    assert again.value.code == "nothing_to_release"
    assert pack_stands(team, leaking) is Stands.RELEASED
    assert move_order(by=team, order=leaking.reference, move="serve", given=SERVED).status == "in_force"


@pytest.mark.rule("VIC-09")
def test_words_of_the_pack_and_a_safe_word_are_found_whoever_searches(
    made: Order, team: Acting, investigator: Acting, system: Acting, acting_as: Callable[..., Acting]
) -> None:
    record = made.protects.get().record_id
    reference = people_of_records(system, [record])[record].reference
    agreed(acting_as("victim_officer"), reference, replace(AGREED, safe_word="mwyalchen"))
    say_of_pack(by=investigator, order=made.reference, about="victim_view", words="Ring me on 07700 900123, mwyalchen")
    row = scan_pack(by=acting_as("response_officer"), order=made.reference)
    assert sorted(found(row)) == [["pack-victim_view", "phone"], ["pack-victim_view", "safe_word"]]


@pytest.mark.rule("VIC-09")
def test_a_pack_is_searched_again_once_more_is_known_of_whoever_is_protected(
    made: Order, team: Acting, system: Acting, tmp_path: Path, acting_as: Callable[..., Acting]
) -> None:
    victim = made.protects.get().record_id
    _case, _suspect, another = parties(system, tmp_path / "another", 2)
    officer, reference = acting_as("victim_officer"), people_of_records(system, [victim])[victim].reference
    news: list[Callable[[], object]] = [
        lambda: one_more_of(system, victim, key="no contact at all"),
        lambda: one_more_of(system, victim, ("address", "9 Heol Fach, Llandeilo, SA19 6AA")),
        lambda: agreed(officer, reference, AGREED),
        lambda: say_protected(by=team, order=made.reference, records=[victim, another.pk], seen=1),
    ]
    for tell in news:
        scan_pack(by=team, order=made.reference)
        assert pack_stands(team, made) is Stands.CLEAN
        tell()
        assert pack_stands(team, made) is Stands.NOT_SCANNED
        with pytest.raises(NotNow) as unsearched:
            move_order(by=team, order=made.reference, move="serve", given=SERVED)
        assert unsearched.value.code == "pack_not_scanned"


@pytest.mark.rule("VIC-09")
def test_a_pack_of_an_order_that_protects_nobody_yet_is_neither_searched_nor_served(
    team: Acting, system: Acting, tmp_path: Path
) -> None:
    case, suspect, victim = parties(system, tmp_path)
    beginning = Beginning(kind="SPO", respondent=suspect, case=case)
    begun = begin_order(by=team, beginning=beginning, move="open_consideration", given=Given())
    order = received(team, begun.reference, MADE)
    for act in (
        lambda: scan_pack(by=team, order=order.reference),
        lambda: move_order(by=team, order=order.reference, move="serve", given=SERVED),
    ):
        with pytest.raises(NotNow) as refused:
            act()
        assert refused.value.code == "protects_nobody_yet"
    say_protected(by=team, order=order.reference, records=[victim.pk], seen=0)
    scan_pack(by=team, order=order.reference)
    assert move_order(by=team, order=order.reference, move="serve", given=SERVED).status == "in_force"


@pytest.mark.rule("VIC-09")
def test_a_zone_round_a_protected_home_is_stopped_while_it_is_drafted_and_a_courts_words_are_kept(
    system: Acting, investigator: Acting, tmp_path: Path, leaking: Order
) -> None:
    order = considered(system, tmp_path / "draft", number=2)
    with pytest.raises(NotNow) as stopped:
        draft_terms(by=investigator, order=order.reference, given=GIVES_AWAY)
    assert stopped.value.code == "zone_on_protected_address"
    draft_terms(by=investigator, order=order.reference, given=TERMS)
    named = replace(HOME, type="no_contact_direct")
    draft_terms(by=investigator, order=order.reference, given=NewTerms((named,), has_no_locality=True))
    assert leaking.status == "granted", "what a court has made is recorded as it made it"
    assert NOW > MADE
