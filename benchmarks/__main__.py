"""Run the benchmarks: python -m benchmarks [size …]; prints a table and writes out/bench.json."""

import json
import os
import subprocess
import sys
from pathlib import Path

SIZES = (10_000, 100_000)
COLUMNS = ("workload", "size", "ours_ms", "floor_ms", "ratio", "totals_equal", "first_ms", "made_s")
HEADINGS = ("题目", "规模", "本系统 ms", "手写 SQL ms", "比值", "合计相等", "首次 ms", "造账 s")


def one(size: int) -> None:
    """One size in a process and a book of its own; the result as a line of JSON."""
    os.environ["DUIKOU_VAR"] = str(Path("var") / f"bench-{size}")
    os.environ["DJANGO_SETTINGS_MODULE"] = "duikou.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from .grouped_statistic import run

    print(json.dumps(run(size), ensure_ascii=False))


def main(sizes: list[int]) -> None:
    """All sizes, one after the other."""
    results = []
    print("　".join(HEADINGS))
    for size in sizes:
        call = [sys.executable, "-m", "benchmarks", "--one", str(size)]
        done = subprocess.run(call, capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        results.append(json.loads(done.stdout.splitlines()[-1]))
        print("　".join(str(results[-1][column]) for column in COLUMNS), flush=True)
    out = Path(os.environ.get("DUIKOU_OUT", "out"))
    out.mkdir(exist_ok=True)
    (out / "bench.json").write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"对照方：同一批 Parquet 上手写的 SQL（DuckDB）。结果写入 {out / 'bench.json'}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(int(sys.argv[2]))
    else:
        main([int(size) for size in sys.argv[1:]] or list(SIZES))
