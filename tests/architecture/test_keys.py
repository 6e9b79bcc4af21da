"""A key can be replaced only if everything made with it is known: each token kept is made again, or is known to end (SEC-06)."""

import ast
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps

from craffu.common.rewrapping import encrypted_fields, protected_models
from craffu.config.commands.keys import BLIND_INDEXES, END_BY_THEMSELVES
from tests.architecture.source import Source, of_craffu, of_text

MAKES_TOKENS = {"token", "tokens", "tokens_of_all_keys"}
# What a contact's kind is the purpose of is made in one module and remade by one index.
REMADE = {
    "craffu/people/tokens.py": "people.recordedcontact",
    "craffu/people/actions.py": "people.recordedcontact",
    "craffu/intake/court_results/tokens.py": "people.sourcerecord",
}


def declared(models: Iterable[Any]) -> set[tuple[str, str]]:
    return {(model._meta.label_lower, name) for model in models for name in getattr(model, "blind_indexes", ())}


def tokens_nobody_remakes(source: Source) -> Iterator[str]:
    if source.path.startswith("craffu/config/bench/"):
        # It measures, in a database that is thrown away.
        return
    for call, _names in source.calls:
        if not (isinstance(call.func, ast.Attribute) and call.func.attr in MAKES_TOKENS and len(call.args) == 2):
            continue
        purpose = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
        if source.path not in REMADE and purpose not in END_BY_THEMSELVES:
            yield source.at(call, f"a token of {purpose or 'an unknown purpose'} that no change of keys makes again")


def test_every_blind_index_is_made_again_when_its_key_changes() -> None:
    remade = {(index.model._meta.label_lower, index.column) for index in BLIND_INDEXES}
    assert declared(apps.get_models()) == remade
    assert set(REMADE.values()) == {label for label, _ in remade}


def test_every_token_is_made_again_or_ends_by_itself() -> None:
    assert [fault for source in of_craffu() for fault in tokens_nobody_remakes(source)] == []


def test_every_encrypted_column_is_walked() -> None:
    fields = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if type(field).__name__ == "EncryptedTextField"
    }
    walked = {
        (model._meta.label_lower, field.name) for model in protected_models() for field in encrypted_fields(model)
    }
    assert fields == walked
    assert len(walked) > 10


@pytest.mark.parametrize("bad", ["keyring.ring().token('new purpose', text)", "ring.tokens_of_all_keys(kind, text)"])
def test_a_token_of_a_new_purpose_is_found(bad: str) -> None:
    assert list(tokens_nobody_remakes(of_text(bad)))
    assert list(tokens_nobody_remakes(of_text("keyring.ring().token('session', key)"))) == []
