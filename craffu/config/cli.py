"""The `craffu` command: reads what was typed, starts the one command that was asked for, and turns refusals into one line.

`craffu --help` and `craffu version` import neither Django nor anything heavy (B11), so a command's module is imported only
once it has been chosen.
"""

import argparse
import gc
import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from craffu.common.refusals import Refusal

DONE, SOMETHING_AMISS, NOT_CARRIED_OUT = 0, 1, 2


class NotCarriedOut(Exception):
    """The command could not be carried out; the message says what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Option:
    """One argument, as argparse takes it."""

    names: tuple[str, ...]
    settings: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Command:
    """A command: what it is for, the module whose `run(args)` does it, and whether that needs Django.

    An action that loads much more than the others has a module of its own, named in `of_actions`.
    One that works `as_owner` reaches the database as the owner of its tables, where that has an address of its own (ADR 20).
    """

    name: str
    help: str
    module: str
    options: tuple[Option, ...] = ()
    needs_django: bool = True
    as_owner: bool = False
    of_actions: Mapping[str, str] = field(default_factory=dict)
    # Those of its actions that need no Django, where others do.
    plain_actions: frozenset[str] = frozenset()
    # Those of its actions that read and need no package above one, with that package: what stands above it is not loaded.
    up_to: Mapping[str, str] = field(default_factory=dict)

    def needs(self, args: argparse.Namespace) -> bool:
        """Whether what was asked for needs Django."""
        return self.needs_django and getattr(args, "action", "") not in self.plain_actions

    def module_of(self, args: argparse.Namespace) -> str:
        return self.of_actions.get(getattr(args, "action", ""), self.module)


def option(*names: str, **settings: object) -> Option:
    return Option(names, settings)


JSON = option("--json", action="store_true", help="print exactly one JSON object")
AS_USER = option(
    "--as", dest="as_user", metavar="USER", help="the person acting; default: your operating-system account"
)

INTAKE_KINDS = (
    "area-lookup",
    "code-tables",
    "court-orders",
    "court-results",
    "custody",
    "order-watch",
    "places",
    "population",
    "probation",
    "prosecutions",
    "recorded-crime",
    "recorded-crime-rolling",
    "rms",
    "spo-statistics",
    "staff",
    "stalking-outcomes",
    "street-crime",
    "surveys",
    "witness-care",
)

SPLITS = ("whole", "work", "stage", "area", "relationship", "sex", "age", "ethnicity", "offence_class")

COMMANDS = (
    Command(
        "demo",
        "set up an invented force, take in its data and serve the site",
        "demo",
        (
            option("--people", type=int, default=400, help="how many people to invent (1 to 100000)"),
            option("--seed", type=int, default=1, help="the same seed gives the same people"),
            option("--port", type=int, default=8000, help="the port to serve on"),
            option("--no-serve", action="store_true", help="set up and stop"),
            JSON,
        ),
        as_owner=True,
    ),
    Command(
        "serve",
        "the web server",
        "serve",
        (
            option("--port", type=int, default=8000),
            option("--workers", type=int, default=2, help="web processes"),
        ),
    ),
    Command(
        "worker",
        "background jobs",
        "worker",
        (option("--until-empty", action="store_true", help="stop when no job waits"),),
    ),
    Command(
        "tick",
        "the clock that runs: raises due work, and takes what was missed to whoever is to be told",
        "tick",
        (
            option("--at", metavar="INSTANT", help="as of this instant, such as 2026-11-24T09:00; default: now"),
            option("--everything", action="store_true", help="ask of every record anew what is due"),
            JSON,
        ),
    ),
    Command(
        "migrate",
        "bring the database, the keys and the official code lists up to date",
        "migrate",
        (JSON,),
        as_owner=True,
    ),
    Command(
        "backup",
        "everything but the keys in one sealed file; what lies beside it and is kept no longer is destroyed",
        "backup",
        (option("file", metavar="FILE", help="a new file"), JSON),
        as_owner=True,
    ),
    Command(
        "restore",
        "an installation from a backup, where there is nothing yet",
        "restore",
        (option("file", metavar="FILE", help="the backup"), JSON),
        as_owner=True,
    ),
    Command("check", "is this installation fit to run", "check", (JSON,)),
    Command("version", "versions", "version", (JSON,), needs_django=False),
    Command(
        "intake",
        "take in files or folders that other systems sent",
        "intake",
        (
            option("kind", choices=INTAKE_KINDS, metavar="KIND", help=", ".join(INTAKE_KINDS)),
            option(
                "paths", nargs="*", metavar="PATH", help="files, folders or .zip archives; a corrected reject file too"
            ),
            option(
                "--kept",
                action="store_true",
                help="read again what an earlier release kept of this kind and did not take up",
            ),
            option("--mapping", metavar="FILE", help="a TOML file that says what this system calls columns and values"),
            option("--expected", type=int, metavar="N", help="how many rows the sender says were sent"),
            option("--dry-run", action="store_true", help="say what would happen and store nothing"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "generate",
        "an invented force as the extracts other systems would send, and the truth beside them",
        "generate",
        (
            option("folder", metavar="DIR", help="an empty or new folder, or one that this command filled"),
            option("--people", type=int, default=2000, metavar="N", help="how many people, of all forces together"),
            option("--years", type=int, default=10, metavar="Y", help="how many years of records"),
            option(
                "--seed", type=int, default=1, metavar="S", help="the same seed gives the same force, byte for byte"
            ),
            option("--forces", type=int, default=1, metavar="F", help="how many forces, each in a folder of its own"),
            option("--until", default="2026-09-30", metavar="DATE", help="the last day of the records"),
            option(
                "--layout",
                default="documented",
                choices=("documented", "investigations", "nominals"),
                help="whose names the police extracts use for columns and values",
            ),
            JSON,
        ),
        needs_django=False,
    ),
    Command(
        "profile",
        "what is published about a force: recorded crime, outcomes, orders, prosecutions, with sources and caveats",
        "profile",
        (
            option("--force", required=True, metavar="NAME", help='a force, or "England and Wales"'),
            option("--from", dest="first", metavar="PERIOD", help="the first period, such as 2018/19 or 2018"),
            option("--to", dest="last", metavar="PERIOD", help="the last period"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "reconcile",
        "where two published sources disagree, by force",
        "reconcile",
        (
            option("source_a", metavar="SOURCE_A", help="such as recorded-crime"),
            option("source_b", metavar="SOURCE_B", help="such as recorded-crime-rolling"),
            option("--period", metavar="PERIOD", help="twelve months, such as 2017/18; default: the newest both have"),
            option("--measure", metavar="NAME", default="Stalking and harassment", help="the offence group compared"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "digest", "one hash of everything the register says, to compare two registers", "digest", (JSON,), as_owner=True
    ),
    Command(
        "rules",
        "check the product's rules against worked cases",
        "rules",
        (
            option("action", choices=("run",)),
            option("cases", metavar="CASES.json"),
            option(
                "--group", dest="groups", type=lambda text: text.split(","), help="groups or rule ids: INT,BIL,CLK-01"
            ),
            JSON,
        ),
        needs_django=False,
    ),
    Command(
        "clock",
        "any clock of law, Code, guidance or policy, worked out and explained",
        "clock",
        (
            option("rule", nargs="?", metavar="RULE", help="the clock's name; --list shows them"),
            option("--from", dest="start", metavar="TIMESTAMP", help="when it starts: 2026-11-24 or 2026-11-24T15:00"),
            option("--list", action="store_true", help="every clock, law apart from policy"),
            option("--occurrence", metavar="WHICH", help="first or second, where the time comes twice"),
            option("--risk", metavar="GRADE", help="high, medium, standard or unassessed, which runs as high"),
            option("--age", metavar="YEARS", help="how old the respondent is"),
            option("--event", metavar="EVENT", help="what happened, for code-EVENT, trigger-action, revisits"),
            option("--entitlement", metavar="WHICH", help="enhanced or standard, for code-EVENT"),
            option("--made", metavar="TIMESTAMP", help="when the order was made"),
            option("--served", metavar="TIMESTAMP", help="when it was served"),
            option("--arrested", metavar="TIMESTAMP", help="when somebody was arrested"),
            option("--last-day", metavar="DAY", help="the last day of the order, or none"),
            option("--known", metavar="TIMESTAMP", help="when it became known"),
            option("--later", action="store_true", help="from the last review or check, not from service"),
            option("--section", metavar="NUMBER", help="of the Family Law Act 1996, for occupation-extension"),
            option("--extensions", metavar="N", help="how often it has been extended"),
            option("--surrender", metavar="TIMESTAMP", help="when somebody on bail is to surrender, for bail-arrest"),
            option("--stood-still", metavar="DAYS", help="days of bail that do not count"),
            option("--investigator", metavar="WHO", help="police, FCA, HMRC, NCA or SFO"),
            option("--group", metavar="N", help="2 or 3, for retention-review"),
            option(
                "--left-out",
                action="append",
                default=[],
                metavar="DAY/DAY",
                help="days in custody, in hospital or abroad; may be repeated",
            ),
            JSON,
        ),
        needs_django=False,
    ),
    Command(
        "audit",
        "is the log whole · seal what is new",
        "audit",
        (option("action", choices=("verify", "seal")), JSON),
        as_owner=True,
    ),
    Command(
        "user",
        "accounts: add, close, give or take a right or rank, post to an area or team, a new password, lost factors, unlink, list",
        "user",
        (
            option(
                "action",
                choices=(
                    "add",
                    "close",
                    "give",
                    "take",
                    "rank",
                    "post",
                    "unpost",
                    "password",
                    "reset-factors",
                    "unlink",
                    "list",
                ),
            ),
            option("username", nargs="?"),
            option("--name", help="the person's name, for add"),
            option("--right", action="append", default=[], help="a role or capability; may be repeated"),
            option(
                "--hand-to",
                metavar="USERNAME",
                help="for close and take: who takes over what is restricted to them alone",
            ),
            option("--rank", help="a police rank, such as superintendent, or none"),
            option("--area", metavar="CODE", help="the area, for post and unpost"),
            option("--team", metavar="CODE", help="a team of that area, for post and unpost"),
            option("--reason", default="", help="why, for all but add and list"),
            AS_USER,
            JSON,
        ),
        up_to={"list": "access"},
    ),
    Command(
        "area",
        "areas and teams: add, say where a station lies, how far a role reaches, list",
        "area",
        (
            option("action", choices=("add", "station", "reach", "list")),
            option("name", nargs="?", help="the area's code; the station's name; or the role"),
            option("--en", metavar="NAME", help="the English name, for add"),
            option("--cy", metavar="NAME", help="the Welsh name, for add"),
            option("--area", metavar="CODE", help="the area, for station"),
            option("--team", metavar="CODE", help="a team of the area: for station, or to add one to an area"),
            option("--reach", choices=("own", "team", "area", "force"), help="how far, for reach"),
            option("--reason", default="", help="why, for station and reach"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "risk-form",
        "forms of the force's own licensed risk tools: load a version from its file, list",
        "risk_form",
        (
            option("action", choices=("load", "list")),
            option("file", nargs="?", help="the form as JSON, for load"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "service-account",
        "accounts for unattended work: ask for one, let it work for a time, end it, list",
        "service_account",
        (
            option("action", choices=("create", "approve", "end", "list")),
            option("name", nargs="?", metavar="svc.NAME"),
            option("--owner", metavar="USER", help="who answers for it, for create"),
            option(
                "--machine-account", metavar="NAME", help="the machine's account that runs its commands, for create"
            ),
            option(
                "--work",
                action="append",
                default=[],
                help="what it may do, may be repeated: export, initiatives, intake, one kind of it as 'intake rms', link, "
                "measures, profile, reconcile, snapshot",
            ),
            option("--days", type=int, default=90, help="how long an approval holds, at most 90"),
            option("--reason", default="", help="what it is for, or why"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "keys",
        "the key ring: list it, add a key, rotate to the newest while the register is in use, retire an old one",
        "keys",
        (
            option("action", choices=("list", "add", "rotate", "retire")),
            option("key", nargs="?", metavar="KEY", help="the key's id, for retire"),
            option(
                "--kind",
                choices=("values", "index"),
                default="values",
                help="the key that protects values, or the one that makes the tokens they are found by",
            ),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "person",
        "find somebody, however they are spelt · their complete breach history · say that two are one person, or that one is"
        " two, and take it back",
        "person",
        (
            option("action", choices=("search", "history", "merge", "split")),
            option(
                "text",
                nargs="+",
                metavar="TEXT",
                help="for search: a name, a date of birth or a number; for history: the person, such as P-10001;"
                " for merge and split: two records as SOURCE/KEY or"
                " persons such as P-10001, or the pair such as L-10001 with --undo and --agree",
            ),
            option("--reason", default="", help="for merge and split: why; whoever looks at it next reads it"),
            option("--undo", action="store_true", help="take back what was said of the two"),
            option("--agree", choices=("yes", "no"), help="a second opinion on what somebody else said of the two"),
            option(
                "--as-known",
                metavar="INSTANT",
                help="for history: as it was known at an instant such as 2026-11-24T09:00, or at the end of a day",
            ),
            AS_USER,
            JSON,
        ),
        of_actions={"history": "person_history", "merge": "person_decide", "split": "person_decide"},
        up_to={"history": "intake"},
    ),
    Command(
        "boundaries",
        "whose each kind of record is, under which law and with whom it is shared; a draft arrangement with one partner",
        "boundaries",
        (
            option(
                "--partner",
                choices=("commissioner", "victim-service"),
                help="a draft arrangement with them, as Markdown",
            ),
            option("--language", choices=("en", "cy"), default="en", help="the arrangement's language"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "rights",
        "a person's request about their own data: recorded, with its days, what an answer may hold and what is withheld",
        "rights",
        (
            option("action", choices=("access", "rectify", "restrict")),
            option("ref", metavar="REF", help="whose, such as P-10001: recorded anew; or a request, such as RR-10001"),
            option("--received", metavar="DATE", help="the day on which it was received; default: today"),
            option("--words", default="", help="who asks, how they are reached and what for; kept encrypted"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "orders",
        "the register of orders · what falls due of them and when · what will in the coming weeks, and how far such forecasts"
        " were off · the one-page card of a live order as PDF",
        "orders_register",
        (
            option("action", choices=("list", "due", "forecast", "card")),
            option("--error", action="store_true", help="for forecast: how far earlier ones would have been off"),
            option(
                "--cut-off", metavar="DAY", help="for forecast --error: the first day; default: every four weeks back"
            ),
            option("reference", nargs="?", metavar="REF", help="the order, such as O-10001, for card"),
            option(
                "--out", metavar="FILE", help="where to write the card; default: the order's reference with .pdf, here"
            ),
            option("--for", dest="words", metavar="WORDS", help="what the card is for, in 10 characters or more"),
            option("--recipient", help="who will receive it: a post or a team"),
            option("--organisation", help="of which organisation; default: the force"),
            option("--lang", choices=("en", "cy"), default="en", help="the language of the card"),
            AS_USER,
            JSON,
        ),
        of_actions={"card": "orders_card", "due": "orders_due", "forecast": "orders_forecast"},
        up_to={"list": "orders", "due": "orders"},
    ),
    Command(
        "victims",
        "the gap between safe and felt safe: safety work done, told and felt, withdrawals, and who does not answer",
        "victims_gap",
        (
            option("action", choices=("gap",)),
            option("--from", dest="first", metavar="DAY", help="the first day; default: 365 days before the last"),
            option("--to", dest="last", metavar="DAY", help="the last day; default: today"),
            option("--by", choices=SPLITS, default="whole", help="split each figure by this"),
            option("--public", action="store_true", help="as anybody may read it: small counts hidden, others rounded"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "link",
        "which records are one person: the register's own · why two are or are not · how right the model is on any tables",
        "link_run",
        (
            option("action", choices=("run", "explain", "evaluate")),
            option(
                "left",
                nargs="?",
                metavar="LEFT",
                help="for explain: a record as SOURCE/KEY, a person such as P-10001, or a pair such as L-10001;"
                " for evaluate: a table of persons as CSV or Parquet",
            ),
            option(
                "right",
                nargs="?",
                metavar="RIGHT",
                help="for explain: another record or person; for evaluate: another table, to link the first with",
            ),
            option("--mapping", metavar="FILE", help="for evaluate: TOML that says which column holds what"),
            option("--truth", metavar="COLUMN", help="for evaluate: the column that is equal for one person"),
            option(
                "--threshold",
                type=float,
                metavar="T",
                help="for evaluate: from which probability records are linked, up from 0.5",
            ),
            option("--out", metavar="FILE", help="for evaluate: where to write each record with its person, as CSV"),
            option(
                "--engine", metavar="E", help="duckdb, spark or spark://host:port; default: CRAFFU_ENGINE, or duckdb"
            ),
            option("--learn", action="store_true", help="for run: learn a model anew, though the one in use fits"),
            option(
                "--plain", action="store_true", help="for evaluate: measure plain Splink beside it, in the same run"
            ),
            JSON,
            AS_USER,
        ),
        of_actions={"evaluate": "link_evaluate", "explain": "link_explain"},
        plain_actions=frozenset({"evaluate"}),
    ),
    Command(
        "score",
        "in which order people are reviewed, and why: whom the force scores · everybody of them · events handed in as data ·"
        " by which scheme · how right the order would have been · how far it hangs on each constant · what is published of it ·"
        " how far it is used, by place and week",
        "score",
        (
            option(
                "action", choices=("run", "population", "adopt", "events", "backtest", "sensitivity", "record", "use")
            ),
            option("file", nargs="?", metavar="FILE.json", help="for events: the events of one person"),
            option("--language", default="en", metavar="L", help="for record: en or cy"),
            option("--capacity", type=int, default=50, metavar="K", help="for backtest: how many a team can look at"),
            option("--resamples", type=int, default=2000, metavar="B", help="for backtest: draws for each interval"),
            option(
                "--scheme",
                metavar="NAME",
                help="RFGV-B, V100, POINTS, or the force's own as a TOML file; default: the one in use",
            ),
            option(
                "--weights", metavar="FILE", help="the force's own weights, lines of code,days; default: those in use"
            ),
            option("--reason", metavar="WORDS", help="for adopt: why the force puts people in order by this scheme"),
            option(
                "--top",
                type=int,
                default=100,
                metavar="K",
                help="how many come first, and whoever ties",
            ),
            option("--engine", metavar="E", help="for run: duckdb, spark or spark://host:port"),
            option("--name", help="for population: its name"),
            option("--from", dest="begins", metavar="DAY", help="for population: from which day it holds"),
            option("--necessity", metavar="REF", help="for population: the assessment that it is necessary"),
            option("--assessed", metavar="DAY", help="for population: when that was made"),
            AS_USER,
            JSON,
        ),
        of_actions={
            "events": "score_events",
            "backtest": "score_backtest",
            "sensitivity": "score_sensitivity",
            "record": "score_record",
            "use": "score_use",
        },
        plain_actions=frozenset({"events"}),
    ),
    Command(
        "snapshot",
        "the dated, hashed, read-only files that measures are worked out from",
        "snapshot",
        (option("action", choices=("build", "list")), AS_USER, JSON),
    ),
    Command(
        "measures",
        "what each measure is · what it comes to, over the snapshot that stands",
        "measures",
        (
            option("action", choices=("list", "run")),
            option("measures", nargs="*", metavar="ID", help="for run: measures such as MET13; default: all of them"),
            option("--from", dest="first", metavar="DAY", help="the first day; default: a year before the last"),
            option("--to", dest="last", metavar="DAY", help="the last day, included; default: the day of --as-of"),
            option("--as-of", metavar="DAY", help="as known at the end of this day; default: as the snapshot knows"),
            option("--by", metavar="DIM", help="split each figure by this: order_type, area or risk"),
            option("--engine", metavar="E", help="duckdb, spark or spark://host:port"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "initiatives",
        "what the force does otherwise from a day on · their measures counted before and after",
        "initiatives",
        (
            option("action", choices=("list", "measure")),
            option("ref", nargs="?", metavar="REF", help="for measure: one of them, such as IN-10001; default: all"),
            option("--engine", metavar="E", help="duckdb, spark or spark://host:port"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "export",
        "figures with a Power BI model, the rows of the snapshot, or a feed of what anybody may read, as files",
        "export",
        (
            option("name", choices=("measures", "snapshot", "feed")),
            option("--out", required=True, metavar="DIR", help="a folder that is empty, or holds an earlier export"),
            option("--told-to", metavar="WHOM", help="measures: internal or public, to tell less than you may see"),
            option("--recipient", metavar="WHO", help="who will have them; default: the force's own analysts"),
            option("--reason", metavar="WORDS", help="feed: why these figures are published"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "foi",
        "orders by year and age, reports, breaches and arrests, as anybody may read them",
        "foi",
        (
            option("action", choices=("orders",)),
            option("--by", metavar="DIMS", default="year", help="year or year,age; default: year"),
            option(
                "--from",
                dest="first",
                type=int,
                metavar="YEAR",
                help="the first calendar year; default: of five",
            ),
            option(
                "--to",
                dest="last",
                type=int,
                metavar="YEAR",
                help="the last calendar year; default: that of the snapshot",
            ),
            option("--pool", type=int, metavar="N", help="so many years told together, and none by itself"),
            option(
                "--exact", metavar="KINDS", help="the kinds of order, as SPO,ISPO, of which each year is told exactly"
            ),
            option("--reason", metavar="TEXT", help="of exact totals: why they are published exactly"),
            option("--engine", metavar="E", help="duckdb, spark or spark://host:port"),
            AS_USER,
            JSON,
        ),
    ),
    Command(
        "evaluate",
        "how right any table of scores was, and whom it failed more often",
        "evaluate",
        (
            option("table", metavar="FILE", help="CSV or Parquet, one row for each person"),
            option("--score", required=True, metavar="COLUMN", help="the score, a number"),
            option("--outcome", required=True, metavar="COLUMN", help="what became of them: 1 or 0, yes or no"),
            option("--group", metavar="COLUMN", help="by which groups its errors are compared"),
            option(
                "--threshold",
                type=float,
                metavar="X",
                help="from which score somebody is picked out; default: the one that as many have as had the outcome",
            ),
            JSON,
        ),
        needs_django=False,
    ),
    Command(
        "sample",
        "a dip sample that anybody can draw again · how far reviewers agree · how many cases say how much",
        "sample",
        (
            option("action", choices=("draw", "agreement", "size")),
            option(
                "file",
                nargs="?",
                metavar="FILE",
                help="for draw: the frame, CSV or Parquet, one row for each case; for agreement: what reviewers answered",
            ),
            option("--ref", metavar="COLUMN", help="for draw: the reference of each case"),
            option("--seed", metavar="S", help="for draw: words from somebody who has not seen the frame"),
            option("--size", type=int, metavar="N", help="for draw: how many; default: the size advised"),
            option("--strata", metavar="COLUMN", help="for draw: the stratum of each case"),
            option(
                "--allocation",
                choices=("proportional", "neyman"),
                default="proportional",
                help="for draw: how the sample is shared among strata",
            ),
            option(
                "--share",
                action="append",
                default=[],
                metavar="NAME=P",
                help="for neyman: the share that an earlier round found in a stratum; may be given again",
            ),
            option("--min", type=int, default=10, metavar="N", help="for draw: the fewest of each stratum"),
            option(
                "--replacements", type=int, default=10, metavar="N", help="for draw: how many to name who come next"
            ),
            option("--population", type=int, metavar="N", help="for size: how many cases there are"),
            option("--expected", type=float, default=0.5, metavar="P", help="for size: the share that is expected"),
            option("--within", type=float, default=0.1, metavar="E", help="to within how much a share is to be shown"),
            option(
                "--answers",
                metavar="A,B",
                help="for agreement: the answers there are; default: those given",
            ),
            option("--ordered", action="store_true", help="for agreement: --answers are in their order"),
            JSON,
        ),
        needs_django=False,
        of_actions={"agreement": "sample_agreement"},
    ),
    Command(
        "report",
        "the report of a deep dive · every claim of it worked out again from its own snapshot",
        "report",
        (
            option("action", choices=("build", "check")),
            option("review", metavar="REVIEW", help="a deep dive, such as DD-10001"),
            option("--format", choices=("html", "pdf", "docx"), default="html", help="for build: as what"),
            option("--lang", choices=("en", "cy"), default="en", help="for build: in which language"),
            option("--out", metavar="FILE", help="for build: the file to write"),
            option("--engine", metavar="E", help="for check: duckdb, spark or spark://host:port"),
            AS_USER,
            JSON,
        ),
        of_actions={"build": "report_build"},
    ),
    Command("search", "make the index of the search anew", "search", (option("action", choices=("rebuild",)), JSON)),
    Command("bench", "the benchmarks, every peer in the same run", "bench", (option("names", nargs="*"), JSON)),
)


def parser(asked: str = "") -> argparse.ArgumentParser:
    """Reads what was typed; where a command was asked for, of that one alone, as making it ready for all takes a while."""
    top = argparse.ArgumentParser(prog="craffu", description="Civil orders, breaches, identity and honest measures.")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in [one for one in COMMANDS if one.name == asked] or COMMANDS:
        sub = commands.add_parser(command.name, help=command.help, description=command.help)
        for opt in command.options:
            sub.add_argument(*opt.names, **opt.settings)  # type: ignore[arg-type]
        sub.set_defaults(chosen=command)
    return top


def not_carried_out(refusal: Refusal, how: str) -> NotCarriedOut:
    """What a command says of a refusal, and how it is typed: whoever may not do it at all is not told how."""
    return NotCarriedOut(refusal.message if _lacks_right(refusal) else f"{refusal.message} {how}")


def _lacks_right(fault: BaseException | None) -> bool:
    return isinstance(fault, Refusal) and fault.code == "right_not_held"


def _or_as_another(args: argparse.Namespace, fault: NotCarriedOut) -> str:
    """Of a right that the operating-system account lacks: whoever typed it may have an account that holds it."""
    is_nobody = not getattr(args, "as_user", True)
    return " If you have an account that may: --as USER." if is_nobody and _lacks_right(fault.__cause__) else ""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done; 1 done, but something was rejected, parked or failed a check; 2 not carried out."""
    typed = sys.argv[1:] if argv is None else argv
    args = parser(*typed[:1]).parse_args(typed)
    command: Command = args.chosen
    try:
        if command.needs(args):
            _start_django(as_owner=command.as_owner, up_to=command.up_to.get(getattr(args, "action", ""), ""))
        run = importlib.import_module(f"craffu.config.commands.{command.module_of(args)}").run
        return int(run(args))
    except NotCarriedOut as fault:
        print(f"craffu {command.name}: {fault}{_or_as_another(args, fault)}", file=sys.stderr)
        return NOT_CARRIED_OUT
    except ModuleNotFoundError as fault:
        if (fault.name or "craffu").partition(".")[0] == "craffu":
            raise
        print(
            f"craffu {command.name}: {fault.name} is not installed, which this needs: run bin/setup.", file=sys.stderr
        )
        return NOT_CARRIED_OUT
    except KeyboardInterrupt:
        print(f"craffu {command.name}: stopped. What was finished is kept; run it again to go on.", file=sys.stderr)
        return NOT_CARRIED_OUT
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except Exception as fault:
        if not _is_full(fault):
            raise
        print(
            f"craffu {command.name}: the disk is full, or fails. What was finished is kept, and nothing is half done: make room"
            " and run it again.",
            file=sys.stderr,
        )
        return NOT_CARRIED_OUT


def _is_full(fault: Exception) -> bool:
    """Asked of a fault alone, because what knows it loads Django."""
    from craffu.common.storing import cannot_store

    return cannot_store(fault)


def _start_django(*, as_owner: bool, up_to: str = "") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "craffu.config.settings")
    os.environ["CRAFFU_AS_OWNER"] = "1" if as_owner else ""
    os.environ["CRAFFU_UP_TO"] = up_to
    import django
    from django.core.exceptions import ImproperlyConfigured

    # What is loaded here is never rubbish. Looking through it, now and when the command ends, takes longer than many a command.
    gc.disable()
    try:
        django.setup()
    except ImproperlyConfigured as fault:
        raise NotCarriedOut(str(fault)) from fault
    finally:
        gc.freeze()
        gc.enable()
        # What it starts says for itself what it needs.
        del os.environ["CRAFFU_AS_OWNER"], os.environ["CRAFFU_UP_TO"]


if __name__ == "__main__":
    # Under its own name, so that a refusal raised by a command is the class this module catches.
    sys.exit(importlib.import_module("craffu.config.cli").main())
