"""Kinds of event and actors: declared once, worded in the reader's language, text and no keys."""

import pytest
from django.utils.translation import gettext_lazy as _

from craffu.audit.actors import Actor
from craffu.audit.events import AUDIT_READ, KINDS, kind
from craffu.audit.rules import Verb
from craffu.common.fates import OnErasure

YES = kind("unit_yes", Verb.CONSULTATION, _("Yes"), on_erasure=OnErasure.ERASE)


def test_a_kind_is_declared_once() -> None:
    assert KINDS["unit_yes"] is YES
    assert KINDS["audit_read"] is AUDIT_READ
    with pytest.raises(ValueError, match="declared twice"):
        kind("unit_yes", Verb.CONSULTATION, "Yes again")


def test_a_kind_is_worded_in_the_language_asked_for() -> None:
    assert (YES.in_language("en"), YES.in_language("cy")) == ("Yes", "Ie")


def test_an_actor_without_a_force_that_can_be_one_is_refused() -> None:
    with pytest.raises(ValueError, match="not the code of a force"):
        Actor("u1", "analyst", "../heads")
