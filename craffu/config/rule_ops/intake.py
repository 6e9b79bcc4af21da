"""What a run of intake does with its rows, as a case file asks of them."""

from dataclasses import asdict

from craffu.clocks import london
from craffu.config.rule_ops.asking import Answer, Given, Op
from craffu.intake import plain
from craffu.intake import rules as intake


def int_run(given: Given) -> Answer:
    run = intake.run_rows(plain.plain_rows(given["rows"]), plain.plain_held(given.get("held")))
    tally = run.as_dict()
    return {
        "received": tally["received"],
        "created": tally["created"],
        "updated": tally["updated"],
        "unchanged": tally["unchanged"],
        "parked": tally["parked"],
        "rejected": tally["rejected"],
        "reconciled": tally["reconciled"],
        "reject_file": tally["reject_file"],
        "exit": tally["exit"],
    }


def int_provenance(given: Given) -> Answer:
    return asdict(intake.check_provenance(given["record"]))


def int_file(given: Given) -> Answer:
    outcome = intake.file_outcome(given["problem"], given["good_rows"])
    return {"refused_whole": outcome.refused_whole, "exit": outcome.exit, "rows_stored": outcome.rows_stored}


def int_expected(given: Given) -> Answer:
    return asdict(intake.reconcile(given["expected"], given["received"]))


def int_source_state(given: Given) -> Answer:
    return asdict(intake.source_shown(given["state"], london.day_or_none(given.get("last_good")), given["count"]))


OPS: dict[str, Op] = {
    "int.run": int_run,
    "int.provenance": int_provenance,
    "int.file": int_file,
    "int.expected": int_expected,
    "int.source_state": int_source_state,
}
