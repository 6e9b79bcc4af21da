"""The one door to Spark. A session is made once in a process, on this machine unless a cluster is named."""

import os
import sys
import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# One machine and small tables: more parts than this are nothing but work.
_PARTS = "8"


def session(address: str, jar: str) -> "SparkSession":
    """A session with the functions that `jar` holds. It listens to this machine alone and shows no pages.

    Spark is loaded here: an installation on one machine does without it.
    """
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYSPARK_DRIVER_PYTHON", sys.executable)
    if not address:
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    settings: dict[str, Any] = {
        "spark.jars": jar,
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.sql.shuffle.partitions": _PARTS,
        "spark.default.parallelism": _PARTS,
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
    made.sparkContext.setCheckpointDir(tempfile.mkdtemp(prefix="craffu-spark-"))
    return made
