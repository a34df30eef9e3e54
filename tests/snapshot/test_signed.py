"""Snapshots handed in: who signed them, whether anything was altered, and how their head stands to the last received."""

import json
import shutil
import stat
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from books import OFFICER, example, pay
from django.core.management import CommandError, call_command, load_command_class
from django.db import transaction
from django.test import override_settings

from duikou.acts.accepting import open_book
from duikou.acts.carried import tables
from duikou.acts.doing import Forbidden
from duikou.acts.heads import contradictions, heads_received
from duikou.acts.journal import header_of
from duikou.acts.verify import verify
from duikou.records.models import JournalLine, ReceivedHead
from duikou.rules.rights import Person, everywhere
from duikou.snapshot import signed
from duikou.snapshot.signed import export, make_key, own_key, read_key, trust, trusted
from duikou.snapshot.signed_receipt import NotReceived, handed_in, receive
from duikou.snapshot.store import freeze


@pytest.fixture(scope="module")
def office(django_db_setup, django_db_blocker, tmp_path_factory):
    """An office's folder with its keys, and its hand-ins: two of one book, one after the other, and one that forked."""
    var = tmp_path_factory.mktemp("office")
    found = {}
    with django_db_blocker.unblock(), override_settings(VAR=var), transaction.atomic():
        programme = example(SimpleNamespace(), var)
        found["key"] = make_key("甲市合作交流办")
        found["first"] = export(freeze(), var / "out")
        before = transaction.savepoint()
        pay(programme, 1_000_000, date(2011, 8, 30), "A-1")
        found["next"] = export(freeze(), var / "out")
        transaction.savepoint_rollback(before)
        pay(programme, 2_000_000, date(2011, 8, 30), "A-2")
        pay(programme, 2_000_000, date(2011, 8, 30), "A-3")
        found["forked"] = export(freeze(), var / "out")
        transaction.set_rollback(True)
    return SimpleNamespace(var=var, **found)


@pytest.fixture
def receiver(db, office, settings, tmp_path):
    """The folder of who receives, with a book of its own, where the office's key is trusted."""
    settings.VAR = tmp_path / "receiver"
    open_book("某省合作交流办", person=OFFICER)
    trust(str(office.key))
    return settings.VAR


def taken_in(folder):
    return receive(folder, trusted(), person=OFFICER)


def lines_kept(book):
    return [head.line for head in heads_received(book)]


def copied(folder, tmp_path):
    """A hand-in as it came, to be altered."""
    return Path(shutil.copytree(folder, tmp_path / "came" / folder.name))


def refused(folder, keys=None):
    with pytest.raises(NotReceived) as found:
        receive(folder, trusted() if keys is None else keys, person=OFFICER)
    return found.value.odd


def flip(file):
    """One bit of the byte in the middle is another."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(bytes(data))


def test_the_private_key_is_for_its_own_account_only_and_the_public_one_says_book_and_office(office):
    assert stat.S_IMODE((office.var / "keys" / "office.pem").stat().st_mode) == 0o600
    text = (office.var / "keys" / "office.pub").read_text("utf-8")
    form, book, name, key = text.splitlines()
    assert (form, book, name) == ("duikou.key/1", f"book {office.key.book}", "office 甲市合作交流办")
    assert read_key(text) == office.key
    assert len(key) == len("ed25519 ") + 44


def test_what_is_handed_in_is_received_and_answers_as_at_home(office, receiver):
    taken = taken_in(office.first)
    assert (taken.key, taken.verdict, taken.programmes[0]) == (office.key, "初次 first", "tj-hn")
    manifest = json.loads((office.first / "manifest.json").read_bytes())
    assert manifest["digest"] == taken.snapshot.digest
    assert manifest["head"] == taken.snapshot.head.full
    assert (manifest["line"], manifest["program"]) == (taken.snapshot.line, "0.1.0")
    assert {row["state"] for row in taken.snapshot.rows["entries"]} >= {"secured", "disbursed"}


def test_the_same_is_the_same_and_a_later_one_extends_it(office, receiver):
    said = [taken_in(folder).verdict for folder in (office.first, office.first, office.next, office.next)]
    assert said == ["初次 first", "一致 same", "延续 extends", "一致 same"]
    assert lines_kept(office.key.book) == [_line(office.first), _line(office.next)]


def _line(folder):
    return json.loads((folder / "manifest.json").read_bytes())["line"]


def test_an_older_line_than_the_last_received_is_refused_as_cut(office, receiver):
    taken_in(office.next)
    (odd,) = refused(office.first)
    assert odd.found == f"截短 cut：这份到第 {_line(office.first)} 行"
    assert odd.expected == f"与已收到的账首（第 {_line(office.next)} 行）一致或延续"
    assert "向对方核实" in odd.remedy


def test_a_book_that_was_written_anew_after_a_head_was_received_is_refused_as_forked(office, receiver):
    taken_in(office.next)
    assert _line(office.forked) > _line(office.next)  # longer, and yet not what follows
    (odd,) = refused(office.forked)
    assert odd.found.startswith("分叉 forked")
    assert lines_kept(office.key.book) == [_line(office.next)]


def test_a_head_is_one_line_of_the_receiving_journal_and_the_same_again_is_none(office, receiver):
    for _ in range(2):
        taken_in(office.first)
    _opened, line = JournalLine.objects.order_by("number")
    (row,) = ReceivedHead.objects.all()
    manifest = (office.first / "manifest.json").read_bytes()
    said = json.loads(manifest)
    head = header_of(line)
    assert (head["act"], head["evidence"]) == ("receive_head", f"sha256:{signed.sha256(manifest).hexdigest()}")
    assert (row.book, row.office, row.epoch, row.line) == (office.key.book, "甲市合作交流办", 1, said["line"])
    assert (row.digest, row.root, row.verdict) == (said["digest"], said["snapshot"]["root"], "first")
    assert str(office.key).endswith(f"ed25519 {row.key}\n")
    assert verify().true


def test_what_contradicts_is_refused_and_kept_as_evidence_with_both_signatures(office, receiver):
    taken_in(office.next)
    for _ in range(2):  # handed in again it is the same contradiction
        (odd,) = refused(office.forked)
    (row,) = contradictions(office.key.book)
    assert (row.line, row.verdict, row.against.line) == (_line(office.forked), "forked", _line(office.next))
    kept = receiver / "received" / office.key.book
    assert f"签名的清单存 {kept / row.manifest}" in odd.remedy
    for folder, head in ((office.next, row.against), (office.forked, row)):
        for name in ("manifest.json", "signature", "office.pub"):
            assert (kept / head.manifest / name).read_bytes() == (folder / name).read_bytes()
    assert taken_in(office.next).verdict == "一致 same"  # what was honest before stays so


def test_one_that_was_received_before_a_later_one_is_no_contradiction_and_not_taken_again(office, receiver):
    for folder in (office.first, office.next):
        taken_in(folder)
    (odd,) = refused(office.first)
    assert odd.found == f"第 {_line(office.first)} 行，早已收过"
    assert odd.expected == f"已收到的第 {_line(office.next)} 行或以后"
    assert contradictions() == []


def test_heads_are_received_by_the_administrator_only(office, receiver):
    with pytest.raises(Forbidden, match="收账首由系统管理员办理"):
        receive(office.first, trusted(), person=everywhere("yewu", "programme_officer"))
    with pytest.raises(Forbidden):
        receive(office.first, trusted(), person=Person())
    assert lines_kept(office.key.book) == []


def test_without_a_book_there_is_nothing_to_keep_a_head_in(db, office, settings, tmp_path):
    settings.VAR = tmp_path
    trust(str(office.key))
    with pytest.raises(LookupError, match="账本还是空的"):
        taken_in(office.first)


@pytest.mark.parametrize("name", ["manifest.json", "signature"])
def test_one_flipped_bit_in_manifest_or_signature_breaks_the_signature(office, receiver, tmp_path, name):
    came = copied(office.first, tmp_path)
    flip(came / name)
    (odd,) = refused(came)
    assert odd.file in (came / "signature", came / "manifest.json")
    assert "签" in odd.found + odd.expected
    assert lines_kept(office.key.book) == []


def test_one_flipped_bit_in_the_hashes_of_lines_is_found(office, receiver, tmp_path):
    came = copied(office.first, tmp_path)
    flip(came / "lines")
    (odd,) = refused(came)
    assert odd.file == came / "lines"


def test_every_altered_or_lacking_segment_is_named_at_once(office, receiver, tmp_path):
    came = copied(office.first, tmp_path)
    one, other = sorted((came / "segments").iterdir())[:2]
    flip(one)
    other.unlink()
    odd = refused(came)
    assert {o.file for o in odd} == {one, other}  # which several empty tables may share
    assert {o.expected for o in odd if o.file == one} == {f"sha256 {one.stem[:16]}…"}
    assert {o.found for o in odd if o.file == other} == {"没有这个文件"}


def test_a_key_that_is_not_trusted_is_refused_with_its_fingerprint(db, office, settings, tmp_path):
    settings.VAR = tmp_path
    open_book("某省合作交流办", person=OFFICER)
    (odd,) = refused(office.first)
    assert odd.found == f"甲市合作交流办 的公钥，指纹 {office.key.fingerprint}"
    assert odd.remedy == "向对方核对指纹后运行 duikou keys --trust"


def test_another_key_in_the_name_of_the_book_signs_nothing(office, receiver):
    other = replace(office.key, key=bytes(32))
    (odd,) = refused(office.first, {office.key.book: other})
    assert odd.file == office.first / "signature"


def test_a_key_that_would_stand_in_the_place_of_a_trusted_one_is_taken_only_when_that_is_said(office, receiver):
    other = replace(office.key, key=bytes(31) + b"\1")
    with pytest.raises(ValueError, match=f"已信任另一把公钥（甲市合作交流办，指纹 {office.key.fingerprint}）"):
        trust(str(other))
    assert trusted()[office.key.book] == office.key
    assert trust(str(other), instead=True) == other
    assert trusted()[office.key.book] == other


@pytest.mark.parametrize(
    "text",
    ["", "duikou.key/1\n", "duikou.key/1\nbook ../../x\noffice a\ned25519 " + "A" * 43 + "=\n", "\x00" * 40],
)
def test_what_is_no_key_is_not_trusted(receiver, text):
    with pytest.raises(ValueError, match="不是单位公钥"):
        trust(text)


def signed_anew(office, came, change):
    """The hand-in as the office itself would sign it after a change of what it says."""
    said = json.loads((came / "manifest.json").read_bytes())
    change(said)
    data = signed.canonical(said).encode()
    with override_settings(VAR=office.var):
        (came / "signature").write_bytes(signed._signature(data))
    (came / "manifest.json").write_bytes(data)


def test_a_signed_manifest_that_does_not_agree_with_itself_is_refused_with_each_place(office, receiver, tmp_path):
    came = copied(office.first, tmp_path)
    signed_anew(office, came, lambda said: said.update(line=said["line"] + 1, digest="0" * 64))
    found = {(o.file.name, o.expected) for o in refused(came)}
    line = _line(office.first) + 1
    assert found == {
        ("lines", f"{line} 行"), ("manifest.json", f"时点数据第 {line} 行"), ("manifest.json", "sha256 0000000000000000…"),
    }  # fmt: skip


def test_a_segment_named_by_a_path_is_never_opened(office, receiver, tmp_path):
    def elsewhere(said):
        said["snapshot"]["tables"]["entries"][0][1] = "../../office/keys/office"
        said["digest"] = signed.sha256(signed.canonical(said["snapshot"]).encode()).hexdigest()

    came = copied(office.first, tmp_path)
    signed_anew(office, came, elsewhere)
    (odd,) = refused(came)
    assert (odd.file, odd.found) == (came / "manifest.json", "分段名 '../../office/keys/office'")


def test_rows_of_a_programme_of_another_office_are_refused(office, receiver, tmp_path):
    def without_its_programmes(said):
        said["snapshot"]["tables"]["programmes"] = []
        said["digest"] = signed.sha256(signed.canonical(said["snapshot"]).encode()).hexdigest()

    came = copied(office.first, tmp_path)
    signed_anew(office, came, without_its_programmes)
    assert {o.expected for o in refused(came)} == {"只有本单位各方案的行"}


def test_a_newer_form_is_refused_with_the_remedy(office, receiver, tmp_path):
    came = copied(office.first, tmp_path)
    signed_anew(office, came, lambda said: said.update(form="duikou.snapshot/2"))
    (odd,) = refused(came)
    assert (odd.found, odd.expected) == ("格式 duikou.snapshot/2", "duikou.snapshot/1")


def test_without_a_key_nothing_is_handed_in(db, settings, tmp_path):
    settings.VAR = tmp_path
    example(settings, tmp_path)
    with pytest.raises(LookupError, match="duikou keys --new"):
        export(freeze(), tmp_path / "out")
    made = make_key("乙市合作交流办")
    assert own_key() == made
    with pytest.raises(LookupError, match="已有私钥"):
        make_key("乙市合作交流办")
    assert export(freeze(), tmp_path / "out").name.startswith(made.book)


def test_the_folders_that_came_are_found_the_youngest_of_a_book_last(office):
    found = handed_in(office.first.parent)
    assert [path.name for path in found] == sorted((path.name for path in found), key=lambda n: int(n.split("-")[1]))
    assert handed_in(office.first) == [office.first]
    assert handed_in(office.var / "keys") == []


def command(name, *words):
    """What a command prints, and why it ends where it objects."""
    out = StringIO()
    try:
        call_command(load_command_class("duikou.web", name), *words, stdout=out)
    except CommandError as error:
        return out.getvalue(), str(error)
    return out.getvalue(), ""


def test_the_command_receives_refuses_a_contradiction_and_the_list_of_keys_names_it(office, receiver, tmp_path):
    came = tmp_path / "came"
    shutil.copytree(office.next, came / office.next.name)
    printed, objected = command("snapshot", "--receive", str(came))
    assert f"已收　甲市合作交流办　第 {_line(office.next)} 行　初次 first" in printed
    assert objected == ""
    shutil.copytree(office.forked, came / office.forked.name)
    printed, objected = command("snapshot", "--receive", str(came))
    assert "未收　" in printed
    assert "分叉 forked" in printed
    assert objected == "2 份中 1 份未收，见上"
    printed, _ = command("keys")
    assert f"收到第 {_line(office.next)} 行" in printed
    assert f"交来的第 {_line(office.forked)} 行，与已收到的第 {_line(office.next)} 行不合" in printed


def test_heads_go_with_no_programme_that_is_carried_out_of_the_book(office, receiver):
    taken_in(office.first)
    assert ReceivedHead not in tables().values()
