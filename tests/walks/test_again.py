"""Papers issued over three years, with corrections between them, come out byte for byte from another folder."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from demonstration import demonstrated, duikou, environment

PAPERS = 50 if os.environ.get("DUIKOU_PROVE") else 3  # a table, a report with chart and annex, a project's brief
OFFICE = Path(__file__).with_name("office_of_papers.py")


@pytest.fixture(scope="module")
def issued(tmp_path_factory):
    """The demonstration's folder after the office has issued its papers, and the digests of what went out."""
    folder, _ = demonstrated(tmp_path_factory, "papers")
    done = subprocess.run(
        [sys.executable, str(OFFICE), str(PAPERS)], env=environment(folder), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return folder, done.stdout.split()


@pytest.fixture
def elsewhere(issued, tmp_path):
    """A copy of the book and its snapshots in another folder: no paper, no cache, another process."""
    there = tmp_path / "elsewhere"
    (there / "var").mkdir(parents=True)
    for name in ("book.sqlite3", "snapshots"):
        kept = issued[0] / "var" / name
        (shutil.copytree if kept.is_dir() else shutil.copy)(kept, there / "var" / name)
    return there


def test_papers_come_out_the_same_from_a_copy_of_the_book_and_its_snapshots(issued, elsewhere):
    assert len(set(issued[1])) == PAPERS
    again = duikou(elsewhere, "papers-again")
    assert again.returncode == 0, again.stdout + again.stderr
    lines = [line for line in again.stdout.splitlines() if "与印发件一致" in line]
    assert [line.split("　")[2] for line in lines[:-1]] == [digest[:16] for digest in issued[1]]
    assert f"共 {PAPERS} 件，都与印发件一致" in again.stdout


def test_a_paper_whose_snapshot_is_gone_is_named_and_the_command_fails(elsewhere):
    for manifest in (elsewhere / "var" / "snapshots").glob("*.json"):
        manifest.unlink()
    again = duikou(elsewhere, "papers-again")
    assert again.returncode != 0
    assert again.stdout.count("的时点数据不在") == PAPERS
    assert f"{PAPERS} 件与印发件不一致" in again.stderr
