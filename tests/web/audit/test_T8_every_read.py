"""T8: every page that shows a person or a case, found by following links, against what the log says of each view.

The role matrix looks at one address of each kind; this walks all that a role can reach, pages of long lists and answers
of the log too.
"""

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client

from craffu.access.roles import ROLE_KEYS
from craffu.audit.models import Event
from craffu.audit.questions import acts
from craffu.audit.rules import Verb
from tests.factories.court_messages import court_message
from tests.factories.stories import bail_story, held_back
from tests.web.audit.conftest import Ask
from tests.web.conftest import TakeIn
from tests.web.test_role_matrix import KINDS, references_in

# Addresses differ in sort by what the product has to show. If they differed by what is in it, a walk would never end.
MOST_SORTS = 600
# Pages for anybody, whose references are invented.
PUBLIC = ("/help", "/accessibility", "/privacy", "/gallery")
# A picture is part of a page that was logged.
PART_OF_A_PAGE = re.compile(r"/profiles/charts?/")


@pytest.fixture
def filled(take_in_files: TakeIn) -> None:
    take_in_files(bail_story())
    take_in_files(held_back())
    # More people and cases than one page of a list holds.
    take_in_files({f"{n}.xml": court_message(ptiurn=f"63AA{n:07}", family_name=f"EXAMPLE{n}") for n in range(1, 54)})


def links(path: str, body: str) -> Iterator[str]:
    for href in re.findall(r'<a\b[^>]*?href="([^"#]*)', body):
        to = urlsplit(urljoin(path, html.unescape(href)))
        if not to.netloc and not to.path.removeprefix("/cy").startswith(PUBLIC):
            yield f"{to.path}?{to.query}" if to.query else to.path


def sort_of(path: str) -> str:
    """Addresses that differ in their figures alone are of one sort."""
    return re.sub(r"\d+", "0", path)


def logged(after: int) -> list[Event]:
    return list(Event.objects.filter(id__gt=after).order_by("id"))


def newest() -> int:
    return Event.objects.order_by("-id").values_list("id", flat=True).first() or 0


def refs_of(rows: list[Event]) -> set[str]:
    return {ref for act in acts(rows) for ref in act.refs if ref.partition("/")[0] in KINDS.values()}


def walk(client: Client, of_each: int) -> Iterator[tuple[str, Any, list[Event]]]:
    """Pages by following links until so many of each sort were opened: however many sorts there are, none is left out."""
    waiting, seen = ["/"], {"/"}
    opened: Counter[str] = Counter()
    while waiting:
        path = waiting.pop(0)
        if opened[sort_of(path)] == of_each:
            continue
        opened[sort_of(path)] += 1
        assert len(opened) <= MOST_SORTS, path
        last = newest()
        answer = client.get(path)
        yield path, answer, logged(last)
        if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
            found = [to for to in dict.fromkeys(links(path, answer.content.decode())) if to not in seen]
            seen.update(found)
            waiting += found


@pytest.mark.deep
@pytest.mark.rule("SEC-04")
@pytest.mark.slow
@pytest.mark.parametrize("of_each", [1, 8])
def test_T8_every_page_that_a_role_can_reach_logs_what_it_shows_once(
    of_each: int, filled: None, signed_in_client: Callable[..., Client]
) -> None:
    faults, showing = [], set()
    for role in ROLE_KEYS:
        for path, answer, rows in walk(signed_in_client(role), of_each):
            if answer.status_code != 200 or PART_OF_A_PAGE.search(path):
                continue
            shown = references_in(answer.content.decode())
            showing |= {sort_of(path)} if shown else set()
            if len(rows) > 1:
                faults.append(f"{role} {path}: {len(rows)} rows")
            if shown and [row.verb for row in rows] != [Verb.CONSULTATION]:
                faults.append(f"{role} {path}: shows {len(shown)} records and logs {[row.verb for row in rows]}")
            if refs_of(rows) != shown:
                faults.append(f"{role} {path}: not the same: {sorted(refs_of(rows) ^ shown)[:5]}")
    assert faults == []
    wanted = {"/", "/people", "/people?page=0", "/people/P-0", "/cases", "/cases?page=0", "/cases/C-0", "/intake/"}
    wanted |= {"/intake/runs/R-0", "/intake/held/H-0", "/cases/C-0/risk/assess", "/people/P-0/breaches/new"}
    assert wanted | {f"/cy{path}" for path in wanted if path != "/"} | {"/cy/"} <= showing


@pytest.mark.rule("SEC-04")
def test_T8_an_answer_of_the_log_logs_what_it_shows_once(
    filled: None, ask: Ask, auditor: Client, signed_in_client: Callable[..., Client]
) -> None:
    reader = signed_in_client("investigator", username="dc.evans")
    for path in ("/people", "/people?page=2", "/cases", "/people/P-10001"):
        assert reader.get(path).status_code == 200
    last = newest()
    answers = [ask("seen", person="dc.evans"), ask("who", record="P-10001"), ask("search", record="C-10001")]
    rows = [row for row in logged(last) if row.verb == Verb.CONSULTATION]
    assert len(rows) == len(answers)
    for answer, row in zip(answers, rows, strict=True):
        shown = references_in(answer.content.decode())
        assert shown == refs_of([row])
        assert shown
    path = answers[0].redirect_chain[-1][0]
    for again in (path, f"/cy{path}", f"{path}?page=2"):
        last = newest()
        shown = references_in(auditor.get(again).content.decode())
        rows = logged(last)
        assert len(rows) == 1
        assert refs_of(rows) == shown
