"""Spark: a snapshot's files are read by its executors, which must see the same folder; for the books of many offices."""

import os
import shutil
import threading
from collections import OrderedDict

from pyspark.errors import PySparkException
from pyspark.sql import SparkSession
from pyspark.sql.types import BooleanType, DataType, DateType, LongType, StringType, StructField, StructType

from duikou.snapshot.store import Snapshot

from . import Answer, EngineMissing, columns_of, needing

DIALECT = "pyspark"
TYPES: dict[str, DataType] = {
    "int64": LongType(), "string": StringType(), "date32[day]": DateType(), "bool": BooleanType(),
}  # fmt: skip
KEPT = 8  # snapshots whose tables are kept open
MASTER = "DUIKOU_SPARK"
CONFIG = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # a sum beyond 64 bits is an error, never a wrong number
    "spark.sql.ansi.doubleQuotedIdentifiers": "true",
    "spark.sql.files.openCostInBytes": "262144",  # segments are small: many of them in one task
    "spark.sql.shuffle.partitions": "8",
    "spark.log.level": "ERROR",
}
LOCAL = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
_sessions: OrderedDict[str, tuple[SparkSession, set[str]]] = OrderedDict()
_opening = threading.RLock()


def answer(snapshot: Snapshot, table: str, sql: str) -> Answer:
    """The columns and rows of an answer."""
    with _opening:
        found = _opened(snapshot, table).sql(sql)
    return tuple(found.columns), [tuple(row) for row in found.collect()]


def _opened(snapshot: Snapshot, name: str) -> SparkSession:
    """The session of a snapshot, with the table laid open in it; columns that are younger than the snapshot are empty."""
    if snapshot.digest not in _sessions:
        _sessions[snapshot.digest] = (_started().newSession(), set())
        if len(_sessions) > KEPT:
            _sessions.popitem(last=False)
    _sessions.move_to_end(snapshot.digest)
    session, opened = _sessions[snapshot.digest]
    if name not in opened:
        schema = StructType([StructField(column, TYPES[str(kind)]) for column, kind in columns_of(name).items()])
        files = [f"file://{file}" for file in snapshot.files(name)]
        rows = session.read.schema(schema).parquet(*files) if files else session.createDataFrame([], schema)
        rows.createOrReplaceTempView(name)
        opened.add(name)
    return session


def _started() -> SparkSession:
    """Spark as DUIKOU_SPARK names it, else on the cores of this machine; started once in a process."""
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise EngineMissing("Spark 要用 Java 17；先运行 apt-get install openjdk-17-jre-headless")
    master = os.environ.get(MASTER, "local[*]")
    building = SparkSession.builder.master(master).appName("duikou")
    for key, value in (CONFIG | (LOCAL if master.startswith("local") else {})).items():
        building = building.config(key, value)
    with needing(f"Spark 没有起来；看 {MASTER} 和 Java 17", PySparkException, OSError):
        return building.getOrCreate()
