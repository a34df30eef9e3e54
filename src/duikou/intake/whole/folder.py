"""What a folder of 全本导出 says of itself: its list of digests, its description; what a problem in it is."""

import json
import re
from collections.abc import Iterator
from hashlib import file_digest
from pathlib import Path
from typing import Any

from duikou.rules.problem import Problem
from duikou.terms.words import Words

SUMS, PACKAGE = "SHA256SUMS", "datapackage.json"
LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")
EXPORT = "重新取得整个文件夹，或由来源处重新导出"
SENTENCES = {code: Words(code, zh, en) for code, (zh, en) in {
    "whole.1": ("文件齐全，且与清单上的指纹一致", "every file is there and is what its digest says"),
    "whole.2": ("说明文件读得懂，所列的表是账本的表", "the description can be read and names tables of the book"),
    "whole.3": ("表的列是账本的列", "the columns of a table are those of the book"),
    "whole.4": ("每一格合于所在的列", "every cell fits its column"),
    "whole.5": ("行数与说明一致，编号不重复", "as many rows as described, each number once"),
    "whole.6": ("引用的行在文件夹内", "what a row refers to is in the folder"),
    "whole.7": ("装入的账本是空的", "the book is empty"),
    "whole.8": ("每一行合于账本的约束", "every row keeps what the database promises"),
}.items()}  # fmt: skip


def digests(folder: Path) -> Iterator[Problem]:
    """Files that are lacking, too many or other than the list says."""
    if not (folder / SUMS).is_file():
        yield problem("whole.1", SUMS, "没有这个文件", "全本导出的清单", EXPORT)
        return
    listed: dict[str, str] = {}
    for number, line in enumerate((folder / SUMS).read_text("utf-8", "replace").splitlines(), 1):
        if found := LINE.fullmatch(line):
            listed[found[2]] = found[1]
        else:
            yield problem("whole.1", f"{SUMS} 第 {number} 行", line[:40], "指纹、两个空格、文件名", EXPORT)
    there = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_symlink() or not p.is_dir()}
    there.pop(SUMS)
    for name in sorted(listed.keys() - there.keys()):
        yield problem("whole.1", name, "没有这个文件", "清单所列的文件", EXPORT)
    for name in sorted(there.keys() - listed.keys()):
        yield problem("whole.1", name, "清单上没有的文件", "只有清单所列的文件", "移走它，或重新取得整个文件夹")
    for name in sorted(listed.keys() & there.keys()):
        plain = there[name].is_file() and not there[name].is_symlink()
        found_digest = digest(there[name]) if plain else ""
        if found_digest != listed[name]:
            said = f"指纹 {found_digest[:16]}…" if found_digest else "不是普通文件"
            yield problem("whole.1", name, said, f"指纹 {listed[name][:16]}…", EXPORT)
        if name.startswith("documents/") and name != f"documents/{listed[name]}":
            yield problem("whole.1", name, f"指纹 {listed[name][:16]}…", "文件名就是它的指纹", EXPORT)


def described(folder: Path, problems: list[Problem]) -> dict[str, Any]:
    """The description; nothing in it where it cannot be read."""
    try:
        said = json.loads((folder / PACKAGE).read_bytes())
        {f"{said[name]}" for name in ("programme", "office", "head")}
        [(f"{table['name']}", f"{table['path']}", int(table["rows"])) for table in said["resources"]]
    except OSError:
        return {"resources": []}  # the list of digests has said so
    except (ValueError, KeyError, TypeError) as odd:
        problems.append(problem("whole.2", PACKAGE, f"读不出：{odd}"[:80], "全本导出的说明", EXPORT))
        return {"resources": []}
    return dict(said)


def digest(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def problem(code: str, place: str, found: str, expected: str, remedy: str) -> Problem:
    """Something that is wrong in a folder."""
    return Problem(code, "stops", SENTENCES[code], found, expected, remedy, place)
