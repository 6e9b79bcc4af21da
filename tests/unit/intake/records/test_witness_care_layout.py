"""The layouts of witness care and surveys and the models behind them use the same words, and every column goes somewhere."""

from collections.abc import Iterable
from enum import StrEnum

import pytest

from craffu.intake.records.layout import SAID_AT, layout_of
from craffu.victims.agreements.kinds import Asking
from craffu.victims.agreements.rules import Occasion, OffersAgain
from craffu.victims.contacts.rules import NOWHERE, Channel, Excuse, Unsafe
from craffu.victims.happenings.kinds import Happening
from craffu.victims.happenings.rules import Topic
from craffu.victims.notices.code import Entitlement
from craffu.victims.received import RECEIVED
from craffu.victims.safeguarding.kinds import Felt, Measure
from craffu.victims.surveys.kinds import Mode, NotAsked
from craffu.victims.voice.subjects import WhyWithdrawn
from craffu.victims.witness_care.tables import TABLES, values_of

LAYOUTS = [layout_of(kind) for kind in ("witness-care", "surveys")]
ALL = {name: table for layout in LAYOUTS for name, table in layout.tables.items()}
WORDS: dict[str, Iterable[StrEnum | str]] = {
    "agreements.occasion": Occasion,
    "agreements.offer_again": [*OffersAgain, *Occasion],
    "agreements.channels": Channel,
    "agreements.urgent_reach": [*Channel, NOWHERE],
    "agreements.asking": Asking,
    "agreements.not_wanted": Topic,
    "entitlements.entitlement": Entitlement,
    "promises.channels": Channel,
    "victim_contacts.channel": Channel,
    "victim_contacts.unsafe_because": Unsafe,
    "excuses.reason": Excuse,
    "happenings.kind": Happening,
    "safety_measures.kind": Measure,
    "measure_tellings.channel": Channel,
    "measure_tellings.felt": Felt,
    "withdrawals.why": WhyWithdrawn,
    "invitations.mode": Mode,
    "not_invited.reason": NotAsked,
}


@pytest.mark.parametrize("name", WORDS)
def test_a_code_of_the_layout_is_a_word_that_is_stored(name: str) -> None:
    table, column = name.split(".")
    assert ALL[table].by_name[column].values == tuple(map(str, WORDS[name]))


@pytest.mark.parametrize("name", RECEIVED)
def test_every_column_goes_to_a_field_or_names_what_the_row_is_about(name: str) -> None:
    table, layout = RECEIVED[name], ALL[name]
    named = {column for column, _ in table.of.values()}
    named |= {"person_ref"} if table.names_person else set()
    named |= {"crime_ref"} if table.names_case else set()
    fields = {column for column, _ in table.plain.values()} | set(table.words.values())
    assert set(layout.names) == fields | named | {layout.key[0], SAID_AT}
    assert {column for column in table.words.values() if not layout.by_name[column].protected} == set()


def test_the_tables_are_those_of_the_layout_and_a_row_comes_after_what_it_names() -> None:
    assert list(ALL) == list(RECEIVED)
    assert sum(len(layout.tables) for layout in LAYOUTS) == len(ALL), "no two have a name in common"
    assert {name: table.source for name, table in RECEIVED.items()} == {
        name: layout.kind for layout in LAYOUTS for name in layout.tables
    }
    for place, table in enumerate(RECEIVED.values()):
        assert all(list(RECEIVED).index(of) < place for _, of in table.of.values())


@pytest.mark.rule("VIC-01")
@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("", None),
        ("each_stage", '"each_stage"'),
        ("only_if_i_ask", '"only_if_i_ask"'),
        ("arrest;appeal", '["arrest", "appeal"]'),
    ],
)
def test_when_a_refused_agreement_is_offered_again_is_kept_as_it_was_chosen(said: str, kept: str | None) -> None:
    row = values_of(TABLES["agreements"], {"offer_again": said, "version_number": "1"})
    assert row["offer_again"] == kept
    assert (row["channels"], row["times"], row["survey_consent"], row["asking"]) == ("[]", "[]", None, "each_time")
