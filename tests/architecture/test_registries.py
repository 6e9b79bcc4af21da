"""Registries that a new feature must join: what leaves Craffu, what is published, what runs in the background, who reads
personal data.

Routes are in tests/web/test_role_matrix.py, fates of fields in test_models.py, tokens and encrypted columns in test_keys.py.
Each registry is held against the code: what is in one and not in the other fails.
"""

import ast
import importlib
from collections.abc import Iterator

import pytest
from django.apps import apps

from craffu.audit.events import KINDS
from craffu.audit.rules import Verb
from craffu.common.fields import EncryptedTextField
from craffu.web.audit.words import COUNTS
from craffu.web.exports.kinds import Export
from tests.architecture.source import ROOT, Source, chain, of_craffu, of_text

# What leaves Craffu as a file or a paper: the kind of event that logs it, a disclosure, so that it has a recipient (SEC-07).
EXPORTS = {
    "craffu/web/intake/views.py:intake_rejects": "reject_file_downloaded",
    # Printed, kept and logged by craffu/orders/printing/actions.py before it is sent.
    "craffu/web/papers/views.py:sent_paper": "order_printed",
    # Kept and logged by craffu/breaches/history/actions.py before it is sent; an answer to another force as breaches_disclosed.
    "craffu/web/histories/print_views.py:sent_history": "breaches_printed",
    # Kept and logged by craffu/prevention/meetings/papers/actions.py before it is sent.
    "craffu/web/meetings/minutes_views.py:sent_minutes": "minutes_released",
}
NOT_A_RECORD = {
    "craffu/web/victims/gap_views.py:victim_gap_chart": "a picture of figures that name nobody, part of a page that was logged",
    "craffu/web/deep_dives/report_views.py:_file": "a report as anybody may read it: it names nobody and tells no small count",
    "craffu/web/measures/views.py:measure_chart": "a picture of figures that name nobody, part of a page that was logged",
    "craffu/web/profiles/views.py:profile_chart": "a picture of published figures, part of a page that was logged",
    "craffu/web/safe/errors.py:nothing_here": "two words that say nothing of anybody",
    "craffu/web/safe/errors.py:went_wrong": "two words that say nothing of anybody",
    "craffu/web/exports/sending.py:sent_file": "the bytes alone: whoever calls it is in one of the two lists below",
}
# What is shown in the reader's own browser as it came, which is a view: the kind of event that logs it, a consultation.
SHOWN = {
    "craffu/web/inbox/views.py:order_document_image": "order_document_opened",
    "craffu/web/orders/paper_views.py:order_paper": "order_paper_opened",
    "craffu/web/work/calendars.py:_answered": "calendar_read",
}
# What is declared as an export of records, each logged as a disclosure by `sending.py`, and the kind of event that logs it.
EXPORTED = {
    "craffu/web/people/exported.py:LIST": "people_exported",
    "craffu/web/people/exported.py:RECORD": "person_exported",
    "craffu/web/audit/exported.py:LOG": "audit_exported",
    "craffu/web/victims/gap_exported.py:GAP": "gap_exported",
}
# Tables that anybody of the role may take without a recipient, because nobody is in them: where each is made.
PUBLISHED_TABLES = {
    "craffu/web/deep_dives/tables.py:data_pack", "craffu/web/measures/exported.py:_file",
    "craffu/web/profiles/exported.py:series_figures",
}  # fmt: skip
# The fields of the register that exports name and the register does not hold: what is worked out, and parts of the log's payload.
WORKED_OUT = {
    "number_of_cases",
    *(
        f"gap_{part}"
        for part in (
            "figure",
            "survey",
            "split",
            "value",
            "numerator",
            "denominator",
            "share",
            "interval_low",
            "interval_high",
            "note",
            "valid",
            "delivered",
        )
    ),
    *(f"audit.Event.{part}" for part in ("purpose", "reason", "counts", "refs", "refs_not_listed")),
}
SENDS_A_FILE = {"FileResponse", "StreamingHttpResponse"}

# Work that nobody waits for, and what makes a second run the same as one (T29), with the test that shows it.
STORES_NOTHING = ""
JOBS = {
    "craffu/audit/queries.py:_references": (
        "holds the index by record against the log; stores nothing, ends with the asking",
        STORES_NOTHING,
    ),
    "craffu/config/backups/packing.py:pack": (
        "looks at a copy while it is sealed; stores nothing, ends with the packing",
        STORES_NOTHING,
    ),
    "craffu/config/commands/backup.py:run": (
        "a file that appears once it is whole, under a new name; ends with the command",
        "integration/config/test_T39_backup.py::test_what_the_demo_holds_is_there_again",
    ),
    "craffu/daily/retaining/tasks.py:build_snapshot_again": (
        "one snapshot takes the place of the one before, or none does",
        "integration/daily/test_T43_retention.py::test_T29_a_snapshot_that_is_asked_for_twice_is_one",
    ),
    "craffu/intake/tasks.py:take_in_upload": (
        "a run is taken in once and resumed where it was (T28)",
        "integration/intake/test_T28_killed_intake.py::test_T28_an_intake_killed_at_random_points_ends_as_one_that_was_not",
    ),
    "craffu/intake/ahead.py:__init__": (
        "tells another process files and hears what it read; stores nothing, ends with the run",
        STORES_NOTHING,
    ),
    "craffu/intake/tables/columns.py:_plain": ("counts bytes while others are read; stores nothing", STORES_NOTHING),
    "craffu/intake/published_tables/street_steps.py:steps_of": (
        "puts rows together and counts them meanwhile; stores nothing",
        STORES_NOTHING,
    ),
    "craffu/config/bench/users.py:timed": ("users of a benchmark; each opens pages and nothing else", STORES_NOTHING),
    "craffu/messages/calling.py:_asked": (
        "a clock that ends what takes too long; stores nothing, ends with the asking",
        STORES_NOTHING,
    ),
    "craffu/config/sealing.py:Sealer": (
        "an event is sealed once, in order, under a lock (T13)",
        "concurrency/test_T13_chain.py::test_T13_eight_writers_at_once_leave_one_whole_chain",
    ),
    "craffu/config/ticking.py:Ticker": (
        "what is due is settled once for an instant, under the force's lock (T29)",
        "concurrency/test_T29_ticks_at_once.py::test_T29_four_ticks_of_one_instant_at_once_are_one",
    ),
    "craffu/config/demo/serving.py:(module)": (
        "ends the demo with whoever started it; reads and writes no row",
        STORES_NOTHING,
    ),
}

# Modules that read rows which identify somebody, and how it comes into the log that they were read (SEC-04).
BY_ITS_PAGE = "for a reader of the force; the page or command that asks logs the view (T8)"
ITS_OWN_ACT = "within an act that is logged itself"
BY_THE_CLOCK = "by the clock, which stores no word of it; shows nothing to anybody"
THE_LOG = "the log: who reads it is logged by audit/actions.py"
SIGNING_IN = "accounts, to sign in or to act: signing in is logged"
READERS = {
    "craffu/access/actions.py": ITS_OWN_ACT,
    "craffu/access/emergency/actions.py": ITS_OWN_ACT,
    "craffu/access/emergency/queries.py": BY_ITS_PAGE,
    "craffu/access/provider/queries.py": SIGNING_IN,
    "craffu/access/queries.py": SIGNING_IN,
    "craffu/access/reach/queries.py": BY_ITS_PAGE,
    "craffu/access/restricted/queries.py": BY_ITS_PAGE,
    "craffu/access/retention/queries.py": BY_ITS_PAGE,
    "craffu/access/rights_requests/actions.py": ITS_OWN_ACT,
    "craffu/access/rights_requests/queries.py": BY_ITS_PAGE,
    "craffu/access/sessions/actions.py": ITS_OWN_ACT,
    "craffu/access/signing_in/backend.py": SIGNING_IN,
    "craffu/access/tokens/queries.py": ITS_OWN_ACT,
    "craffu/access/unattended/queries.py": ITS_OWN_ACT,
    "craffu/access/webhooks/queries.py": ITS_OWN_ACT,
    "craffu/audit/actions.py": THE_LOG,
    "craffu/audit/chain.py": THE_LOG,
    "craffu/audit/queries.py": THE_LOG,
    "craffu/audit/questions.py": THE_LOG,
    "craffu/audit/reading.py": THE_LOG,
    "craffu/breaches/detecting/binding.py": BY_ITS_PAGE,
    "craffu/breaches/detecting/reading.py": BY_THE_CLOCK,
    "craffu/breaches/due.py": BY_THE_CLOCK,
    "craffu/breaches/extract.py": ITS_OWN_ACT,
    "craffu/breaches/history/actions.py": ITS_OWN_ACT,
    "craffu/breaches/history/queries.py": BY_ITS_PAGE,
    "craffu/breaches/ledger/actions.py": ITS_OWN_ACT,
    "craffu/breaches/ledger/queries.py": BY_ITS_PAGE,
    "craffu/breaches/ledger/reporting.py": ITS_OWN_ACT,
    "craffu/breaches/ledger/then.py": BY_ITS_PAGE,
    "craffu/breaches/patterns/actions.py": ITS_OWN_ACT,
    "craffu/breaches/patterns/reading.py": BY_ITS_PAGE,
    "craffu/breaches/standpoints/actions.py": ITS_OWN_ACT,
    "craffu/breaches/telling/actions.py": ITS_OWN_ACT,
    "craffu/breaches/telling/noted.py": BY_THE_CLOCK,
    "craffu/breaches/telling/queries.py": ITS_OWN_ACT,
    "craffu/breaches/telling/reading.py": BY_THE_CLOCK,
    "craffu/cases/actions.py": ITS_OWN_ACT,
    "craffu/cases/advice/actions.py": ITS_OWN_ACT,
    "craffu/cases/advice/due.py": "by the clock, which stores no word of it; shows nothing to anybody",
    "craffu/cases/advice/queries.py": BY_ITS_PAGE,
    "craffu/daily/forecasting/gathering.py": "days and numbers of tasks, which name nobody; whoever shows them logs it",
    "craffu/daily/forecasting/queries.py": "days and numbers of tasks, which name nobody; whoever shows them logs it",
    "craffu/cases/crime_queries.py": BY_ITS_PAGE,
    "craffu/cases/custody/actions.py": ITS_OWN_ACT,
    "craffu/cases/custody/queries.py": BY_ITS_PAGE,
    "craffu/cases/extract.py": ITS_OWN_ACT,
    "craffu/cases/number_queries.py": BY_ITS_PAGE,
    "craffu/cases/queries.py": BY_ITS_PAGE,
    "craffu/cases/risk/actions.py": ITS_OWN_ACT,
    "craffu/cases/risk/due.py": "by the clock, which stores no word of it; shows nothing to anybody",
    "craffu/cases/risk/forms/actions.py": ITS_OWN_ACT,
    "craffu/cases/risk/forms/queries.py": BY_ITS_PAGE,
    "craffu/cases/risk/grades.py": "grades and instants alone, by which clocks run; shows nothing to anybody",
    "craffu/cases/risk/kinds.py": BY_ITS_PAGE,
    "craffu/cases/risk/queries.py": BY_ITS_PAGE,
    "craffu/cases/risk/told/queries.py": BY_ITS_PAGE,
    "craffu/cases/search.py": BY_ITS_PAGE,
    "craffu/cases/story_queries.py": BY_ITS_PAGE,
    "craffu/config/commands/check.py": "whether the log can be read at all; shows nothing of it",
    "craffu/config/commands/demo.py": "counts rows of an invented force",
    "craffu/config/commands/user.py": ITS_OWN_ACT,
    "craffu/config/demo/accounts.py": "accounts of an invented force",
    "craffu/config/demo/confirmed.py": "whose links of an invented force were confirmed",
    "craffu/config/demo/playing/stage.py": "orders of an invented force, as they are typed in",
    "craffu/intake/actions.py": ITS_OWN_ACT,
    "craffu/intake/court_results/tokens.py": "a change of keys, which is logged; shows nothing to anybody",
    "craffu/intake/morning/reading.py": BY_ITS_PAGE,
    "craffu/intake/queries.py": BY_ITS_PAGE,
    "craffu/intake/records/queries.py": BY_ITS_PAGE,
    "craffu/intake/records/rereading.py": ITS_OWN_ACT,
    "craffu/intake/witness_care/queries.py": ITS_OWN_ACT,
    "craffu/linkage/actions.py": ITS_OWN_ACT,
    "craffu/linkage/arrivals/queries.py": "row numbers of records that wait to be compared; shows nothing to anybody",
    "craffu/linkage/queries.py": BY_ITS_PAGE,
    "craffu/measures/practice/queries.py": "cases by whether their officer was trained; its page logs the view (T8)",
    "craffu/orders/applying/actions.py": ITS_OWN_ACT,
    "craffu/orders/considering/actions.py": ITS_OWN_ACT,
    "craffu/orders/considering/reading.py": BY_ITS_PAGE,
    "craffu/orders/entering/actions.py": ITS_OWN_ACT,
    "craffu/orders/entering/queries.py": BY_ITS_PAGE,
    "craffu/orders/extract.py": ITS_OWN_ACT,
    "craffu/orders/extracts/applications.py": ITS_OWN_ACT,
    "craffu/orders/following/actions.py": ITS_OWN_ACT,
    "craffu/orders/following/due.py": BY_THE_CLOCK,
    "craffu/orders/following/queries.py": BY_ITS_PAGE,
    "craffu/orders/following/reading.py": BY_THE_CLOCK,
    "craffu/orders/inbox/actions.py": ITS_OWN_ACT,
    "craffu/orders/inbox/due.py": BY_THE_CLOCK,
    "craffu/orders/inbox/queries.py": BY_ITS_PAGE,
    "craffu/messages/print_queue/actions.py": "fetched, posted or come back: whoever owns the paper logs it in the same act",
    "craffu/orders/letters/actions.py": ITS_OWN_ACT,
    "craffu/orders/letters/queries.py": BY_ITS_PAGE,
    "craffu/orders/life/actions.py": ITS_OWN_ACT,
    "craffu/orders/life/then.py": BY_ITS_PAGE,
    "craffu/orders/monitoring/actions.py": ITS_OWN_ACT,
    "craffu/orders/monitoring/queries.py": BY_ITS_PAGE,
    "craffu/orders/notifying/actions.py": ITS_OWN_ACT,
    "craffu/orders/notifying/due.py": BY_THE_CLOCK,
    "craffu/orders/notifying/queries.py": BY_ITS_PAGE,
    "craffu/orders/noting/actions.py": ITS_OWN_ACT,
    "craffu/orders/papers/actions.py": ITS_OWN_ACT,
    "craffu/orders/printing/actions.py": ITS_OWN_ACT,
    "craffu/orders/printing/queries.py": BY_ITS_PAGE,
    "craffu/orders/proposing/actions.py": ITS_OWN_ACT,
    "craffu/orders/proposing/queries.py": BY_ITS_PAGE,
    "craffu/orders/queries.py": BY_ITS_PAGE,
    "craffu/orders/reconciling/actions.py": ITS_OWN_ACT,
    "craffu/orders/reconciling/queries.py": BY_ITS_PAGE,
    "craffu/orders/reviewing/actions.py": ITS_OWN_ACT,
    "craffu/orders/reviewing/due.py": "by the clock, which stores no word of it; shows nothing to anybody",
    "craffu/orders/reviewing/figures.py": "counts, which name nobody; whoever shows them logs it",
    "craffu/orders/reviewing/gathering.py": BY_ITS_PAGE,
    "craffu/orders/reviewing/queries.py": BY_ITS_PAGE,
    "craffu/orders/reviewing/resting.py": BY_ITS_PAGE,
    "craffu/orders/reviewing/voices.py": BY_ITS_PAGE,
    "craffu/orders/scanning/actions.py": ITS_OWN_ACT,
    "craffu/orders/scanning/queries.py": "compared for whoever searches a pack, and shown to nobody; the search is logged",
    "craffu/orders/terms/actions.py": ITS_OWN_ACT,
    "craffu/orders/transfers/actions.py": ITS_OWN_ACT,
    "craffu/messages/actions.py": "hands over what was written to somebody, whose invitation is logged, and keeps no word of it",
    "craffu/messages/queries.py": "says how messages stand, and nothing of them",
    "craffu/people/actions.py": ITS_OWN_ACT,
    "craffu/people/queries.py": BY_ITS_PAGE,
    "craffu/people/search/actions.py": "makes the index of the search anew; shows nothing to anybody",
    "craffu/people/search/by_number.py": BY_ITS_PAGE,
    "craffu/people/search/queries.py": BY_ITS_PAGE,
    "craffu/people/tokens.py": "a change of keys, which is logged; shows nothing to anybody",
    "craffu/victims/advocates/actions.py": ITS_OWN_ACT,
    "craffu/victims/advocates/queries.py": BY_ITS_PAGE,
    "craffu/victims/agreements/actions.py": ITS_OWN_ACT,
    "craffu/victims/agreements/queries.py": BY_ITS_PAGE,
    "craffu/victims/answering/actions.py": ITS_OWN_ACT,
    "craffu/victims/answering/reading.py": BY_ITS_PAGE,
    "craffu/victims/contacts/actions.py": ITS_OWN_ACT,
    "craffu/victims/custody/actions.py": ITS_OWN_ACT,
    "craffu/victims/custody/queries.py": "works out what is owed for the clock, which shows it to nobody",
    "craffu/victims/everybody.py": "counts for figures of a whole force, which name nobody",
    "craffu/victims/extract.py": ITS_OWN_ACT,
    "craffu/victims/gap/queries.py": BY_ITS_PAGE,
    "craffu/victims/happenings/actions.py": ITS_OWN_ACT,
    "craffu/victims/inviting/actions.py": ITS_OWN_ACT,
    "craffu/victims/inviting/queries.py": BY_ITS_PAGE,
    "craffu/victims/leaks/queries.py": "compared with what is to leave; only kinds are answered, never a value",
    "craffu/victims/letters/actions.py": ITS_OWN_ACT,
    "craffu/victims/letters/queries.py": BY_ITS_PAGE,
    "craffu/victims/noting/actions.py": ITS_OWN_ACT,
    "craffu/victims/noting/queries.py": BY_ITS_PAGE,
    "craffu/victims/of_orders/actions.py": ITS_OWN_ACT,
    "craffu/victims/of_orders/queries.py": ITS_OWN_ACT,
    "craffu/victims/safeguarding/actions.py": ITS_OWN_ACT,
    "craffu/victims/safeguarding/queries.py": BY_ITS_PAGE,
    "craffu/victims/stories.py": BY_ITS_PAGE,
    "craffu/victims/voice/actions.py": ITS_OWN_ACT,
    "craffu/victims/voice/queries.py": BY_ITS_PAGE,
    "craffu/prevention/embedding/queries.py": "by a command that logs that it looked; counts of places, which name nobody",
    "craffu/prevention/meetings/actions.py": ITS_OWN_ACT,
    "craffu/prevention/meetings/gathering.py": BY_ITS_PAGE,
    "craffu/prevention/meetings/papers/actions.py": ITS_OWN_ACT,
    "craffu/prevention/meetings/papers/queries.py": BY_ITS_PAGE,
    "craffu/prevention/meetings/queries.py": BY_ITS_PAGE,
    "craffu/prevention/planning/actions.py": ITS_OWN_ACT,
    "craffu/prevention/planning/gathering.py": BY_ITS_PAGE,
    "craffu/prevention/planning/left.py": BY_ITS_PAGE,
    "craffu/prevention/planning/queries.py": BY_ITS_PAGE,
    "craffu/prevention/proving/cutoffs.py": "by a command that logs that it looked; shows figures of many",
    "craffu/prevention/cohort/actions.py": ITS_OWN_ACT,
    "craffu/daily/own_data/parts.py": BY_ITS_PAGE,
    "craffu/daily/own_data/putting_right.py": BY_ITS_PAGE,
    "craffu/daily/own_data/queries.py": BY_ITS_PAGE,
    "craffu/daily/retaining/actions.py": ITS_OWN_ACT,
    "craffu/daily/retaining/known.py": "days, kinds and references; the page that asks logs the view, and so does the clock",
    "craffu/daily/retaining/queries.py": BY_ITS_PAGE,
    "craffu/daily/retaining/kept.py": "what names whoever is erased is found by what it names; whoever erases logs it",
    "craffu/daily/retaining/unclaimed.py": "what names whoever is erased is found by its own words; whoever erases logs it",
    "craffu/daily/retaining/removing.py": "what two people decided to erase is found by its own words; whoever erases logs it",
    "craffu/prevention/cohort/queries.py": BY_ITS_PAGE,
    "craffu/prevention/deciding/actions.py": ITS_OWN_ACT,
    "craffu/prevention/deciding/figures.py": "counts, which name nobody; whoever publishes them logs it",
    "craffu/prevention/deciding/queries.py": BY_ITS_PAGE,
    "craffu/prevention/due.py": BY_THE_CLOCK,
    "craffu/prevention/scoring/actions.py": ITS_OWN_ACT,
    "craffu/prevention/scoring/queries.py": BY_ITS_PAGE,
    "craffu/prevention/scoring/reading.py": BY_ITS_PAGE,
    "craffu/resourcing/champions/queries.py": BY_ITS_PAGE,
    "craffu/resourcing/posts/queries.py": "how posts stand, and no name; the page that asks logs the view (T8)",
    "craffu/resourcing/staff/queries.py": "keys, and when the system was last heard; hands on no word of anybody",
    "craffu/scrutiny/agreeing/actions.py": ITS_OWN_ACT,
    "craffu/scrutiny/agreeing/queries.py": BY_ITS_PAGE,
    "craffu/scrutiny/classing/queries.py": BY_ITS_PAGE,
    "craffu/victims/answering/quoting.py": BY_ITS_PAGE,
    "craffu/scrutiny/claiming/sources.py": "asks whether a passage may be quoted, and offers those that may to who may open them",
    "craffu/scrutiny/deep_dives/actions.py": ITS_OWN_ACT,
    "craffu/scrutiny/destroying/actions.py": ITS_OWN_ACT,
    "craffu/scrutiny/destroying/queries.py": "counts what was taken back, and hands on no word of it",
    "craffu/scrutiny/interviewing/actions.py": ITS_OWN_ACT,
    "craffu/scrutiny/recommending/actions.py": ITS_OWN_ACT,
    "craffu/cases/relationships.py": "for the snapshot, which names nobody: codes of what somebody is to a victim",
    "craffu/scrutiny/panels/actions.py": ITS_OWN_ACT,
    "craffu/scrutiny/panels/queries.py": BY_ITS_PAGE,
    "craffu/scrutiny/interviewing/due.py": BY_THE_CLOCK,
    "craffu/scrutiny/interviewing/queries.py": BY_ITS_PAGE,
    "craffu/scrutiny/reviewing/actions.py": ITS_OWN_ACT,
    "craffu/scrutiny/reviewing/pack.py": BY_ITS_PAGE,
    "craffu/scrutiny/reviewing/queries.py": BY_ITS_PAGE,
    "craffu/scrutiny/sampling/queries.py": BY_ITS_PAGE,
    "craffu/web/access/letting_in.py": SIGNING_IN,
    "craffu/web/access/resetting.py": ITS_OWN_ACT,
    "craffu/work/calendars/queries.py": "whose calendar an address is: reading it is logged",
}
BENCHMARKS = "craffu/config/bench/"

# Where the content of a paper kept with an order is read: advice among them never leaves, so every place is known (SEC-12).
OPENS_PAPERS = {
    "craffu/orders/papers/actions.py": "opened on its page by whoever may, which is logged",
    "craffu/web/orders/paper_views.py": "the page that opens it",
    "craffu/web/papers/bundle.py": "put into a bundle: orders/printing/rules.py says which, and is asked again when it is kept",
}


def exports(source: Source) -> Iterator[str]:
    """Functions that answer with a file or with anything but a page."""
    for function, nodes in source.functions:
        for node in nodes:
            if isinstance(node, ast.Constant) and node.value == "Content-Disposition":
                yield f"{source.path}:{function.name}"
            elif isinstance(node, ast.Call):
                made = chain(node.func)[-1:]
                other = any(word.arg == "content_type" for word in node.keywords)
                if made and (made[0] in SENDS_A_FILE or (made[0] == "HttpResponse" and other)):
                    yield f"{source.path}:{function.name}"


def jobs(source: Source) -> Iterator[str]:
    """Tasks of the queue and threads."""
    for function, _nodes in source.functions:
        if any(chain(mark)[-1:] == ("task",) for mark in function.decorator_list):
            yield f"{source.path}:{function.name}"
    inside = {id(node): function.name for function, nodes in source.functions for node in nodes}
    for call, names in source.calls:
        if names[-1:] in {("Thread",), ("Timer",), ("Process",), ("ThreadPoolExecutor",)}:
            yield f"{source.path}:{inside.get(id(call), '(module)')}"
    for node in source.nodes:
        if isinstance(node, ast.ClassDef) and any(
            chain(base)[-1:] in {("Thread",), ("Process",)} for base in node.bases
        ):
            yield f"{source.path}:{node.name}"


def identifying_models() -> set[str]:
    """Models with a field that identifies somebody."""
    return {
        model.__name__
        for model in apps.get_models()
        if model.__module__.startswith("craffu.")
        and any(fate.identifying for fate in getattr(getattr(model, "Handling", None), "fields", {}).values())
    }


def reads_of(source: Source, models: set[str]) -> set[str]:
    """The identifying models of which a module reads rows."""
    return {
        one[0] for _call, one in source.calls if len(one) > 2 and one[0] in models and one[1] in {"objects", "rows"}
    }


def found_in_all(finder: object) -> set[str]:
    return {one for source in of_craffu() for one in finder(source)}  # type: ignore[operator]


def test_whatever_leaves_is_in_the_registry_and_logged_as_a_disclosure() -> None:
    assert found_in_all(exports) == set(EXPORTS) | set(SHOWN) | set(NOT_A_RECORD)
    # Every package declares its kinds when its pages are loaded.
    importlib.import_module("craffu.config.urls")
    assert {key: KINDS[key].verb for key in EXPORTS.values()} == dict.fromkeys(EXPORTS.values(), Verb.DISCLOSURE)
    assert {key: KINDS[key].verb for key in SHOWN.values()} == dict.fromkeys(SHOWN.values(), Verb.CONSULTATION)


@pytest.mark.rule("SEC-12")
def test_the_papers_kept_with_orders_are_opened_nowhere_else() -> None:
    found = {
        source.path
        for source in of_craffu()
        for _call, names in source.calls
        if names[-1:] in {("paper_content",), ("open_paper",)}
    }
    assert found == set(OPENS_PAPERS)


def declared_exports(source: Source) -> Iterator[str]:
    """Names at the top of a module to which an export is given."""
    for node in source.tree.body if isinstance(source.tree, ast.Module) else ():
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call) and chain(node.value.func) == ("Export",):
            yield from (f"{source.path}:{target.id}" for target in node.targets if isinstance(target, ast.Name))


def bundles(source: Source) -> Iterator[str]:
    """Functions that put together what leaves in a file."""
    for function, nodes in source.functions:
        if any(isinstance(node, ast.Call) and chain(node.func) == ("Bundle",) for node in nodes):
            yield f"{source.path}:{function.name}"


def test_every_export_of_records_is_in_the_registry_and_logged_as_a_disclosure() -> None:
    importlib.import_module("craffu.config.urls")
    assert found_in_all(declared_exports) == set(EXPORTED)
    for place, key in EXPORTED.items():
        export = export_at(place)
        assert (export.kind.key, export.kind.verb) == (key, Verb.DISCLOSURE)
        assert export.purposes


def test_every_file_is_put_together_for_an_export_or_is_a_published_table() -> None:
    assert found_in_all(bundles) == {"craffu/web/exports/sending.py:bundle", *PUBLISHED_TABLES}
    for place in PUBLISHED_TABLES:
        # It reads nothing but the published: what identifies somebody is not within its reach.
        source = next(one for one in of_craffu() if place.startswith(f"{one.path}:"))
        assert not {
            name for name in imported_packages(source) if name in {"people", "cases", "intake", "access", "audit"}
        }


def imported_packages(source: Source) -> set[str]:
    return {name.split(".")[1] for name in source.imports if name.startswith("craffu.")}


def export_at(place: str) -> Export:
    path, _, name = place.partition(":")
    export = getattr(importlib.import_module(path.removesuffix(".py").replace("/", ".")), name)
    assert isinstance(export, Export)
    return export


@pytest.mark.rule("SEC-06")
@pytest.mark.parametrize("place", EXPORTED)
def test_no_export_has_a_field_that_is_kept_encrypted_or_that_nobody_knows(place: str) -> None:
    for field in set(export_at(place).fields) - WORKED_OUT:
        label, _, name = field.rpartition(".")
        assert not isinstance(apps.get_model(label)._meta.get_field(name), EncryptedTextField), field


def test_whatever_a_row_of_the_log_counts_has_words() -> None:
    """Unnamed, its key would stand in English on a Welsh page."""
    counted = {
        key.value
        for one in of_craffu()
        for call, _ in one.calls
        for given in call.keywords
        if given.arg == "counts" and isinstance(given.value, ast.Dict)
        for key in given.value.keys
        if isinstance(key, ast.Constant)
    }
    assert "records" in counted
    assert counted <= COUNTS.keys()


def test_every_background_job_is_in_the_registry() -> None:
    assert found_in_all(jobs) == set(JOBS)


def test_T29_every_job_that_stores_anything_names_the_test_that_runs_it_again() -> None:
    shown_by = [test for _words, test in JOBS.values() if test != STORES_NOTHING]
    assert len(shown_by) >= 5
    for test in shown_by:
        file, _, name = test.partition("::")
        assert f"\ndef {name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), test


def test_every_reader_of_personal_data_is_in_the_registry() -> None:
    models = identifying_models()
    assert {"RecordVersion", "RecordedContact", "HearingVersion", "User", "Event"} <= models
    found = {source.path for source in of_craffu() if reads_of(source, models)}
    assert {path for path in found if not path.startswith(BENCHMARKS)} == set(READERS)


def test_no_page_reads_personal_rows_itself_but_accounts() -> None:
    """A page asks a query, which scopes the rows; so the list of readers stays short."""
    models = identifying_models()
    pages = [source for source in of_craffu() if source.path.startswith(("craffu/web/", "craffu/api/"))]
    assert len(pages) > 50
    assert [source.path for source in pages if reads_of(source, models) - {"User"}] == []


@pytest.mark.parametrize(
    ("finder", "stranger"),
    [
        (exports, "def take(request):\n    return FileResponse(file)"),
        (exports, "def take(request):\n    return HttpResponse(rows, content_type='text/csv')"),
        (exports, "def take(request):\n    answer['Content-Disposition'] = 'attachment'"),
        (declared_exports, "NEW = Export(key='new')"),
        (bundles, "def make():\n    return Bundle('', 'A', (), ())"),
        (jobs, "@task()\ndef send_letters():\n    pass"),
        (jobs, "@task\ndef send_letters():\n    pass"),
        (jobs, "def begin():\n    threading.Thread(target=send).start()"),
        (jobs, "class Sender(threading.Thread):\n    pass"),
    ],
)
def test_a_stranger_is_found(finder: object, stranger: str) -> None:
    assert list(finder(of_text(stranger)))  # type: ignore[operator]


@pytest.mark.parametrize(
    "stranger",
    [
        "RecordVersion.objects.for_user(by).filter(record=1)",
        "RecordedContact.rows.all()",
        "User.objects.filter(pk=1).first()",
    ],
)
def test_a_strange_reader_is_found(stranger: str) -> None:
    assert reads_of(of_text(stranger), identifying_models())
    assert not reads_of(of_text("Counter.objects.get(pk=kind)"), identifying_models())


# What of scrutiny a program is given: recommendations, reviews that are published (ADR 110), initiatives (ADR 115).
GIVEN_OF_SCRUTINY = (
    "craffu.scrutiny.recommending",
    "craffu.scrutiny.publishing.released",
    "craffu.scrutiny.deep_dives.events",
    "craffu.scrutiny.initiatives",
)


def test_no_program_is_given_anything_of_scrutiny_by_the_api_but_what_is_published_and_how_it_goes() -> None:
    """A review is blind to programs too: the API names nothing of samples, panels, interviews or deep dives at work (SCR-07)."""
    api = [one for one in of_craffu() if one.path.startswith("craffu/api/")]
    assert len(api) > 5
    named = {
        name for one in api for name in one.imports
        if name.startswith("craffu.scrutiny") and not name.startswith(GIVEN_OF_SCRUTINY)
    }  # fmt: skip
    assert named == set()
    given = [one.path for one in api if any(name.startswith("craffu.scrutiny") for name in one.imports)]
    assert sorted(given) == ["craffu/api/initiatives.py", "craffu/api/scrutiny.py", "craffu/api/scrutiny_answers.py"]
