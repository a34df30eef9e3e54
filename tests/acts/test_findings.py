"""Standing checks raise questions; a question is assigned, answered, settled and reopened, each by who may, as it was seen."""

from datetime import date, timedelta

import pytest
from books import OFFICER, kept_example, open_offices
from django.db import connection
from django.test.utils import CaptureQueriesContext

from duikou.acts import findings as acts
from duikou.acts.checking import run_checks
from duikou.acts.doing import Forbidden, doing, place_of, today
from duikou.acts.entering import enter
from duikou.acts.journal import header_of
from duikou.acts.ledger import Movement, move
from duikou.acts.offices import person
from duikou.acts.verify import verify
from duikou.records.models import Contract, Document, Finding, Invoice, JournalLine, Office, Organisation, Project
from duikou.rules import claims, contracts
from duikou.rules.fact import Told
from duikou.rules.findings import Answer, Assignment, Decision, Reopening
from duikou.rules.packs import Setting
from duikou.rules.period import Period, on
from duikou.rules.problem import Refused

DAY = date(2012, 3, 5)
WAN = 10_000_00


@pytest.fixture(scope="module")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    with kept_example(django_db_blocker, tmp_path_factory.mktemp("book")) as found:
        open_offices()
        yield found


@pytest.fixture
def programme(kept, db):
    return kept


def moved(programme, *movements):
    with doing("record_disbursement", person=OFFICER, place=place_of(programme)) as work:
        return move(work, programme, *movements)


def chosen(programme, rule, **values):
    """A rule of the programme's pack with its values, from 2010 on."""
    items = tuple(("value", name, str(value)) for name, value in values.items())
    fact = Setting(pack="own", rule=rule, weight="asks", when=Period(date(2010, 1, 1), date.max), items=items)
    with doing("adopt_pack", person=person("lingdao"), place=place_of(programme)) as work:
        enter(work, programme.record_id, [Told(fact, {})], {})


def entered(programme, *facts):
    with doing("load_programme", person=OFFICER, place=place_of(programme)) as work:
        return enter(work, programme.record_id, [Told(fact, {}) for fact in facts], {})


def asked(rule, record=None):
    found = Finding.objects.filter(rule=rule).order_by("pk")
    return list(found.filter(record__links__to=record) if record else found)


@pytest.fixture
def project(programme):
    """A project in 同仁县 that received 100 万元 on 5 March 2011, with a contract of 100 万元."""
    kept = Project.objects.filter(record__programme=programme).first()
    with doing("load_programme", person=OFFICER, place=place_of(programme)) as work:
        work.change(kept, region="632321", status="")
    way = {"amount": 100 * WAN, "project": kept.pk, "receiver": "hn", "when": on(date(2011, 3, 5))}
    moved(
        programme,
        *(Movement(state=state, voucher=f"回单-{state}", **way) for state in ("secured", "disbursed", "received")),
    )
    return kept.pk


@pytest.fixture
def contract(programme, project):
    fact = contracts.Contract(
        number="2011-1",
        project=project,
        payee="hn",
        type="works",
        method="tender",
        price=100 * WAN,
        key="tj-hn/2011-1",
    )
    return entered(programme, fact)[0]


def claim(programme, contract, number, **more):
    said = {
        "type": "progress",
        "stage": "started",
        "use": "project",
        "amount": 10 * WAN,
        "when": on(date(2011, 9, 5)),
    } | more
    fact = claims.Claim(contract=contract, number=number, **said)
    with doing("load_programme", person=OFFICER, place=place_of(programme)) as work:
        (entered_,) = enter(work, programme.record_id, [Told(fact, {})], {})
        work.change(work.rows["records_claim", entered_], state=more.get("state", "submitted"))
    return entered_


# ---- what the checks find -----------------------------------------------------------------------------------------------


def test_nothing_is_asked_of_the_example_before_the_checks_are_run_and_once_after(programme):
    assert asked("checks.1") == []
    before = JournalLine.objects.count()
    assert (
        run_checks(programme, person=OFFICER, day=DAY).raised == 1
    )  # 1000 万元 secured in August 2011 and not paid over
    assert JournalLine.objects.count() == before + 1
    again = run_checks(programme, person=OFFICER, day=DAY)
    assert (again.raised, again.changed, again.lapsed, again.open) == (0, 0, 0, 1)
    assert JournalLine.objects.count() == before + 1
    assert verify().true


def test_a_stated_total_that_was_asked_for_its_vouchers_is_not_asked_twice(programme):
    (vouchers,) = asked("funds.4")
    run_checks(programme, person=OFFICER, day=DAY)
    acts.settle_finding(Decision("原件遗失", acts.line_of(vouchers)), finding=vouchers, person=person("shenji"))
    run_checks(programme, person=OFFICER, day=DAY)
    assert not asked("checks.5")


def test_money_of_a_project_is_asked_of_its_county_and_of_the_pool_of_the_supporting_office(programme, project):
    run_checks(programme, person=OFFICER, day=DAY)
    (idle,) = asked("checks.1", project)
    assert (idle.amount, idle.found) == (100 * WAN, "闲置 100万元：满12个月 100万元；未开工")
    assert idle.owner.code == "trxzyb"
    assert (idle.raised, idle.due) == (DAY, None)
    (pool,) = asked("checks.1", programme.record_id)
    assert pool.owner == programme.office


def test_the_day_due_is_set_only_where_the_programme_has_set_how_many_days(programme, project):
    chosen(programme, "checks.1", days=30)
    run_checks(programme, person=OFFICER, day=DAY)
    assert asked("checks.1", project)[0].due == date(2012, 4, 4)


def test_money_that_was_taken_back_and_paid_again_on_one_day_grows_no_younger(programme, project):
    (paid,) = moved(programme, Movement(state="received", back=True, amount=100 * WAN, project=project, when=on(DAY)))
    moved(programme, Movement(state="received", amount=100 * WAN, project=project, when=on(DAY), corrects=paid))
    run_checks(programme, person=OFFICER, day=DAY)
    assert asked("checks.1", project)[0].found.startswith("闲置 100万元：满12个月 100万元")


def test_slow_spending_is_asked_only_by_the_values_of_the_programme(programme, project):
    run_checks(programme, person=OFFICER, day=DAY)
    assert not asked("checks.2")
    chosen(
        programme, "checks.2", months=24, points=49
    )  # 12 of 24 months are gone and nothing is spent: 50 points behind
    run_checks(programme, person=OFFICER, day=DAY)
    assert [one.amount for one in asked("checks.2", project)] == [100 * WAN]


def test_a_contract_is_asked_where_payment_and_progress_part_and_where_the_builder_finances(programme, contract):
    chosen(programme, "checks.3", points=10)
    chosen(programme, "checks.10", points=20)
    claim(programme, contract, 1, progress=500, done=50 * WAN)
    run_checks(programme, person=OFFICER, day=DAY)
    assert asked("checks.3", contract)[0].found == "已付 0%，进度 50%"
    assert "核定 0万元" in asked("checks.10", contract)[0].found
    assert asked("checks.3", contract)[0].owner.code == "trxzyb"


def test_missing_vouchers_are_asked_of_who_has_them(programme, project):
    way = {"amount": WAN, "project": project, "receiver": "hn", "when": on(DAY)}
    _, paid, came = moved(programme, *(Movement(state=state, **way) for state in ("secured", "disbursed", "received")))
    run_checks(programme, person=OFFICER, day=DAY)
    assert [one.owner.code for one in asked("checks.4", paid)] == [programme.office.code]
    assert [one.owner.code for one in asked("checks.4", came)] == ["hn"]
    assert len(asked("checks.4")) == 2  # those of the fixture bear their numbers


def test_invoices_written_otherwise_and_twins_are_asked_of_the_later_claim(programme, contract):
    first, second = (claim(programme, contract, n, purpose="机关办公楼" if n == 2 else "广场") for n in (1, 2))
    seller = Organisation.objects.get(code="hn").pk
    rows = ((901, first, "0120-0071", 5), (902, second, "I2OOO71", 7), (903, second, "88", 5))
    with doing("load_programme", person=OFFICER, place=place_of(programme)) as work:
        work.write(
            [Invoice(number=n, claim_id=c, said=s, key=s, seller_id=seller, amount=a * WAN) for n, c, s, a in rows]
        )
    run_checks(programme, person=OFFICER, day=DAY)
    assert [len(asked(rule, first)) for rule in ("checks.6", "checks.7", "checks.9")] == [0, 0, 0]
    assert [len(asked(rule, second)) for rule in ("checks.6", "checks.7", "checks.9")] == [1, 1, 1]
    assert asked("checks.7", second)[0].found == "发票 88 与 0120-0071 同日、同为 5万元、同一销方"


def test_what_holds_no_longer_stays_open_with_its_day_until_it_is_judged(programme, project):
    run_checks(programme, person=OFFICER, day=DAY)
    moved(programme, Movement(state="surrendered", amount=100 * WAN, project=project, when=on(DAY)))
    later = DAY + timedelta(days=1)
    assert run_checks(programme, person=OFFICER, day=later).lapsed == 1
    (idle,) = asked("checks.1", project)
    assert (idle.state, idle.last) == ("open", later)
    assert run_checks(programme, person=OFFICER, day=later).lapsed == 0
    assert verify().true


def test_what_was_judged_is_asked_again_only_when_it_says_something_else(programme, project):
    run_checks(programme, person=OFFICER, day=DAY)
    (idle,) = asked("checks.1", project)
    acts.settle_finding(Decision("等开春施工", acts.line_of(idle)), finding=idle, person=person("shenji"))
    assert run_checks(programme, person=OFFICER, day=DAY).raised == 0
    # 18 months by now; and five promises of the report of 2011-08-29 that nobody has answered in a year
    assert run_checks(programme, person=OFFICER, day=date(2012, 9, 5)).raised == 1 + 5
    assert [one.state for one in asked("checks.1", project)] == ["settled", "open"]


def test_an_open_question_says_what_is_found_now(programme, project):
    run_checks(programme, person=OFFICER, day=DAY)
    assert run_checks(programme, person=OFFICER, day=date(2012, 9, 5)).changed >= 1
    assert [one.found for one in asked("checks.1", project)] == ["闲置 100万元：满18个月 100万元；未开工"]


def test_the_questions_to_the_database_do_not_grow_with_the_book(programme, project):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            run_checks(programme, person=OFFICER, day=DAY)
        return len(found)

    run_checks(programme, person=OFFICER, day=DAY)
    few = queries()
    way = {"amount": WAN, "project": project, "when": on(DAY), "voucher": "回单"}
    moved(programme, *(Movement(state="secured", **way) for _ in range(60)))
    run_checks(programme, person=OFFICER, day=DAY)
    assert queries() == few < 60


def test_only_who_may_runs_the_checks(programme):
    with pytest.raises(Forbidden):
        run_checks(programme, person=person("tongren"), day=DAY)


# ---- the life of a question ---------------------------------------------------------------------------------------------


@pytest.fixture
def question(programme, project):
    run_checks(programme, person=OFFICER, day=DAY)
    return asked("checks.1", project)[0]


def seen(question):
    return acts.line_of(question)


def deal(act, who, question, fact):
    getattr(acts, act)(fact, finding=question, person=person(who))
    question.refresh_from_db()
    return header_of(JournalLine.objects.last())


def test_a_question_is_assigned_answered_by_its_county_settled_by_another_and_reopened(programme, question):
    prefecture = Organisation.objects.get(code="trxzyb")
    due = today() + timedelta(days=30)
    said = deal("assign_finding", "yewu", question, Assignment(prefecture.pk, due, seen(question)))
    assert (said["act"], said["person"]) == ("assign_finding", "yewu")
    assert (question.state, question.owner, question.due) == ("asked", prefecture, due)

    paper = Document.objects.filter(record__programme=programme).first()
    deal("answer_finding", "tongren", question, Answer("四月开工", seen(question), paper.pk))
    assert (question.state, question.answer, question.evidence) == ("answered", "四月开工", paper)

    deal("settle_finding", "yewu", question, Decision("", seen(question)))  # the answer says it all
    assert (question.state, question.settled) == ("settled", today())

    said = deal("reopen_finding", "shenji", question, Reopening("五月复查仍未开工", seen(question)))
    assert said["reason"] == "五月复查仍未开工"
    assert (question.state, question.settled, question.answer, question.due) == ("asked", None, None, due)
    assert verify().true


def test_a_deed_on_a_question_that_has_moved_on_is_refused_with_what_has_changed(question):
    old = seen(question)
    deal("answer_finding", "tongren", question, Answer("四月开工", old))
    with pytest.raises(Refused, match=f"第 {old + 1} 行 tongren 答复待核：进展 已答复，答复 四月开工"):
        deal("settle_finding", "yewu", question, Decision("已看", old))
    question.refresh_from_db()
    assert question.state == "answered"


@pytest.mark.parametrize(
    ("act", "who", "fact", "said"),
    [
        ("assign_finding", "yewu", Assignment(0, date(2012, 3, 4), 0), "findings.3"),
        ("answer_finding", "tongren", Answer("　", 0), "findings.4"),
        ("settle_finding", "yewu", Decision(" ", 0), "findings.5"),
        ("reopen_finding", "yewu", Reopening("再查", 0), "findings.7"),
    ],
)
def test_what_a_state_or_a_word_does_not_allow_is_refused_in_words(question, act, who, fact, said):
    before = JournalLine.objects.count()
    fact = type(fact)(**(vars(fact) | {"seen": seen(question)}))
    with pytest.raises(Refused, match=said):
        deal(act, who, question, fact)
    assert JournalLine.objects.count() == before


def test_who_answers_does_not_settle(question):
    deal("answer_finding", "yewu", question, Answer("四月开工", seen(question)))
    with pytest.raises(Refused, match=r"findings\.6"):
        deal("settle_finding", "yewu", question, Decision("同意", seen(question)))
    deal("settle_finding", "shenji", question, Decision("同意", seen(question)))
    with pytest.raises(Refused, match=r"findings\.2"):
        deal("answer_finding", "yewu", question, Answer("再说一句", seen(question)))


def test_a_county_answers_what_its_area_answers_for_and_nothing_else(programme, question):
    (pool,) = asked("checks.1", programme.record_id)
    with pytest.raises(Forbidden):
        deal("answer_finding", "tongren", pool, Answer("不归我", seen(pool)))
    with pytest.raises(Forbidden):
        deal("settle_finding", "tongren", question, Decision("自判", seen(question)))
    deal("answer_finding", "tongren", question, Answer("四月开工", seen(question)))
    assert question.state == "answered"
    assert Office.objects.get(organisation=question.owner).area == "632321"
    assert Contract.objects.count() == 0
