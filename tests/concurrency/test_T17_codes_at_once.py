"""T17: of many that bring the same code, recovery code or passkey counter at the same instant, one is let in."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from craffu.access.acting import acting_system
from craffu.access.actions import create_user, set_up_force
from craffu.access.factors import actions, codes
from craffu.access.factors.models import Purpose
from craffu.access.factors.passkeys import Site, WrongAnswer
from craffu.access.factors.rules import Proof, step_at
from craffu.access.models import User
from craffu.access.queries import acting_user
from craffu.access.sessions.actions import begin_session
from craffu.access.sessions.models import SignInSession
from craffu.audit.models import Event
from craffu.common import clock
from tests.factories.authenticator import Authenticator
from tests.worlds import force_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.rule("SEC-03"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("owner_of_the_tables"),
]
THREADS = 8
HERE = Site("testserver", "http://testserver")


def at_once(act: Callable[[], bool]) -> int:
    """How many of several threads that do the same at one instant succeed."""
    together, answers, faults = threading.Barrier(THREADS), [], []

    def run() -> None:
        try:
            together.wait(30)
            answers.append(act())
        except Exception as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert faults == []
    return sum(answers)


@pytest.fixture
def sam(transactional_db: None) -> tuple[User, SignInSession]:
    force = set_up_force(**force_of("demo"))
    user = create_user(by=acting_system(force, "test"), username="sam", name="Sam")
    return user, begin_session(user=user, key="a", proof=Proof.PASSWORD)


def test_T17_a_code_or_a_challenge_that_many_bring_at_one_instant_lets_one_in(
    sam: tuple[User, SignInSession],
) -> None:
    user, session = sam
    by, now = acting_user(user), clock.now()
    secret = codes.new_secret()
    actions.add_app(by=by, session=session, secret=secret, step=0, key="a", new_key="b")
    session.refresh_from_db()
    code = codes.code_of(secret, step_at(now))
    assert at_once(lambda: actions.use_app_code(user=user, code=code, now=now)) == 1

    paper = actions.make_recovery_codes(by=by, session=session)[0]
    assert at_once(lambda: actions.use_recovery_code(user=user, code=paper, request="r")) == 1
    assert Event.objects.filter(kind="recovery_code_used").count() == 1

    device = Authenticator()
    challenge = actions.ask_passkey(user=user, key="b", purpose=Purpose.REGISTER)
    shown = actions.new_passkey(user=user, site=HERE, key="b", answer=device.make(challenge))
    actions.add_passkey(by=by, session=session, shown=shown, name="laptop", key="b", new_key="c")
    answer = device.sign(actions.ask_passkey(user=user, key="c", purpose=Purpose.SIGN_IN))

    def signs_in() -> bool:
        try:
            actions.use_passkey(user=user, site=HERE, key="c", purpose=Purpose.SIGN_IN, answer=answer)
        except WrongAnswer:
            return False
        return True

    assert at_once(signs_in) == 1
