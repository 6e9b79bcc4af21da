"""One long script of operations, run in a process of its own: takes in, amends, parks, releases, and renders every page.

Prints the digest of the register and the text of each page, so that two databases can be compared (T40). The clock is frozen and
chance is seeded, so nothing but the database differs between two runs.
"""

import json
import random
import sys
from datetime import UTC, datetime
from pathlib import Path

import django
import time_machine

from tests.markup import settled

NOW = datetime(2026, 1, 14, 10, 30, tzinfo=UTC)
DUMMY = "0800NP0100000000001H"
NAMES = ("EVANS", "Siân-Lloyd", "ŴYN", "O'BRIEN", "example")
GIVEN = ("Dewi", "Ieuan", "Ifan", "Llŷr", "Mair")


def messages(count: int) -> list[bytes]:
    from tests.factories.court_messages import court_message, offence, result  # after Django's set-up

    chance = random.Random(count)  # noqa: S311  # the same script twice, not a secret
    made = []
    for number in range(count):
        who = chance.randrange(max(count // 4, 1))
        asn = DUMMY if who % 9 == 0 else f"2563AA01000{who:08}K"
        charges = [
            offence(sequence=f"{place:03}", results=[result(text=f"Result {chance.randrange(5)}")])
            for place in range(1, chance.randrange(2, 5))
        ]
        made.append(
            court_message(
                ptiurn=f"63AA{chance.randrange(max(count // 6, 1)):07}" if number % 31 else "XXXXXXXXX",
                asn=asn,
                given_names=(GIVEN[who % 5],),
                family_name=NAMES[who % len(NAMES)] if chance.random() > 0.05 else NAMES[0],
                birth_date=None if who % 7 == 0 and chance.random() > 0.5 else f"19{60 + who % 40}-03-0{1 + who % 9}",
                hearing_date=f"2025-0{1 + chance.randrange(9)}-1{chance.randrange(9)}",
                offences=charges,
            )
        )
    return made


def operate(folder: Path, count: int) -> dict[str, object]:
    from craffu.access.acting import acting_system
    from craffu.access.actions import change_right, create_user
    from craffu.access.queries import acting_user, home_force
    from craffu.access.sessions.actions import accept_terms
    from craffu.intake.queries import open_rows
    from craffu.intake.releasing import release
    from craffu.intake.running import take_in

    system = acting_system(home_force(), "parity")
    users = {}
    for right in ("analyst", "investigator"):
        users[right] = create_user(by=system, username=right, name=right.title())
        change_right(by=system, user=users[right], right=right, held=True, reason="parity")
        accept_terms(by=system, user=users[right])
    for number, message in enumerate(messages(count)):
        batch = folder / f"{number // 50:04}"
        batch.mkdir(exist_ok=True)
        (batch / f"{number:06}.xml").write_bytes(message)
    operations = 0
    for batch in sorted(folder.iterdir()):
        operations += take_in(by=system, kind="court-results", paths=[batch]).run.received
    analyst = acting_user(users["analyst"])
    parked = list(open_rows(analyst, "parked"))
    for place, row in enumerate(parked):
        decision = ("other_person", "set_aside")[place % 2]
        operations += len(release(by=analyst, rows=[row], decision=decision, reason="parity"))
    return {"operations": operations, "parked": len(parked), "users": users}


def snapshot() -> dict[str, object]:
    """Two orders entered, one of them served, and everything that measures are worked out from written down."""
    from craffu.access.acting import acting_system
    from craffu.access.actions import change_right, create_user
    from craffu.access.queries import acting_user, home_force
    from craffu.access.sessions.actions import accept_terms
    from craffu.measures.snapshots.actions import build_snapshot
    from craffu.orders.facts import Given, NewCondition, NewTerms
    from craffu.orders.life.actions import Beginning, begin_order, move_order
    from craffu.orders.scanning.actions import scan_pack
    from craffu.people.models import SourceRecord

    system = acting_system(home_force(), "parity")
    user = create_user(by=system, username="orders", name="Orders")
    change_right(by=system, user=user, right="orders_team", held=True, reason="parity")
    accept_terms(by=system, user=user)
    by = acting_user(user)
    one, other = SourceRecord.objects.for_user(system).order_by("pk")[:2]
    words = NewTerms(
        (NewCondition("no_contact_direct", "Not to contact her", is_requirement=False),), has_no_locality=True
    )
    made = datetime(2025, 11, 3, 12, tzinfo=UTC)
    for number, (respondent, protected) in enumerate([(one, other), (other, one)]):
        given = Given(
            made_at=made, court="Llanelli", court_case_no=f"SPO {number}", source_record="sealed order", is_indefinite=True,
            terms=words,
        )  # fmt: skip
        beginning = Beginning(kind="SPO", respondent=respondent, protects=[protected])
        order = begin_order(by=by, beginning=beginning, move="receive", given=given)
        if number:
            scan_pack(by=by, order=order.reference, papers_looked_at=True)
            served = Given(served_at=made, place="court", method="personal", server="PC 44 Rees", proof="Statement")
            move_order(by=by, order=order.reference, move="serve", given=served)
    built = build_snapshot(by=system)
    return {"digest": built.digest, "rows": dict(built.numbers)}


def render(users: dict[str, object]) -> dict[str, str]:
    from django.test import Client

    from craffu.access.sessions.actions import begin_session
    from craffu.cases.models import Case
    from craffu.intake.models import Run
    from craffu.people.models import Person

    def references(model: type, **only: str) -> list[str]:
        rows = model.objects.for_system("parity").filter(**only)  # type: ignore[attr-defined]
        return list(rows.order_by("pk").values_list("reference", flat=True)[:40])

    wanted = {
        "investigator": ["/", "/people", "/cases"]
        + [f"/people/{reference}" for reference in references(Person)]
        + [f"/cases/{reference}" for reference in references(Case)],
        # The run that set the installation up was made at another time, and so is the list that shows it.
        "analyst": ["/", "/intake/new"] + [f"/intake/runs/{reference}" for reference in references(Run, by="parity")],
    }
    pages = {}
    for right, paths in wanted.items():
        client = Client()
        client.force_login(users[right])
        begin_session(user=users[right], key=client.session.session_key)
        for path in [*paths, *(f"/cy{path}" for path in paths)]:
            response = client.get(path)
            body = settled(response.content.decode())
            pages[f"{right} {path}"] = f"{response.status_code} {body}"
    return pages


def main(folder: str, count: str) -> None:
    with time_machine.travel(NOW, tick=False):
        django.setup()
        from craffu.config.commands.digest import register_digests

        done = operate(Path(folder), int(count))
        done["snapshot"] = snapshot()
        pages = render(done.pop("users"))  # type: ignore[arg-type]
        tables = register_digests()
    print(json.dumps({**done, "tables": tables, "pages": pages}))


if __name__ == "__main__":
    main(*sys.argv[1:])
