"""`craffu rules run`: puts every question of a rule case file to the product's own rules and compares the answers.

So a force's lawyer, an auditor or a test checks a rule without reading code. It decides nothing; `rule_ops` maps names.
"""

import json
from argparse import Namespace
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from craffu.clocks.london import local_text, utc_text
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.rule_ops import OPS

# Numbers in a case file are rounded to four decimals, percentage changes to two.
_TOLERANCE: Final = 0.00006
_TOLERANCES: Final = {"msr.change": 0.006}


@dataclass(frozen=True, slots=True)
class Case:
    """One worked case: its rule, the question with its inputs, and the whole answer expected."""

    id: str
    rule: str
    op: str
    given: Mapping[str, Any]
    expect: Mapping[str, Any]


@dataclass(slots=True)
class Result:
    """How the cases went; a case whose question is unknown has neither passed nor failed."""

    cases: int = 0
    passed: int = 0
    failed: list[dict[str, Any]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        return {
            "cases": self.cases,
            "passed": self.passed,
            "failed": self.failed,
            "unknown_ops": sorted(set(self.unknown)),
        }


def run(args: Namespace) -> int:
    """Run the cases of `args.cases`, of `args.groups` only if given (a group such as INT, or a rule such as CLK-01).

    0: every case passed; 1: one failed or its question is not known. Raises NotCarriedOut where the file or a group
    cannot be used.
    """
    result = check(select(read(Path(args.cases)), args.groups))
    answer = result.as_dict()
    print(json.dumps(answer, ensure_ascii=False) if args.json else _text(answer, len(result.unknown)))
    return DONE if result.passed == result.cases else SOMETHING_AMISS


def read(path: Path) -> list[Case]:
    """Read a case file. Raises NotCarriedOut where it is not one."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotCarriedOut(f"{path} cannot be read ({error.strerror}): name a rule case file in JSON") from error
    except ValueError as error:
        raise NotCarriedOut(f"{path} is not JSON in UTF-8 ({error}): name a rule case file") from error
    listed = content.get("cases") if isinstance(content, dict) else None
    if not isinstance(listed, list) or not listed:
        raise NotCarriedOut(f'{path} has no list of "cases": name a rule case file')
    return [_case(entry, number, path) for number, entry in enumerate(listed, start=1)]


def select(cases: list[Case], groups: list[str] | None) -> list[Case]:
    """The cases of some groups or rules, or all. Raises NotCarriedOut for one that no case of the file belongs to."""
    if groups is None:
        return cases
    wanted = {group.strip().upper() for group in groups}
    known = {case.rule for case in cases} | {_group(case) for case in cases}
    if not wanted or not wanted <= known:
        names = ", ".join(sorted(wanted - known)) or "nothing"
        raise NotCarriedOut(
            f"no case belongs to {names}: choose from {', '.join(sorted({_group(case) for case in cases}))}"
        )
    return [case for case in cases if case.rule in wanted or _group(case) in wanted]


def check(cases: Iterable[Case]) -> Result:
    """Ask every question and compare the answers."""
    result = Result()
    for case in cases:
        result.cases += 1
        if case.op not in OPS:
            result.unknown.append(case.op)
            continue
        got = ask(case)
        if same(got, case.expect, _TOLERANCES.get(case.op, _TOLERANCE)):
            result.passed += 1
        else:
            result.failed.append({"id": case.id, "got": got, "expect": case.expect})
    return result


def ask(case: Case) -> Any:
    """The product's answer to a case as the file would write it; a question it refuses is answered with the refusal."""
    try:
        return written(OPS[case.op](case.given))
    # A case may ask anything at all: whatever a rule does not bear is this case's failure, never the command's.
    except Exception as error:
        return {"error": getattr(error, "code", f"{type(error).__name__}: {error}")}


def written(value: Any, name: str = "") -> Any:
    """An answer as a case file writes it: days in ISO, instants with London's offset, those named utc with Z."""
    if isinstance(value, Mapping):
        return {key: written(item, key) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [written(item) for item in value]
    if isinstance(value, datetime):
        return utc_text(value) if name == "utc" or name.endswith("_utc") else local_text(value)
    return value.isoformat() if isinstance(value, date) else value


def same(got: Any, expect: Any, tolerance: float = _TOLERANCE) -> bool:
    """Whether an answer is the whole answer expected: numbers within the tolerance, and null the same as left out."""
    if isinstance(got, Mapping) and isinstance(expect, Mapping):
        return all(same(got.get(name), expect.get(name), tolerance) for name in got.keys() | expect.keys())
    if isinstance(got, list) and isinstance(expect, list):
        return len(got) == len(expect) and all(same(*pair, tolerance) for pair in zip(got, expect, strict=True))
    if _is_number(got) and _is_number(expect):
        return bool(abs(got - expect) <= tolerance)
    return isinstance(got, bool) == isinstance(expect, bool) and bool(got == expect)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _group(case: Case) -> str:
    return case.rule.partition("-")[0]


def _case(entry: Any, number: int, path: Path) -> Case:
    try:
        given = {name: value for name, value in entry["given"].items() if name != "op"}
        case = Case(str(entry["id"]), str(entry["rule"]), str(entry["given"]["op"]), given, entry["expect"])
    except (KeyError, TypeError, AttributeError) as error:
        raise NotCarriedOut(f"case {number} of {path} lacks its id, rule, given.op or expect: mend the file") from error
    if not isinstance(case.expect, Mapping):
        raise NotCarriedOut(f"case {number} of {path} expects no names: mend the file")
    return case


def _text(answer: dict[str, Any], unknown: int) -> str:
    lines = []
    for failure in answer["failed"]:
        lines.append(f"{failure['id']} failed")
        lines += [f"  {label:<7}{json.dumps(failure[label], ensure_ascii=False)}" for label in ("got", "expect")]
    if answer["unknown_ops"]:
        lines.append(f"Questions not known here ({unknown} cases): {', '.join(answer['unknown_ops'])}")
    lines.append(f"{answer['passed']} of {answer['cases']} cases passed, {len(answer['failed'])} failed")
    return "\n".join(lines)
