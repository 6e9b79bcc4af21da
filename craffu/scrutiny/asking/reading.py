"""The versions of the dip-sample form as they ship: files in English and Welsh that cannot be loaded half (requirements 4).

Pure. A file that leaves something out, or says what nobody reads, is refused with what to mend.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, Final

from craffu.published.definitions import Words
from craffu.scrutiny.asking.form import Condition, Form, Named, Question, Section
from craffu.scrutiny.asking.kinds import By, Level, Scale

FOLDER: Final = "dip_sample_forms"
_WORDS: Final = frozenset({"en", "cy"})
_QUESTION: Final = _WORDS | {
    "id", "section", "level", "scales", "serves", "by", "always_known", "may_be_empty", "only_if", "codes", "times",
    "counts",
}  # fmt: skip
_KINDS: Final[Mapping[type, str]] = {
    str: "text",
    int: "a whole number",
    bool: "true or false",
    date: "a day such as 2026-11-29",
    list: "a list",
    dict: "a table of names and values",
}


class FormFault(ValueError):
    """A file of the form does not say what it must; the message names the file and what to mend."""


def read(text: str, name: str) -> Form:
    """The form a file describes. Raises FormFault."""
    try:
        return _form(tomllib.loads(text))
    except ValueError as fault:
        raise FormFault(f"{FOLDER}/{name}: {fault}") from fault


def _form(said: Mapping[str, Any]) -> Form:
    _only(said, {"version", "since", "answers", "sections", "questions"}, "the file")
    answers = _typed(said, "answers", dict, "the file")
    return Form(
        version=_typed(said, "version", int, "the file"),
        since=_typed(said, "since", date, "the file"),
        answers={scale: _words_of(answers, scale) for scale in answers},
        sections=tuple(_section(one) for one in _typed(said, "sections", list, "the file")),
        questions=tuple(_question(one) for one in _typed(said, "questions", list, "the file")),
    )


def _words_of(answers: Mapping[str, Any], scale: str) -> tuple[Named, ...]:
    where = f"answers.{scale}"
    said = _typed(answers, scale, dict, "answers")
    made = []
    for key in said:
        words = _typed(said, key, dict, where)
        _only(words, _WORDS, f"{where}.{key}")
        made.append(Named(key, _words(words, f"{where}.{key}")))
    return tuple(made)


def _section(said: Any) -> Section:
    _only(said, _WORDS | {"key", "only_if"}, "sections")
    key = _filled(said, "key", "sections")
    where = f"section {key}"
    return Section(key, _words(said, where), _each(said, "only_if", _condition, where))


def _question(said: Any) -> Question:
    _only(said, _QUESTION, "questions")
    where = _filled(said, "id", "questions")
    return Question(
        id=where,
        section=_filled(said, "section", where),
        level=_one_of(said, "level", Level, where),
        scales=tuple(_one_of({"scales": one}, "scales", Scale, where) for one in _typed(said, "scales", list, where)),
        serves=_texts(said, "serves", where),
        words=_words(said, where),
        by=_one_of(said, "by", By, where) if "by" in said else By.REVIEWER,
        always_known="always_known" in said and _typed(said, "always_known", bool, where),
        may_be_empty="may_be_empty" in said and _typed(said, "may_be_empty", bool, where),
        only_if=_each(said, "only_if", _condition, where),
        codes=_each(said, "codes", _named, where),
        times=_each(said, "times", _named, where),
        counts=_each(said, "counts", _named, where),
    )


def _each[T](said: Mapping[str, Any], name: str, make: Callable[[Any, str], T], where: str) -> tuple[T, ...]:
    if name not in said:
        return ()
    return tuple(make(one, f"{where}.{name}") for one in _typed(said, name, list, where))


def _condition(said: Any, where: str) -> Condition:
    _only(said, {"question", "answers"}, where)
    return Condition(_filled(said, "question", where), frozenset(_texts(said, "answers", where)))


def _named(said: Any, where: str) -> Named:
    _only(said, _WORDS | {"key"}, where)
    return Named(_filled(said, "key", where), _words(said, where))


def _words(said: Mapping[str, Any], where: str) -> Words:
    return Words(_filled(said, "en", where), _filled(said, "cy", where))


def _texts(said: Mapping[str, Any], name: str, where: str) -> tuple[str, ...]:
    return tuple(_filled({name: one}, name, where) for one in _typed(said, name, list, where))


def _filled(said: Mapping[str, Any], name: str, where: str) -> str:
    value: str = _typed(said, name, str, where)
    if not value.strip():
        raise ValueError(f"{name} of {where} is empty: write it")
    return value


def _typed(said: Mapping[str, Any], name: str, kind: type, where: str) -> Any:
    if name not in said:
        raise ValueError(f"{name} of {where} is missing: write it")
    if type(said[name]) is not kind:
        raise ValueError(f"{name} of {where} must be {_KINDS[kind]}, and is {said[name]!r}")
    return said[name]


def _one_of[E: StrEnum](said: Mapping[str, Any], name: str, kind: type[E], where: str) -> E:
    value = _filled(said, name, where)
    if value not in list(kind):
        raise ValueError(f"{name} of {where} must be one of {', '.join(kind)}, and is {value}")
    return kind(value)


def _only(said: Any, known: Iterable[str], where: str) -> None:
    if not isinstance(said, dict):
        raise ValueError(f"{where} must be a table of names and values, and is {said!r}")
    strange = sorted(said.keys() - set(known))
    if strange:
        raise ValueError(f"nobody reads {', '.join(strange)} of {where}: take it out or mend its name")


def gathered(held: Iterable[tuple[str, Form]]) -> Mapping[int, Form]:
    """Each version of the form by its number. Raises FormFault where a file has another name, or a version is missing."""
    found: dict[int, Form] = {}
    for name, one in sorted(held, key=lambda each: each[1].version):
        if name != f"dip_sample_{one.version}.toml":
            raise FormFault(f"{FOLDER}/{name}: it holds version {one.version}: name it dip_sample_{one.version}.toml")
        if one.version != len(found) + 1:
            raise FormFault(f"{FOLDER}/{name}: version {len(found) + 1} is missing: no version is ever dropped")
        if found and one.since <= found[one.version - 1].since:
            raise FormFault(f"{FOLDER}/{name}: since must be after that of version {one.version - 1}")
        found[one.version] = one
    return found


@cache
def shipped() -> Mapping[int, Form]:
    """Every version of the form, by its number."""
    folder = files("craffu.scrutiny.asking").joinpath(FOLDER)
    texts = [(one.name, one.read_text(encoding="utf-8")) for one in folder.iterdir() if one.name.endswith(".toml")]
    return gathered((name, read(text, name)) for name, text in texts)


def form_on(day: date) -> Form:
    """By which version a sample begun on a day is asked. Raises KeyError before the first."""
    held = [one for one in shipped().values() if one.since <= day]
    if not held:
        raise KeyError(f"the form begins on {shipped()[1].since}")
    return held[-1]
