"""Run the benchmarks: python -m benchmarks [size …]; prints a table each and writes out/bench.json.

On SQLite in var/bench-…; DUIKOU_BENCH_POSTGRESQL, the address of empty databases
with {size} in their name, adds the postings there.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

SIZES = (10_000, 100_000)
PROVE = os.environ.get("DUIKOU_PROVE")  # the sizes that the promises are made at
OWN_SIZES = {
    "projects": [5_000],
    "pages": [5_000],
    "search": [100_000],
    "annual": [100_000],
    "sheets": [10_000, 50_000],
    "cells": [100],
    "papers": [10],
    "grouped": [1_000_000, *([10_000_000] if PROVE else [])],
    "freezing": [1_000_000 if PROVE else 100_000],
    "trails": [100_000],
    "reading": [10_000_000 if PROVE else 100_000],
    "national": [50_000_000 if PROVE else 500_000],
}  # what a benchmark measures at whatever sizes are asked
OWN_BOOKS = ("search", "pages", "cells", "freezing", "trails")  # those that measure in a book that no other makes
TABLES = {
    "bank": {
        "workload": "题目", "size": "流水数", "ours_ms": "本系统 ms", "floor_ms": "SQL 等额连接 ms", "ratio": "比值", "us_a_line": "每笔 µs",
        "right": "查准", "found": "查全", "floor_right": "连接查准", "floor_found": "连接查全",
    },
    "grouped_statistic": {
        "workload": "题目", "size": "规模", "ours_ms": "本系统 ms", "floor_ms": "手写 SQL ms", "ratio": "比值",
        "totals_equal": "合计相等", "first_ms": "首次 ms", "made_s": "造账 s",
    },
    "grouped": {
        "workload": "题目", "size": "规模", "groups": "组数", "ours_ms": "本系统 ms", "floor_ms": "手写 SQL ms", "ratio": "比值",
        "kept_ms": "已留答案 ms", "totals_equal": "合计相等", "first_ms": "首次 ms", "made_s": "造数 s",
    },
    "freezing": {
        "workload": "题目", "size": "规模", "ours_ms": "本系统 ms", "floor_ms": "只读写 ms", "ratio": "比值", "share": "占全冻 %",
        "right": "数对", "made_s": "造账 s",
    },
    "national": {
        "workload": "题目", "engine": "引擎", "size": "规模", "offices": "家数", "ours_ms": "全表 ms", "floor_ms": "一条 SQL ms", "ratio": "比值",
        "first_ms": "首次 ms", "totals_equal": "合计相等", "made_s": "造数 s",
    },
    "posting": {
        "workload": "题目", "database": "数据库", "size": "规模", "rows": "每笔行数", "ours_ms": "本系统 ms/笔",
        "floor_ms": "直接写入 ms/笔", "ratio": "比值", "rules_ms": "其中规则 ms/笔",
    },
    "projects": {
        "workload": "题目", "size": "项目数", "ours_ms": "本系统 p95 ms", "floor_ms": "登录页 p95 ms", "ratio": "比值",
        "budget_ms": "预算 ms", "within": "预算内", "gzip_kb": "压缩后 KB", "queries": "查询数", "made_s": "造账 s",
    },
    "pages": {
        "workload": "题目", "size": "项目数", "ours_ms": "本系统 p95 ms", "floor_ms": "登录页 p95 ms", "ratio": "比值",
        "budget_ms": "预算 ms", "within": "预算内", "after_act_ms": "记账后首次 ms", "gzip_kb": "压缩后 KB", "queries": "查询数",
        "made_s": "造账 s",
    },
    "search": {
        "workload": "题目", "size": "规模", "hits": "找到", "ours_ms": "页面 ms", "cpu_ms": "页面 CPU ms", "finding_ms": "只查找 ms",
        "floor_ms": "DuckDB LIKE ms",
        "sqlite_ms": "账本 LIKE ms", "ratio": "查找比 DuckDB", "within": "100 ms 内", "read_ms": "首次读词 ms", "frozen_ms": "记账后冻结 ms",
        "after_ms": "其后首次 ms", "made_s": "造账 s",
    },
    "export": {
        "workload": "题目", "size": "行数", "ours_ms": "本系统 ms", "floor_ms": "只写文件 ms", "ratio": "比值", "ours_mb": "行以外内存 MB",
        "floor_mb": "只写文件内存 MB", "file_mb": "文件 MB",
    },
    "annual": {
        "workload": "题目", "size": "支付笔数", "projects": "项目数", "cells": "格数", "ours_s": "本系统 CPU s", "floor_s": "只写文件 CPU s",
        "ratio": "比值", "mb": "内存 MB", "tenth_mb": "十分之一时 MB", "file_mb": "文件 MB",
    },
    "papers": {
        "workload": "题目", "size": "约页数", "pages": "页数", "figures": "数字", "ours_ms": "Word ms", "floor_ms": "python-docx ms",
        "ratio": "比值", "review_ms": "核对稿 ms", "pdf_ms": "PDF ms", "within": "2 秒内",
    },
    "trails": {
        "workload": "题目", "size": "支付笔数", "records": "记录数（中位）", "ours_ms": "本系统 CPU ms", "p95_ms": "p95 ms",
        "floor_ms": "手写 SQL ms", "ratio": "比值", "within": "300 ms 内", "totals_equal": "合计相等", "made_s": "造账 s",
    },
    "reading": {
        "workload": "题目", "size": "字数", "ours_ms": "本系统 CPU ms", "chars_s": "字/秒", "floor_ms": "只扫数字 ms", "ratio": "比值",
        "rjieba_ms": "rjieba 分词 ms", "jieba_ms": "jieba 分词 ms", "report_ms": "三十页 ms", "within": "1 秒内",
        "hostile_ms": "全是数字括号 ms", "growth": "比十分之一（按字）",
    },
    "iati": {
        "workload": "题目", "size": "支付笔数", "ours_s": "本系统 s", "floor_s": "只写文字 s", "ratio": "比值", "mb": "内存 MB", "file_mb": "百万字",
    },
    "sheets": {
        "workload": "题目", "size": "行数", "ours_s": "本系统 CPU s", "floor_s": "calamine CPU s", "ratio": "比值",
        "peer_s": "openpyxl CPU s", "peer_ratio": "比 openpyxl", "problems": "问题数", "us_per_row": "每行 µs", "within": "预算内",
        "memory_mb": "内存 MB",
    },
    "cells": {
        "workload": "题目", "size": "省的千分数", "full": "全表格数", "asked": "只问格数", "share": "少填 %", "aim": "目标 %", "within": "达到",
        "same_tables": "终表相同", "took_s": "用时 s",
    },
}  # fmt: skip


def one(benchmark: str, size: int) -> None:
    """One benchmark at one size in a process and a book of its own; the results as a line of JSON."""
    name = f"bench-{benchmark}-{size}" if benchmark in OWN_BOOKS else f"bench-{size}"
    os.environ.setdefault("DUIKOU_VAR", str(Path("var") / name))
    os.environ["DJANGO_SETTINGS_MODULE"] = "duikou.config.settings"
    import django

    django.setup()
    from importlib import import_module

    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    found = import_module(f"benchmarks.{benchmark}").run(size)
    print(json.dumps(found if isinstance(found, list) else [found], ensure_ascii=False))


def main(sizes: list[int]) -> None:
    """All benchmarks at all sizes, one after the other."""
    results = []
    places = [{}, *([{"DUIKOU_DATABASE": there}] if (there := os.environ.get("DUIKOU_BENCH_POSTGRESQL")) else [])]
    for benchmark, columns in TABLES.items():
        print("　".join(columns.values()))
        for place in places if benchmark == "posting" else places[:1]:
            for size in OWN_SIZES.get(benchmark, sizes):
                call = [sys.executable, "-m", "benchmarks", "--one", benchmark, str(size)]
                done = subprocess.run(
                    call,
                    capture_output=True,
                    text=True,
                    check=False,
                    env=os.environ | {k: v.format(size=size) for k, v in place.items()},
                )
                if done.returncode:
                    sys.exit(done.stderr)
                for result in json.loads(done.stdout.splitlines()[-1]):
                    results.append({"benchmark": benchmark, **result})
                    print("　".join(str(result[column]) for column in columns), flush=True)
    out = Path(os.environ.get("DUIKOU_OUT", "out"))
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"对照方：同一批数据上手写的 SQL、同样的行直接写入。结果写入 {out / 'bench.json'}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], int(sys.argv[3]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
