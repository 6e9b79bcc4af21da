"""The one door to Spark. A session is made once in a process, on this machine unless a cluster is named."""

import atexit
import logging
import os
import shutil
import sys
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

# A table is worked on in as many parts as it needs, and on one machine no more than keep it busy.
_PARTS = "2"
_RECORDS_IN_A_PART = 50_000
_QUIET: Final = ("py4j", "pyspark")


class NoSpark(RuntimeError):
    """The engine asked for is not on this machine."""


def parts_for(records: int) -> int:
    return max(int(_PARTS), -(-records // _RECORDS_IN_A_PART))


def session(address: str, records: int) -> Any:
    """A session. It listens to this machine alone and shows no pages.

    Raises NoSpark where pyspark is not installed: it is in `requirements/spark.txt` alone.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError as fault:
        raise NoSpark("Spark is not installed here: install requirements/spark.txt, or take --engine duckdb") from fault
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    if not address:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings: dict[str, Any] = {
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": _PARTS,
        "spark.default.parallelism": _PARTS,
        # Joins by a dozen rules are compiled once for one use: interpreted they are done sooner, but for the largest tables.
        "spark.sql.codegen.wholeStage": "false",
        "spark.driver.memory": "4g",
        "spark.log.level": "ERROR",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.ui.showConsoleProgress": "false",
    }
    if not address:
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    builder = SparkSession.builder.master(address or f"local[{len(os.sched_getaffinity(0))}]").appName("craffu")
    for name, value in settings.items():
        builder = builder.config(name, value)
    made = builder.getOrCreate()
    made.conf.set("spark.sql.shuffle.partitions", str(parts_for(records)))
    made.sparkContext.setCheckpointDir(str(_scratch()))
    return made


_TABLES: Final = count(1)
_KINDS: Final = {"string": "string", "int64": "bigint", "double": "double", "bool": "boolean"}


def frame(session: Any, table: pa.Table) -> Any:
    """A table as Spark holds it. On one machine it is read from a file, part by part: handed over whole it stands in every plan
    that is made over it, and a hundred thousand records fill the memory.
    """
    if session.sparkContext.master.startswith("local"):
        path = _scratch() / f"table-{next(_TABLES)}.parquet"
        pq.write_table(table, path, row_group_size=_RECORDS_IN_A_PART)
        return session.read.parquet(str(path))
    schema = ", ".join(f"{field.name} {_KINDS.get(str(field.type), 'array<string>')}" for field in table.schema)
    return session.createDataFrame(table.to_pandas(), schema)


@cache
def _scratch() -> Path:
    """Where this process may write meanwhile: inside the installation's own folder, for its account alone, gone when it ends."""
    home = os.environ.get("CRAFFU_HOME", "")
    made = Path(tempfile.mkdtemp(prefix="craffu-spark-", dir=home if home and Path(home).is_dir() else None))
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return made
