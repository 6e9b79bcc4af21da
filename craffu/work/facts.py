"""What a package answers when it is asked what is due: the one shape for the whole product (MON-04; page map, P01 and P03).

A package answers in its `due.py` with a `Source`; `daily` asks it, `work` keeps the answers, `web` shows them.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from craffu.access.acting import Acting
from craffu.work.rules import Consequence, How


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that somebody has to do, done or not.

    `kind` and `key` are what it is known by for ever: the key, unique for its kind within a force, is made of row numbers,
    references or instants that never change. What is planned anew is a new key: a due may be brought forward, never put back.
    `about` is the record it is about, as the log names it (`("case", "C-10001")`), and where its page lies; `of_case` is the
    reference of the case with which it is restricted and reached, empty where it stands in none; `cases` are all that it would
    betray, where they are more. `why` is a reason's key and
    `facts` plain values for its words; nothing in them identifies anybody. `raised_at` may lie ahead: it is raised then.
    It is late from `overdue_from` on, the exclusive end: `rules.after(due_at)` where the due instant itself is in time,
    the midnight that ends the day where it is due all day. `owner` is the row number of whose it is, None for nobody yet.
    `done_at` and `how` say that it is over, and come together.
    """

    kind: str
    key: str
    about: tuple[str, str]
    queue: str
    why: str
    what_if_not: Consequence
    raised_at: datetime
    due_at: datetime
    overdue_from: datetime
    of_case: str = ""
    cases: tuple[str, ...] = ()
    owner: int | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    done_at: datetime | None = None
    how: How | None = None

    def __post_init__(self) -> None:
        if self.overdue_from < self.due_at:
            raise ValueError(f"{self.kind} {self.key} would be late before it is due")
        if (self.done_at is None) is not (self.how is None):
            raise ValueError(f"{self.kind} {self.key} says when it was over or how, and not both")


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is or was due for one subject at an instant, and when the answer changes by itself, if it ever does.

    What was due and is done is answered too, for as long as the subject is answered for: what is answered no more, and was
    still open, counts as withdrawn. `wakes_at` need not name the instants of the dues themselves: work knows those.
    """

    dues: tuple[Due, ...] = ()
    wakes_at: datetime | None = None


type Every = Callable[[Acting], Iterable[str]]
type Named = Callable[[Acting, str, Collection[str]], Iterable[str]]
type Keeps = Callable[[Acting, Collection[str], datetime], None]
type Answers = Callable[[Acting, Collection[str], datetime], Mapping[str, Answer]]


@dataclass(frozen=True, slots=True)
class Source:
    """One package's answers. `key` is stored; a subject is whatever the package answers for, such as a case's row number.

    `topics` are those of the outbox it listens to, and `named(by, topic, subjects)` says which of its own subjects such news is
    about. `every(by)` are all its subjects, asked once for a force and whenever everything is asked again.
    `due(by, subjects, now)` answers for many at once, in a number of queries that does not grow with them, as things stand at
    `now` and never by the running clock; a subject it leaves out has nothing due. `by` is the system, who reads the whole force.
    `keep(by, subjects, now)`, where there is one, is called before each `due`, in the same transaction: there the package keeps
    what others' records tell it of these subjects, each thing once however often it is called.
    `rules` names for each kind that it may answer with the rule by which it is due; `whys` and `queues` are the other keys it may
    answer with. Pages have words for each.
    """

    key: str
    topics: frozenset[str]
    rules: Mapping[str, str]
    whys: frozenset[str]
    queues: frozenset[str]
    every: Every
    named: Named
    due: Answers
    keep: Keeps | None = None

    @property
    def kinds(self) -> frozenset[str]:
        return frozenset(self.rules)
