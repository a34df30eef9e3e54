"""Figures of papers and tables, drawn at random, reckoned again from their opened rows by a script that knows nothing of the program."""

import json
import os
import random
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from books import EXAMPLE, OFFICER, PERIOD

from duikou.intake.folder import load
from duikou.reports.outline import outlines
from duikou.statistics.tables import tables

PROVE = bool(os.environ.get("DUIKOU_PROVE"))
FIGURES = 200 if PROVE else 24
SECOND = EXAMPLE.parent / "wanglan-yunxiu-2023"
ASKED = {"tj-hn": [PERIOD, "2011"], "wl-yx": ["2023", "2023q3", "2023-06"]} if PROVE else {"tj-hn": [PERIOD]}
STRANGER = Path(__file__).with_name("stranger.py")


def drawn(client):
    """The names, at their line, of figures in every outline's paper and every table of the programmes and periods."""
    names: set[str] = set()
    for programme, periods in ASKED.items():
        for here in (f"/p/{programme}/{period}" for period in periods):
            for code in outlines():
                paper = client.get(f"{here}/reports/{code}.docx")
                names |= tags(paper.getvalue()) if paper.status_code == 200 else set()
            for code in tables():
                table = client.get(f"{here}/t/{code}.json")
                names |= told(table.json()) if table.status_code == 200 else set()
    return random.Random(20110829).sample(sorted(names), FIGURES)


def tags(paper):
    """The names of figures in the controls of a Word paper; what a record itself says is named by the record."""
    with ZipFile(BytesIO(paper)) as box:
        return {
            tag.partition("@")[0]
            for tag in re.findall(r'<w:tag w:val="([^":]+:[^"]+@\d+)"', box.read("word/document.xml").decode())
        }


def told(answer):
    """The names of the figures in a table's answer; not of a sum that is refused."""
    if isinstance(answer, dict):
        shown = "identity" in answer and answer["writing"]["nature"] != "apart"
        own = {answer["identity"]["name"]} if shown else set()
        return own.union(*map(told, answer.values()))
    return set().union(*map(told, answer)) if isinstance(answer, list) else set()


def keep(client, names, folder):
    """The answer of each figure, and of those a ratio is made of, as files."""
    waiting, seen = [*names], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        answer = client.get(f"/f/{name}.json")
        assert answer.status_code == 200, name
        (folder / f"{len(seen):04}.json").write_bytes(answer.content)
        waiting += [part["identity"]["name"] for part in answer.json()["made_of"]]
    return seen


def reckoned(folder):
    return subprocess.run([sys.executable, "-I", STRANGER, folder], capture_output=True, text=True, check=False)


@pytest.fixture
def folder(programme, everywhere_officer, tmp_path):
    """The answers of figures drawn at random."""
    if PROVE:
        load(SECOND, person=OFFICER, administrator=OFFICER)
    (there := tmp_path / "answers").mkdir()
    keep(everywhere_officer, drawn(everywhere_officer), there)
    return there


def test_a_stranger_reckons_each_figure_again(folder):
    done = reckoned(folder)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert int(done.stdout.split()[-5]) >= FIGURES
    assert len(STRANGER.read_text("utf-8").splitlines()) <= 200


def test_a_stranger_finds_a_figure_that_was_altered(folder):
    """A fen more in a value, another digit in print, a record without its passages: each is named."""
    for file in sorted(folder.glob("*.json")):
        answer = json.loads(file.read_text("utf-8"))
        counted = [m for m in answer["members"] if m["counted"]]
        if (
            answer["definition"]["how"] == "sum"
            and answer["writing"]["hedge"] == "exact"
            and counted
            and counted[0]["passages"]
        ):
            break
    was = file.read_text("utf-8")
    for alter in (_value, _print, _passage):
        answer = json.loads(was)
        alter(answer)
        file.write_text(json.dumps(answer), "utf-8")
        done = reckoned(folder)
        assert done.returncode == 1
        assert done.stdout.splitlines()[-1].endswith("figures, 1 not equal")
    file.write_text(was, "utf-8")


def _value(answer):
    answer["value"]["low"] += 1
    answer["value"]["high"] += 1


def _print(answer):
    answer["writing"]["number"] += "1"


def _passage(answer):
    answer["members"][0]["passages"] = []
