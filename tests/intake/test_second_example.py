"""The invented programme of Wanglan and Yunxiu: loaded from its folder, its report's figures found again, its two sides compared."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from books import OFFICER
from django.db import transaction
from django.test import override_settings

from duikou.acts.evidence import text_of
from duikou.acts.verify import verify
from duikou.intake.folder import load
from duikou.records.models import (
    Commitment,
    CommitmentReply,
    Document,
    Finding,
    GiftUse,
    Indicator,
    InvestmentStep,
    LabourTransfer,
    OtherSaying,
    Pairing,
    Passage,
    Sale,
    Secondment,
    Training,
    Village,
)
from duikou.reports import outline
from duikou.rules.evidence import paragraphs_of
from duikou.rules.problem import Refused
from duikou.snapshot.store import freeze
from duikou.statistics.figure import Name
from duikou.statistics.measure import figure
from duikou.statistics.values import RefusedSum
from duikou.terms.words import regions

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "wanglan-yunxiu-2023"
PAPERS = ("report", "agreement", "decisions", "receiving-report")
YUAN = 100  # fen
WAN = 10_000 * YUAN

pytestmark = pytest.mark.django_db  # before the tests of pages in a browser, whose loop runs on


@pytest.fixture(scope="module")
def book(django_db_setup, django_db_blocker, tmp_path_factory):
    """The folder loaded with its report, then again with each of the other papers; what every loading did."""
    folder = tmp_path_factory.mktemp("second")
    with django_db_blocker.unblock(), override_settings(VAR=folder), transaction.atomic():
        did = [load(EXAMPLE, person=OFFICER, administrator=OFFICER, source=paper(name)) for name in PAPERS]
        yield did
        transaction.set_rollback(True)


@pytest.fixture
def taken(book, db):
    """The snapshot of the loaded book."""
    return freeze()


def paper(name):
    return EXAMPLE / f"{name}.txt"


def test_all_papers_come_along_at_once_and_one_that_is_wrong_keeps_the_book_empty(db, settings, tmp_path):
    settings.VAR, wrong = tmp_path, tmp_path / "decisions.txt"
    wrong.write_text(paper("decisions").read_text("utf-8") + "另加一行。\n", "utf-8")
    told = {"person": OFFICER, "administrator": OFFICER}
    with pytest.raises(Refused) as refusal:
        load(EXAMPLE, **told, source=[wrong if name == "decisions" else paper(name) for name in PAPERS])
    (problem,) = refusal.value.problems
    assert problem.found == f"指纹 {sha256(wrong.read_bytes()).hexdigest()[:16]}…"
    assert problem.expected.endswith(f"》{sha256(paper('decisions').read_bytes()).hexdigest()[:16]}…")
    assert not Document.objects.exists()
    load(EXAMPLE, **told, source=[paper(name) for name in PAPERS])
    kept = [sha256(paper(name).read_bytes()).hexdigest() for name in PAPERS]
    assert [text_of(digest) is not None for digest in kept] == [True] * 4


def test_it_loads_once_and_its_other_papers_only_add_their_text(book):
    assert [(did.files, did.already) for did in book] == [(15, False), (15, True), (15, True), (15, True)]
    assert book[0].facts > 200
    assert [did.facts for did in book[1:]] == [0, 0, 0]


def test_every_fact_rests_on_words_that_stand_in_their_paragraph(taken):
    texts = {d.title: paragraphs_of(paper(name).read_text("utf-8")) for d, name in zip(_papers(), PAPERS, strict=True)}
    places = list(Passage.objects.select_related("document"))
    assert len(places) > 150
    assert [p for p in places if p.fragment not in texts[p.document.title][p.paragraph - 1]] == []


def _papers():
    """The documents in the order of PAPERS."""
    by_digest = {document.digest: document for document in Document.objects.all()}
    return [by_digest[sha256(paper(name).read_bytes()).hexdigest()] for name in PAPERS]


@pytest.mark.parametrize(
    ("sheet", "low"),
    [  # what the report says, paragraph by paragraph
        ("programmes.visits", 5),  # 两地互访5次
        ("programmes.meetings", 4),  # 召开座谈会4次
        ("programmes.agreements", 2),  # 年度协议、教育协作协议
        ("funds.secured", 12_000 * WAN),  # 1亿元 + 2000万元
        ("funds.disbursed", 11_400 * WAN),
        ("funds.progress", 950),  # 11400 / 12000 = 95.0 %
        ("projects.count", 8),
        ("projects.started", 8),  # 全部开工
        ("projects.completed", 4),  # J2, J4, J5, J7
        ("projects.in_use", 1),  # 培训不属固投，验收即投用
        ("targets.school_area", 6200),
        ("targets.farmland", 1200),
        ("targets.water", 640),
        ("targets.households", 216),
        ("targets.jobs", 85),
        ("outputs.roads", 18_200),  # 18.2公里, in metres
        ("outputs.clinics", 1),
        ("outputs.training", 1620),
        ("people.intake", 50),  # a yearly quota; 48 came
        ("donations.education", 560 * WAN),  # 320 + 200 + 40
        ("donations.computers", 120),
        ("enterprises.investment", 8_000 * WAN),  # only what is in production
        ("enterprises.output", 11_000 * WAN),  # expected
    ],
)
def test_a_figure_of_the_report_is_the_figure_of_the_book(taken, sheet, low):
    found = figure(taken, Name(sheet, "wl-yx", "2023")).value
    assert (found.low, found.high) == (low, low)


def total(rows, column):
    return sum(getattr(row, f"{column}_low") for row in rows)


def test_sums_of_the_report_that_no_sheet_counts_yet_are_those_of_its_records(taken):
    trainings = Training.objects.all()
    assert len(trainings) == 12
    # 80+45+36+64 + 120+20+70+160 + 90+75+180+110; 人次 80+45+36+72 + 150+20+90+210 + 90+100+180+110
    assert (total(trainings, "sessions"), total(trainings, "trainees"), total(trainings, "person_times")) == (
        25,
        1050,
        1183,
    )
    assert total(trainings, "cost") == 234 * WAN
    east = LabourTransfer.objects.filter(destination="east")
    assert (total(east, "workers"), total(LabourTransfer.objects.all(), "workers")) == (420, 1560)
    assert total(LabourTransfer.objects.all(), "poor") == 1106
    assert total(Sale.objects.all(), "amount") == 8800 * WAN
    assert total(Sale.objects.filter(type="purchase"), "amount") == 5100 * WAN  # 1800 + 2400 + 900
    assert total(InvestmentStep.objects.filter(step="paid_in"), "amount") == 15_000 * WAN  # 3000 + 3500 + 8500
    assert total(GiftUse.objects.exclude(amount_low=None), "amount") == 460 * WAN
    assert total(Village.objects.all(), "amount") == 800 * WAN
    assert Pairing.objects.values("level").distinct().count() == 10
    assert Pairing.objects.count() == 13


def test_people_go_both_ways_and_their_heads_are_not_added_over_time(taken):
    assert total(Secondment.objects.filter(direction="to_receiving"), "people") == 72  # 12 + 26 + 24 + 10
    assert total(Secondment.objects.filter(direction="to_supporting"), "people") == 43  # 10 + 15 + 18
    with pytest.raises(RefusedSum, match="人数不沿时间相加"):
        figure(taken, Name("people.trained", "wl-yx", "2023"))


def test_the_agreement_sets_targets_in_both_directions(taken):
    both = Indicator.objects.exclude(direction="").values_list("direction", "target_low")
    assert set(both) == {("to_receiving", 12), ("to_receiving", 60), ("to_supporting", 10)}
    assert Indicator.objects.count() == 8


def test_the_two_sides_differ_in_three_things_and_agree_in_nine(taken):
    said = {row.title: row.detail for row in OtherSaying.objects.filter(verdict="differs")}
    assert said == {
        "乡村振兴干部研修班": "受训人数：对方说76名，账上为80名",
        "云岫高原食品项目": "就业人数：对方说118名，账上为160名",
        "松源县柳湾村": "投入金额：对方说300万元，账上为320万元",
    }
    assert OtherSaying.objects.filter(verdict="agrees").count() == 9
    assert OtherSaying.objects.count() == 12
    assert Finding.objects.filter(rule="sides.2", state="open").count() == 3


def test_a_gift_of_a_bureau_beside_its_districts_is_asked_about_and_counted(taken):
    (asked,) = Finding.objects.filter(rule="donations.3")
    assert asked.found == "40万元是否含在港湾区的200万元内，原文未说明"


def test_what_was_promised_has_its_reply_and_what_is_new_has_none(taken):
    kept = dict(CommitmentReply.objects.values_list("commitment__text", "kept"))
    assert kept == {
        "年内企业到位投资2亿元以上": "under_way",
        "三个县各建设一个示范村": "kept",
        "青檀县人民医院远程会诊中心年内投入使用": "kept",
    }
    assert Commitment.objects.count() == 5


def test_its_situation_report_is_drawn_from_its_own_records_and_has_no_word_of_another_programme(taken):
    body = outline.paper(taken, "situation", "wl-yx", "2023").body
    said = "".join(piece if isinstance(piece, str) else piece.text for p in body for piece in p.pieces)
    assert re.findall("天津|来津|黄南|青洽|矿泉水|None", said) == []
    assert [words for words in POINTS if words not in said] == []
    # the points of the last chapter, as they come; the only one of the chapter before is not counted
    assert re.findall("([一二三四五六])是[^、]", said) == [*"一二三四五"]


POINTS = (  # a sentence of every kind of work, with what the papers of the example say
    "教育类捐资与筹资合计560万元", "到位投资1.5亿元", "意向协议，金额3.2亿元", "每年招生50名", "培训班25期", "采购云岫州产品5100万元",
    "投入800万元", "引进云岫高原食品项目、云岫澜拓电子装配项目、青檀药材加工项目",
)  # fmt: skip


def test_its_areas_lie_outside_the_national_list_and_say_so():
    invented = [row for code, rows in regions().items() for row in rows if code.startswith("99")]
    assert len(invented) == 8
    assert all("虚设" in row.name and "invented" in row.en for row in invented)


def test_no_person_is_named():
    told = "".join(path.read_text("utf-8") for path in sorted(EXAMPLE.rglob("*")) if path.is_file())
    assert re.findall("书记|市长|州长|县长|区长|局长|主任|先生|女士", told) == []  # who bears an office is never said
    assert re.findall(r"\b\d{17}[\dX]\b", told) == []


def test_the_book_holds_together(taken):
    assert verify().true
