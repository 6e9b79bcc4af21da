"""A receiver is told that a record changed: signed, once for its number, tried again, never elsewhere (SEC-01, SEC-04; ADR 94).

What is asked is a real server on this machine, with a certificate that an authority of ours vouches for.
"""

import datetime as days
import hashlib
import hmac
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from craffu.access.acting import Acting, acting_system
from craffu.access.actions import change_right
from craffu.access.markings import COVERT
from craffu.access.models import Force, User
from craffu.access.permissions import check_can_keep_webhooks
from craffu.access.policies import FactorNotFresh
from craffu.access.queries import acting_user
from craffu.access.restricted.actions import restrict
from craffu.access.tokens.actions import approve_token, ask_for_token, end_token
from craffu.access.tokens.models import ApiToken
from craffu.access.webhooks.actions import (
    TAKEN_FOR,
    approve_webhook,
    begin_webhook_again,
    end_webhook,
    note_what_came,
    set_up_webhook,
    take,
)
from craffu.access.webhooks.models import Webhook, WebhookDelivery
from craffu.access.webhooks.rules import MOST_TRIES, WAITS, Delivery, Standing
from craffu.audit.models import Event
from craffu.breaches.topics import BREACHES
from craffu.cases.topics import CASES
from craffu.common import clock
from craffu.common.door import bookkeeping
from craffu.common.refusals import NotNow, NotPermitted, Refusal
from craffu.daily.ticking import follow
from craffu.daily.webhooks import may_reach, send_webhooks
from craffu.messages import calling
from craffu.orders.models import Order
from craffu.orders.topics import ORDERS
from craffu.outbox.actions import tell
from tests.factories.breaches import reported_of
from tests.roles import as_owner

pytestmark = [pytest.mark.django_db, pytest.mark.rule("SEC-01"), pytest.mark.postgres_in_deep]
ABOUT = ["order.changed"]


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it is sent and answers as it is told to."""

    got: list[tuple[dict[str, str], bytes]]
    answers: int
    waits: float
    leads_to: str

    def do_POST(self) -> None:
        type(self).got.append((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        if self.waits:
            for _ in range(int(self.waits * 20)):
                time.sleep(0.05)
                self.wfile.write(b"H")
            return
        self.send_response(type(self).answers)
        if type(self).leads_to:
            self.send_header("Location", type(self).leads_to)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_said: Any) -> None:
        pass


def certificate(folder: Path) -> Path:
    """A certificate of this machine, which vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "receiver")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    at = days.datetime.now(days.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(at - timedelta(days=400))
        .not_valid_after(at + timedelta(days=4000)).add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / "receiver.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(made.public_bytes(serialization.Encoding.PEM) + secret)
    return path


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("receiver"))


@pytest.fixture
def there(pem: Path, settings: Any) -> Iterator[type[Receiver]]:
    kind = type("Here", (Receiver,), {"got": [], "answers": 200, "waits": 0.0, "leads_to": ""})
    server = ThreadingHTTPServer(("127.0.0.1", 0), kind)
    server.handle_error = lambda *_said: None  # type: ignore[method-assign]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    kind.address = f"https://localhost:{server.server_port}/told"  # type: ignore[attr-defined]
    settings.CRAFFU_WEBHOOK_CA = str(pem)
    settings.CRAFFU_WEBHOOK_NETWORKS = "127.0.0.0/8,::1/128"
    yield kind
    server.shutdown()
    server.server_close()


@pytest.fixture
def people(make_user: Callable[..., User], made: Order) -> tuple[Acting, Acting, Acting]:
    """Whoever owns the token, and two who look after accounts."""
    return (
        acting_user(make_user("orders_team", username="owner"), factor_at=clock.now()),
        acting_user(make_user("administrator", username="admin"), factor_at=clock.now()),
        acting_user(make_user("administrator", username="boss"), factor_at=clock.now()),
    )


@pytest.fixture
def token(people: tuple[Acting, Acting, Acting]) -> ApiToken:
    row, _secret = ask_for_token(by=people[0], purpose="Screens", scopes=["orders.read"], days=30)
    return approve_token(by=people[1], reference=row.reference, reason="Agreed with the control room")


@pytest.fixture
def hook(people: tuple[Acting, Acting, Acting], token: ApiToken, there: type[Receiver]) -> Webhook:
    row, secret = set_up_webhook(
        by=people[1], purpose="Screens", address=there.address, about=ABOUT, token=token.reference  # type: ignore[attr-defined]
    )  # fmt: skip
    found = approve_webhook(by=people[2], reference=row.reference, reason="Agreed with the control room")
    there.secret = secret  # type: ignore[attr-defined]
    return found


@bookkeeping
def changed(order: Order) -> None:
    tell(force=order.force.code, topic=ORDERS, subjects=[order.pk], at=clock.now())


def told_of(order: Order) -> None:
    changed(order)
    follow(force=order.force)


def logged(kind: str) -> list[dict[str, Any]]:
    return [json.loads(one.payload) for one in Event.objects.filter(kind=kind).order_by("id")]


@pytest.mark.rule("SEC-04")
def test_it_is_told_once_signed_with_a_number_and_nothing_of_the_record(
    hook: Webhook, made: Order, there: type[Receiver]
) -> None:
    told_of(made)
    told_of(made)
    assert WebhookDelivery.objects.count() == 1, "what waits already tells it too"
    assert send_webhooks(force=made.force) == (1, 0)
    assert send_webhooks(force=made.force) == (0, 0)
    ((head, body),) = there.got
    said = json.loads(body)
    assert (said["event"], said["reference"]) == ("order.changed", made.reference)
    assert set(said) == {"id", "event", "reference", "at"}
    assert head["Craffu-Delivery"] == said["id"] == WebhookDelivery.objects.get().number
    time_said, _, signed = head["Craffu-Signature"].partition(",v1=")
    expected = hmac.new(
        there.secret.encode(),  # type: ignore[attr-defined]
        time_said.removeprefix("t=").encode() + b"." + body,
        hashlib.sha256,
    ).hexdigest()
    assert signed == expected
    (row,) = logged("webhook_told")
    assert (row["recipient"], sorted(row["refs"])) == (
        hook.reference,
        [f"order/{made.reference}", f"webhook/{hook.reference}"],
    )
    assert there.secret not in json.dumps(list(Event.objects.values_list("payload", flat=True)))  # type: ignore[attr-defined]
    told_of(made)
    assert send_webhooks(force=made.force) == (1, 0), "what changed afterwards is news"


def test_it_is_tried_again_under_its_number_and_stopped_when_nobody_answers(
    hook: Webhook, made: Order, there: type[Receiver], people: tuple[Acting, Acting, Acting]
) -> None:
    there.answers = 503
    told_of(made)
    at = clock.now()
    assert send_webhooks(force=made.force, now=at) == (0, 1)
    assert send_webhooks(force=made.force, now=at + WAITS[0] - timedelta(seconds=1)) == (0, 0), "not yet"
    for wait in WAITS:
        at += wait
        assert send_webhooks(force=made.force, now=at) == (0, 1)
    assert len(there.got) == MOST_TRIES
    assert len({head["Craffu-Delivery"] for head, _ in there.got}) == 1
    assert len({head["Craffu-Signature"] for head, _ in there.got}) == MOST_TRIES, "each is signed with its own time"
    row = WebhookDelivery.objects.get()
    assert (row.status, row.tries, row.answer) == (Delivery.FAILED, MOST_TRIES, "status_503")
    assert [one["reason"] for one in logged("webhook_stopped")] == ["status_503"]
    assert len(logged("webhook_not_told")) == MOST_TRIES
    told_of(made)
    assert WebhookDelivery.objects.count() == 1, "one that was stopped is told of nothing"
    with pytest.raises(NotNow):
        approve_webhook(by=people[2], reference=hook.reference, reason="Agreed once more")
    begin_webhook_again(by=people[1], reference=hook.reference, reason="The receiver was mended")
    with pytest.raises(NotNow):
        begin_webhook_again(by=people[1], reference=hook.reference, reason="The receiver was mended")
    there.answers = 204
    told_of(made)
    assert send_webhooks(force=made.force) == (1, 0)


def test_a_redirect_is_not_followed(hook: Webhook, made: Order, there: type[Receiver]) -> None:
    there.answers, there.leads_to = 307, f"{there.address}/elsewhere"  # type: ignore[attr-defined]
    told_of(made)
    assert send_webhooks(force=made.force) == (0, 1)
    assert len(there.got) == 1
    assert WebhookDelivery.objects.get().answer == "status_307"


def test_whoever_answers_a_byte_at_a_time_is_cut_off(there: type[Receiver], pem: Path) -> None:
    there.waits = 20.0
    began = time.monotonic()
    answer = calling.post(there.address, b"{}", {}, may_reach=may_reach, ca=pem, seconds=0.4)  # type: ignore[attr-defined]
    assert answer == calling.Answer(None, "too_slow")
    assert time.monotonic() - began < 10.0


def test_so_is_whoever_shakes_hands_a_byte_at_a_time() -> None:
    """Each byte comes in time; a record of TLS may be sixteen thousand of them."""
    ended = threading.Event()

    def drips() -> None:
        asked, _where = listening.accept()
        with asked, suppress(OSError):
            asked.recv(4096)
            asked.sendall(b"\x16\x03\x03\x3f\xff")
            while not ended.wait(0.05):
                asked.sendall(b"\x02")

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=drips, daemon=True).start()
        # What would hang for ever is let go, so that a failure is seen.
        threading.Timer(15.0, ended.set).start()
        began = time.monotonic()
        answer = calling.post(
            f"https://127.0.0.1:{listening.getsockname()[1]}/", b"{}", {}, may_reach=lambda _where: True, seconds=0.4
        )
        ended.set()
    assert answer == calling.Answer(None, "too_slow")
    assert time.monotonic() - began < 10.0


@pytest.mark.parametrize(
    "host", ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.0.0.1", "169.254.169.254"]
)
def test_an_address_of_this_network_is_refused_whatever_it_is_called(
    host: str, hook: Webhook, made: Order, there: type[Receiver], settings: Any
) -> None:
    """At the moment it is asked, since what a name stands for can change after somebody approved it."""
    port = there.address.rpartition(":")[2]  # type: ignore[attr-defined]
    with_host = Webhook.objects.filter(pk=hook.pk)
    _put_address(with_host, f"https://{host}:{port}")
    settings.CRAFFU_WEBHOOK_NETWORKS = ""
    told_of(made)
    assert send_webhooks(force=made.force) == (0, 1)
    assert there.got == []
    assert WebhookDelivery.objects.get().answer == "address_not_allowed"


@bookkeeping
def _put_address(rows: Any, address: str) -> None:
    rows.update(address=address)


def test_a_name_that_stands_for_a_public_and_a_private_address_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    several = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, 443)) for one in ("51.140.0.1", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: several)
    assert calling.post("https://a.example.org/", b"", {}, may_reach=may_reach).why == "address_not_allowed"


def test_the_address_that_was_looked_at_is_asked_with_the_certificate_of_the_name(
    there: type[Receiver], pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASVS 1.3.6: a name that means something else a moment later leads nowhere, and no other name is vouched for."""
    port, looked_up = int(there.address.rpartition(":")[2].partition("/")[0]), socket.getaddrinfo  # type: ignore[attr-defined]
    meant: dict[str, list[str]] = {}

    def means(host: Any, *rest: Any, **more: Any) -> Any:
        return looked_up(meant[host].pop(0) if host in meant else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", means)
    for name, answer in (
        ("localhost", calling.Answer(200)),
        ("receiver.example.org", calling.Answer(None, "certificate_refused")),
    ):
        # Nobody listens at the second.
        meant[name] = ["127.0.0.1", "127.0.0.2"]
        assert calling.post(f"https://{name}:{port}/", b"{}", {}, may_reach="127.0.0.1".__eq__, ca=pem) == answer
        assert meant[name] == ["127.0.0.2"], "a name is looked up once"
    assert len(there.got) == 1


def test_a_certificate_that_nobody_vouches_for_is_refused(there: type[Receiver], pem: Path) -> None:
    answer = calling.post(there.address, b"{}", {}, may_reach=may_reach)  # type: ignore[attr-defined]
    assert answer.why == "certificate_refused"
    port = there.address.rpartition(":")[2].partition("/")[0]  # type: ignore[attr-defined]
    assert calling.post(f"https://[::1]:{port}/", b"{}", {}, may_reach=may_reach, ca=pem).why == "no_answer", (
        "not there"
    )
    assert calling.post(f"https://127.0.0.1:{port}/", b"{}", {}, may_reach=may_reach, ca=pem).status == 200
    assert there.got[0][0]["Host"] == f"127.0.0.1:{port}"


def test_it_is_told_of_nothing_that_its_token_does_not_open(
    hook: Webhook,
    made: Order,
    there: type[Receiver],
    people: tuple[Acting, Acting, Acting],
    make_user: Callable[..., User],
) -> None:
    assert made.case is not None
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test")
    told_of(made)
    assert WebhookDelivery.objects.count() == 0, "that there is one is not told either"
    end_token(by=people[0], reference=hook.token.reference)
    told_of(made)
    assert (send_webhooks(force=made.force), there.got) == ((0, 0), [])


EVERY = ["breach.changed", "case.changed", "order.changed"]


def test_it_is_told_of_what_it_chose_and_of_that_what_whoever_owns_its_token_may_see(
    people: tuple[Acting, Acting, Acting],
    there: type[Receiver],
    made: Order,
    make_user: Callable[..., User],
) -> None:
    owner, admin, boss = people
    assert made.case is not None
    breach = reported_of(owner, made)
    scopes = ["orders.read", "breaches.read", "cases.read"]
    row, _secret = ask_for_token(by=owner, purpose="Screens", scopes=scopes, days=30)
    approve_token(by=admin, reference=row.reference, reason="Agreed with the control room")
    secrets = {}
    for purpose, about in (("all", EVERY), ("orders", ABOUT)):
        kept, secrets[purpose] = set_up_webhook(
            by=admin, purpose=purpose, address=there.address, about=about, token=row.reference  # type: ignore[attr-defined]
        )  # fmt: skip
        approve_webhook(by=boss, reference=kept.reference, reason="Agreed with the control room")
    assert secrets["all"] != secrets["orders"], "each its own"

    def told() -> set[tuple[str, str]]:
        for topic, subject in ((ORDERS, made.pk), (BREACHES, breach.pk), (CASES, made.case_id)):
            bookkeeping(tell)(force=made.force.code, topic=topic, subjects=[subject], at=clock.now())
        follow(force=made.force)
        rows = WebhookDelivery.objects.all()
        found = set(rows.values_list("webhook__purpose", "about"))
        bookkeeping(rows.delete)()
        return found

    order, case = f"order/{made.reference}", f"case/{made.case.reference}"
    assert told() == {("orders", order), *(("all", one) for one in (order, f"breach/{breach.reference}", case))}
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test")
    assert told() == set(), "what is restricted from them is told of by nothing"


def test_a_telling_of_a_closed_account_or_of_another_force_is_not_sent(
    hook: Webhook,
    made: Order,
    there: type[Receiver],
    people: tuple[Acting, Acting, Acting],
    other_force: Force,
) -> None:
    told_of(made)
    with as_owner():
        assert send_webhooks(force=other_force) == (0, 0)
    assert WebhookDelivery.objects.get().status == Delivery.WAITS
    # The token itself still stands: it is the account that does not.
    assert people[0].user is not None
    bookkeeping(User.objects.filter(pk=people[0].user.pk).update)(is_active=False)
    assert (send_webhooks(force=made.force), there.got) == ((0, 0), [])
    assert WebhookDelivery.objects.get().status == Delivery.DROPPED
    told_of(made)
    assert WebhookDelivery.objects.count() == 1


def test_nothing_is_read_by_the_token_of_another_force(
    people: tuple[Acting, Acting, Acting], there: type[Receiver], make_user: Callable[..., User], other_force: Force
) -> None:
    with as_owner():
        owner, admin = (make_user(right, force=other_force) for right in ("orders_team", "administrator"))
        theirs, by = (acting_user(one, factor_at=clock.now()) for one in (owner, admin))
        row, _secret = ask_for_token(by=theirs, purpose="Screens", scopes=["orders.read"], days=30)
        approve_token(by=by, reference=row.reference, reason="Agreed with the control room")
        with pytest.raises(NotPermitted) as refused:
            set_up_webhook(
                by=people[1], purpose="Screens", address=there.address, about=ABOUT, token=row.reference  # type: ignore[attr-defined]
            )  # fmt: skip
    assert refused.value.code == "no_such_record"


def test_what_changed_after_a_try_is_news_and_is_dropped_with_a_webhook_that_is_stopped(
    hook: Webhook, made: Order, there: type[Receiver], people: tuple[Acting, Acting, Acting]
) -> None:
    there.answers, at = 503, clock.now()
    told_of(made)
    assert send_webhooks(force=made.force, now=at) == (0, 1)
    told_of(made)
    first, second = WebhookDelivery.objects.order_by("id")
    # The one is at its last try, the other waits for longer than that.
    _put(first, tries=MOST_TRIES - 1, next_at=at)
    _put(second, next_at=at + timedelta(days=5))
    assert send_webhooks(force=made.force, now=at) == (0, 1)
    there.answers = 200
    begin_webhook_again(by=people[1], reference=hook.reference, reason="The receiver was mended")
    assert send_webhooks(force=made.force, now=at + timedelta(days=6)) == (0, 0), "told of what changes from now on"
    states = WebhookDelivery.objects.order_by("id").values_list("status", flat=True)
    assert list(states) == [Delivery.FAILED, Delivery.DROPPED]


@bookkeeping
def _put(row: WebhookDelivery, **said: Any) -> None:
    WebhookDelivery.objects.filter(pk=row.pk).update(**said)


def test_what_waits_is_dropped_with_its_webhook(
    hook: Webhook, made: Order, there: type[Receiver], people: tuple[Acting, Acting, Acting]
) -> None:
    told_of(made)
    end_token(by=people[0], reference=hook.token.reference)
    assert (send_webhooks(force=made.force), there.got) == ((0, 0), [])
    assert WebhookDelivery.objects.get().status == Delivery.DROPPED
    end_webhook(by=people[1], reference=hook.reference)
    with pytest.raises(NotNow):
        end_webhook(by=people[1], reference=hook.reference)
    assert send_webhooks(force=made.force, now=clock.now() + timedelta(days=31)) == (0, 0)
    assert WebhookDelivery.objects.count() == 0, "what was over is kept for thirty days"


def test_who_sets_one_up_and_who_approves_it(
    people: tuple[Acting, Acting, Acting],
    token: ApiToken,
    there: type[Receiver],
    make_user: Callable[..., User],
    settings: Any,
) -> None:
    owner, admin, boss = people
    address = there.address  # type: ignore[attr-defined]

    def sets_up(by: Acting = admin, **other: Any) -> Webhook:
        said = {"purpose": "Screens", "address": address, "about": ABOUT, "token": token.reference} | other
        return set_up_webhook(by=by, **said)[0]

    for wrong, code in (
        ({"address": "http://localhost/"}, "address_not_https"),
        ({"address": "https://10.0.0.1/"}, "address_not_allowed"),
        ({"about": []}, "event_unknown"),
        ({"about": ["person.changed"]}, "event_unknown"),
        ({"about": ["breach.changed"]}, "token_lacks_scope"),
        ({"token": "AT-99999"}, "no_such_record"),
    ):
        with pytest.raises(Refusal) as refused:
            sets_up(**wrong)
        assert refused.value.code == code
    with pytest.raises(NotPermitted):
        sets_up(by=owner)
    with pytest.raises(FactorNotFresh):
        sets_up(by=acting_user(boss.user))  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        check_can_keep_webhooks(acting_user(make_user("auditor", username="ann")))
    row = sets_up()
    with pytest.raises(NotPermitted):
        approve_webhook(by=admin, reference=row.reference, reason="Agreed with the control room")
    with pytest.raises(FactorNotFresh):
        approve_webhook(by=acting_user(boss.user), reference=row.reference, reason="Agreed with the control room")  # type: ignore[arg-type]
    # Between asking and approving the force no longer names the network in which it lies.
    settings.CRAFFU_WEBHOOK_NETWORKS = ""
    _put_address(Webhook.objects.filter(pk=row.pk), "https://127.0.0.1/told")
    with pytest.raises(Refusal) as refused:
        approve_webhook(by=boss, reference=row.reference, reason="Agreed with the control room")
    assert refused.value.code == "address_not_allowed"
    assert Webhook.objects.get(pk=row.pk).approved_at is None
    end_token(by=owner, reference=token.reference)
    with pytest.raises(Refusal) as refused:
        sets_up()
    assert refused.value.code == "token_not_working"


def test_what_is_under_way_is_taken_up_by_another_once_whoever_took_it_has_been_silent(
    hook: Webhook, made: Order
) -> None:
    told_of(made)
    by, now = acting_system(made.force, "webhooks"), clock.now()
    first = take(by=by, now=now, passed=set())
    assert first is not None
    assert take(by=by, now=now + TAKEN_FOR - timedelta(seconds=1), passed=set()) is None, "two would tell it at once"
    again = take(by=by, now=now + TAKEN_FOR, passed=set())
    assert again is not None
    assert (again.pk, again.number, again.tries) == (first.pk, first.number, 2)


def test_what_another_took_is_passed_over_and_what_is_over_is_told_of_once(
    hook: Webhook, made: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    told_of(made)
    by, now = acting_system(made.force, "webhooks"), clock.now()

    def another_takes_it(found: Webhook, at: Any) -> Standing:
        WebhookDelivery.objects.filter(webhook=found).update(status=Delivery.UNDER_WAY, changed_at=at)
        return Standing.WORKS

    monkeypatch.setattr("craffu.access.webhooks.actions.standing_of", another_takes_it)
    assert take(by=by, now=now, passed=set()) is None
    row = WebhookDelivery.objects.get()
    assert (row.status, row.tries) == (Delivery.UNDER_WAY, 0)
    assert note_what_came(by=by, row=row, status=200, answer="status_200", now=now) is Delivery.ARRIVED
    logged = Event.objects.count()
    # Whoever was slow comes back with another answer.
    assert note_what_came(by=by, row=row, status=500, answer="status_500", now=now) is Delivery.ARRIVED
    assert (WebhookDelivery.objects.get().status, Event.objects.count()) == (Delivery.ARRIVED, logged)


def test_what_waits_is_not_told_once_its_reader_may_not_know_of_it(
    hook: Webhook, made: Order, there: type[Receiver], make_user: Callable[..., User]
) -> None:
    """A receiver was away; meanwhile the case was made covert."""
    there.answers = 503
    told_of(made)
    at = clock.now()
    assert send_webhooks(force=made.force, now=at) == (0, 1)
    keeper = acting_user(make_user("supervisor", username="keeper"))
    restrict(by=keeper, kind="case", reference=made.case.reference, reason="a test", marking=COVERT)
    there.answers = 200
    send_webhooks(force=made.force, now=at + WAITS[0])
    assert len(there.got) == 1


def test_what_waits_is_not_told_once_its_owner_has_lost_the_role(
    hook: Webhook, made: Order, there: type[Receiver], people: tuple[Acting, Acting, Acting], system: Acting
) -> None:
    there.answers = 503
    told_of(made)
    at = clock.now()
    assert send_webhooks(force=made.force, now=at) == (0, 1)
    change_right(by=system, user=people[0].user, right="analyst", held=True, reason="Moved")
    change_right(by=system, user=people[0].user, right="orders_team", held=False, reason="Moved")
    there.answers = 200
    send_webhooks(force=made.force, now=at + WAITS[0])
    assert len(there.got) == 1
