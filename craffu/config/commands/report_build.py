"""`craffu report build`: the report of a deep dive as a web page, as PDF or for Word, in English or Welsh (P34).

What was published is written as it was published; before that, as it would be now for whoever works in it. For whoever may check
its claims they are worked out again beside it, and it ends with 1 where one does not come out; others are told nothing of that.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

from craffu.access.acting import Acting
from craffu.audit.actions import record_consultation
from craffu.common import clock
from craffu.common.refusals import Refusal, allows
from craffu.config.cli import DONE, SOMETHING_AMISS, NotCarriedOut
from craffu.config.commands.database import acting
from craffu.config.commands.report import lines_of, told_of
from craffu.engines.choice import UnknownEngine, engine_named
from craffu.engines.memory import NotEnoughMemory
from craffu.engines.spark import NoSpark
from craffu.measures.permissions import check_can_build
from craffu.scrutiny.claiming.recomputing import check
from craffu.scrutiny.deep_dives import events
from craffu.scrutiny.deep_dives.permissions import check_can_read_report, check_can_work
from craffu.scrutiny.deep_dives.queries import Dive, find_dive
from craffu.scrutiny.publishing.facts import Text
from craffu.scrutiny.publishing.queries import hash_of
from craffu.web.deep_dives.presenters import dive_title
from craffu.web.deep_dives.reading import for_word, paper_of, text_for
from craffu.web.papers.printing import press


def run(args: argparse.Namespace) -> int:
    by = acting(args.as_user, "report")
    if not args.out:
        raise NotCarriedOut("Say where to write it: --out report.pdf")
    try:
        if not allows(check_can_work, by):
            check_can_read_report(by)
        one = find_dive(by, args.review)
        if one is None:
            raise NotCarriedOut(f"There is no deep dive {args.review}: its page in the site says its reference.")
        text = text_for(by, one)
        if not text:
            raise NotCarriedOut(f"No draft of {args.review} has been sent to the force yet.")
        checked = _checked(by, one, args.engine)
        file = _written(Path(args.out), _content(one, text, args.format, args.lang))
        _log(by, args.review)
    except Refusal as refusal:
        raise NotCarriedOut(refusal.message) from refusal
    except (NoSpark, NotEnoughMemory, UnknownEngine) as fault:
        raise NotCarriedOut(str(fault)) from fault
    told = {
        **checked,
        "format": args.format,
        "language": args.lang,
        "file": str(file),
        "sha256": hash_of(text),
    }
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        print(f"{file}: {args.format}, {args.lang}, SHA-256 of the text {told['sha256']}")
        for line in lines_of(told) if told["claims"] is not None else ():
            print(line)
    return SOMETHING_AMISS if told["failed"] else DONE


def _checked(by: Acting, dive: Dive, engine: str | None) -> dict[str, Any]:
    if not allows(check_can_build, by):
        return {"review": dive.row.reference, **dict.fromkeys(("claims", "traced", "reproduced", "failed", "not_open"))}
    return told_of(dive.row.reference, check(by, dive, engine_named(engine, os.environ), clock.now()))


def _content(one: Dive, text: Text, form: str, language: str) -> bytes:
    with override(language):
        if form in {"pdf", "docx"}:
            paper = paper_of(one, text, language)
            return press(paper) if form == "pdf" else for_word(paper)
        page = {"language": language, "title": dive_title(one), "blocks": text[language], "sha256": hash_of(text)}
        return render_to_string("deep_dives/alone.html", page).encode()


def _written(file: Path, content: bytes) -> Path:
    try:
        file.write_bytes(content)
    except OSError as fault:
        raise NotCarriedOut(f"{file} cannot be written ({fault.strerror}): give another --out.") from fault
    return file


def _log(by: Acting, reference: str) -> None:
    record_consultation(kind=events.DIVE_VIEWED, actor=by.actor, refs=[f"deep_dive/{reference}"], request=by.request)
