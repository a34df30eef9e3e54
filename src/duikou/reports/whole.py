"""全本导出: a programme as a folder of open files: a CSV for each table, what their columns mean, documents by digest."""

import csv
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any

from django.conf import settings

from duikou.acts.carried import Chosen, Column, Table, columns, one_moment, tables
from duikou.acts.journal import Head, head
from duikou.acts.transferring import carried_out, may_carry_out
from duikou.records.models import Kind, Personal, Programme
from duikou.records.models.record import kind_of
from duikou.rules.rights import Person
from duikou.terms.words import Words, vocabulary

DIGEST = re.compile(r"[0-9a-f]{64}")
PARTS = {"low": "下限", "high": "上限", "hedge": "约数", "unit": "计量单位"}
NAMELESS = "姓名、证件号码不在导出之内：这里只有编号和加盐的承诺，取不出原值"
TITLES = {
    "record": "记录", "party": "参加单位", "item": "列举的事项", "link": "记录之间的依据", "passage": "出处", "statement": "来源所说",
    "personal": "个人信息的编号", "position": "资金所在", "posting": "资金分录", "invoice": "发票", "countersignature": "会签",
}  # fmt: skip
CALLED = {  # columns that no page shows as a field: how the tables hang together
    "number": "编号", "record_id": "记录编号", "first": "起", "last": "止", "inferred": "推定的项", "kind": "种类", "struck": "已撤销",
    "position": "位次", "list": "列举的名目", "detail": "说明", "key": "识别码", "voucher_key": "凭证识别码", "said": "所说",
    "signer": "会签的一方", "day": "日期", "section": "章节", "paragraph": "段", "fragment": "原词", "aspect": "所说的方面",
    "value": "所说的数", "adopted": "已采用", "sequence": "序号", "sign": "正负", "balance": "余额", "before_sequence": "上一笔序号",
    "before_balance": "上一笔余额", "added": "新增行数", "changed": "改动行数", "same": "相同行数", "undone": "撤回日",
    "field": "哪一项", "erased": "已删除",
}  # fmt: skip
ABOUT = """# {title}　全本导出

本文件夹是一个项目方案的全部记录，取自账本的一个时点。

{head}

- `data/` 每张表一个 CSV 文件：UTF-8，逗号分隔，首行为列名，编号沿用原账。金额以分为单位。
- `datapackage.json` 各表各列的名称、类型、单位、主键、外键（Frictionless Data Package）。
- `documents/` 账本存有原件的文件，文件名是它的 SHA-256。
- `head.txt` 导出时的账首，可与以前印出的账首核对。
- `SHA256SUMS` 以上各文件的 SHA-256；`sha256sum -c SHA256SUMS` 可核对。

不在其中：姓名和证件号码（只有编号和加盐的承诺）、账号、角色、密码、密钥、以前各行日志。
文字照原样写出，不防电子表格软件把以 = 开头的文字当公式；用程序读取，或用 `duikou import` 装入一本空账。
"""


@dataclass
class Written:
    """What was written: the folder, rows by table and in all, documents, those that are damaged here, the digest of SHA256SUMS."""

    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    count: int = 0
    documents: int = 0
    damaged: list[str] = field(default_factory=list)
    digest: str = ""


def write_whole(programme: Programme, folder: Path, *, person: Person) -> Written:
    """Write a programme into a new folder, whole or not at all; the journal says so, with the digest of what was written."""
    may_carry_out(programme, person)
    if folder.exists():
        raise LookupError(f"{folder} 已经有了；换一个还没有的文件夹")
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        written, now = _write(programme, part)
        written.digest = _sums(part)
        carried_out(programme, written.digest, now, person=person)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    written.folder = folder
    return written


def _write(programme: Programme, folder: Path) -> tuple[Written, Head]:
    """All files but the list of their digests, as the book is at one moment."""
    written, named = Written(folder), set[str]()
    (folder / "data").mkdir(parents=True)
    with one_moment():
        now = head()
        if now is None:
            raise LookupError("账上还没有一行日志")
        chosen, described = Chosen(programme), []
        for name, model in tables().items():
            written.rows[name] = _table(folder / _path(name), model, chosen, named)
            written.count += written.rows[name]
            described.append(_resource(name, model, written.rows[name]))
    written.documents = _documents(folder / "documents", named, written)
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": programme.code, "title": programme.title,
        "description": "全本导出：一个项目方案的全部记录", "programme": programme.code,
        "office": programme.office.name if programme.office else programme.title, "head": now.full,
        "damaged": written.damaged, "resources": described,
    }  # fmt: skip
    (folder / "datapackage.json").write_text(json.dumps(package, ensure_ascii=False, indent=1) + "\n", "utf-8")
    (folder / "head.txt").write_text(now.long, "utf-8")
    (folder / "README.md").write_text(ABOUT.format(title=programme.title, head=now.short), "utf-8")
    return written, now


def _path(name: str) -> str:
    return f"data/{name}.csv"


def _table(path: Path, model: Table, chosen: Chosen, named: set[str]) -> int:
    """Write the rows of a table as they are drawn; how many. Digests that stand in them are added to `named`."""
    own, count = columns(model), 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(column.name for column in own)
        for count, row in enumerate(chosen.rows(model), 1):  # noqa: B007  it is the number of rows at the end
            writer.writerow([column.text(value) for column, value in zip(own, row, strict=True)])
            named.update(value for value in row if isinstance(value, str) and DIGEST.fullmatch(value))
    return count


def _documents(folder: Path, named: set[str], written: Written) -> int:
    """Copy the documents of which the book holds the bytes; one that is not what its name says is left out and told."""
    kept, count = Path(settings.VAR) / "documents", 0
    for digest in sorted(named):
        if not (kept / digest).is_file():
            continue
        folder.mkdir(exist_ok=True)
        shutil.copyfile(kept / digest, folder / digest)
        if _digest(folder / digest) == digest:
            count += 1
        else:
            (folder / digest).unlink()
            written.damaged.append(digest)
    return count


def _sums(folder: Path) -> str:
    """Write the list of digests, as sha256sum reads it; its own digest."""
    files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    text = "".join(f"{_digest(folder / name)}  {name}\n" for name in files)
    (folder / "SHA256SUMS").write_text(text, "utf-8")
    return sha256(text.encode()).hexdigest()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


# ---- what the columns mean -----------------------------------------------------------------------------------------------


def _resource(name: str, model: Table, rows: int) -> dict[str, Any]:
    """A table as Frictionless says it: its columns, its key, what they refer to."""
    kind = kind_of(model)
    own = columns(model)
    said = {"description": NAMELESS} if model is Personal else {}
    keys = [
        {
            "fields": [column.name],
            "reference": {"resource": "" if of == name else of, "fields": [columns(column.to)[0].name]},
        }
        for column in own
        if column.to is not None and (of := _name_of(column.to))
    ]
    return {
        "name": name, "path": _path(name), "title": _title(model, kind, name), **said, "format": "csv", "mediatype": "text/csv",
        "encoding": "utf-8", "rows": rows,
        "schema": {
            "fields": [*_described(model, kind)], "primaryKey": [own[0].name], "foreignKeys": keys, "missingValues": [""],
        },
    }  # fmt: skip


def _name_of(model: Table) -> str:
    return next(name for name, found in tables().items() if found is model)


def _title(model: Table, kind: str, name: str) -> str:
    """What a table holds, in words of the field."""
    known = vocabulary()["record"]
    return known[kind].zh if issubclass(model, Kind) and kind in known else TITLES.get(name, name)


def _described(model: Table, kind: str) -> Iterator[dict[str, Any]]:
    """The columns of a table: name, words, type, unit, what may stand in them."""
    names = {column.name for column in columns(model)}
    for column in columns(model):
        said: dict[str, Any] = {"name": column.name, "title": _called(column, kind), "type": column.type}
        if unit := _unit(column, names):
            said["unit"] = unit
        if column.to is Personal:
            said["description"] = NAMELESS
        limits: dict[str, Any] = {"required": True} if column.required and column.type != "string" else {}
        if column.type == "string":
            said["missingValues"] = [column.nothing] if column.nothing else []
            limits |= {"maxLength": column.longest} if column.longest else {}
        yield said | ({"constraints": limits} if limits else {})


def _called(column: Column, kind: str) -> str:
    """A column in words: of the field, of the part of a quantity; its name where there are none."""
    words: dict[str, Words] = vocabulary()["field"]
    whole = column.name.removesuffix("_id") if column.to else column.name
    stem, _, part = whole.rpartition("_")
    for said, more in ((whole, ""), (stem, PARTS.get(part, ""))):
        found = words.get(f"{kind}_{said}") or words.get(said)
        if found and (said == whole or more):
            return f"{found.zh}（{more}）" if more else found.zh
    if column.name in CALLED:
        return CALLED[column.name]
    if stem in CALLED and part in PARTS:
        return f"{CALLED[stem]}（{PARTS[part]}）"
    return _title(column.to, kind_of(column.to), _name_of(column.to)) if column.to else column.name


def _unit(column: Column, names: set[str]) -> str:
    """The unit of a number: an amount of money is in fen, a quantity names the column that says its own."""
    stem, _, part = column.name.rpartition("_")
    if part in ("low", "high") and f"{stem}_unit" in names:
        return f"见 {stem}_unit"
    return "分" if column.name in MONEY and column.type == "integer" else ""


MONEY = frozenset(
    ("amount", "balance", "before_balance", "price", "estimate", "feasibility", "aid", "total", "done", "approved", "retained",
     "aid_done", "other_done", "in_place", "cost")
)  # fmt: skip
