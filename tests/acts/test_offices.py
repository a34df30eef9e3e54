"""Offices, accounts and roles by their acts: who may what on which day, what is refused, on SQLite and PostgreSQL."""

from datetime import date, timedelta

import pytest
from books import example, open_offices
from django.contrib.auth import get_user_model
from pouring import poured

from duikou.acts import names
from duikou.acts.doing import Forbidden, doing, today
from duikou.acts.journal import head
from duikou.acts.offices import (
    appoint,
    close_account,
    end_appointment,
    hand_over,
    holder,
    issue_key,
    open_account,
    open_office,
    person,
    revoke_key,
)
from duikou.acts.verify import replay, verify
from duikou.records.models import Account, Appointment, JournalLine, Key, Name, Office, Programme
from duikou.rules.problem import Refused
from duikou.rules.rights import Place, Post, everywhere, may, table

ADMINISTRATOR, SECURITY = everywhere("ops-1", "administrator"), everywhere("ops-2", "security_officer")
DAY = timedelta(days=1)


@pytest.fixture
def programme(db, settings, tmp_path):
    found = example(settings, tmp_path)
    poured("offices", open_offices)
    return found


def account(code):
    return Account.objects.get(code=code)


def refused(act):
    """The codes of the rules that refuse; nothing is written."""
    before = head()
    with pytest.raises(Refused) as refusal:
        act()
    assert head() == before
    return [problem.code for problem in refusal.value.problems]


def test_a_clerk_of_a_county_bears_the_post_of_the_county(programme):
    assert person("tongren").posts == (Post("county_clerk", "trxzyb", "632321", "tj-hn"),)
    assert person("shenji").posts == (Post("auditor", "sjj", "120000"),)
    assert person("nobody").posts == ()


def test_a_role_begins_and_ends_with_its_days_both_included(programme):
    leader = appoint(account("yewu"), "leader", begins=today(), ends=today() + DAY, person=SECURITY)
    roles = [person("yewu", today() + n * DAY).roles for n in (-1, 0, 1, 2)]
    assert ["leader" in borne for borne in roles] == [False, True, True, False]
    end_appointment(leader, ends=today(), person=SECURITY, reason="调离")
    assert "leader" not in person("yewu", today() + DAY).roles


def test_the_three_officers_are_three_people(programme):
    for code, role in (("guanli", "auditor"), ("anquan", "administrator"), ("yewu", "auditor"), ("shenji", "leader")):
        assert refused(lambda c=code, r=role: appoint(account(c), r, begins=today(), person=SECURITY)) == ["offices.5"]


def test_nobody_gives_to_himself_and_a_county_clerk_sits_in_a_county(programme):
    assert refused(lambda: appoint(account("anquan"), "security_officer", begins=today(), person=person("anquan"))) == [
        "offices.7",
        "offices.9",
    ]
    assert refused(lambda: appoint(account("caiwu"), "county_clerk", begins=today(), person=SECURITY)) == ["offices.6"]
    assert refused(lambda: appoint(account("tongren"), "front_line_officer", begins=today(), person=SECURITY)) == [
        "offices.6"
    ]


def test_the_last_administrator_and_the_last_security_officer_stay(programme):
    only = Appointment.objects.get(role="administrator")
    assert refused(lambda: end_appointment(only, ends=today(), person=SECURITY, reason="调离")) == ["offices.12"]
    assert refused(lambda: close_account(account("anquan"), person=ADMINISTRATOR, reason="调离")) == ["offices.12"]
    office = Office.objects.get(organisation__code="tjhzb")
    second = open_account("guanli-2", office=office, person=ADMINISTRATOR)
    appoint(second, "administrator", begins=today(), person=SECURITY)
    end_appointment(only, ends=today(), person=SECURITY, reason="调离")
    assert person("guanli", today() + DAY).roles == frozenset()


def test_a_closed_account_bears_nothing_signs_in_no_more_and_is_given_nothing(programme):
    close_account(account("yewu"), person=ADMINISTRATOR, reason="退休")
    assert person("yewu").posts == ()
    user = get_user_model().objects.get(username="yewu")
    assert not user.is_active
    assert not user.has_usable_password()
    assert refused(lambda: appoint(account("yewu"), "leader", begins=today(), person=SECURITY)) == ["offices.8"]


def test_handing_over_moves_every_role_on_a_day(programme):
    appoint(account("yewu"), "finance_clerk", begins=today(), programme=programme, person=SECURITY)
    office = Office.objects.get(organisation__code="tjhzb")
    taker = open_account("yewu-2", office=office, person=ADMINISTRATOR)
    numbers = hand_over(account("yewu"), taker, on=today() + DAY, person=SECURITY, reason="轮岗")
    assert len(numbers) == 2
    assert person("yewu").roles == {"programme_officer", "finance_clerk"}
    assert person("yewu", today() + DAY).posts == ()
    assert person("yewu-2", today()).posts == ()
    assert [post.programme for post in person("yewu-2", today() + DAY).posts] == ["tj-hn", "tj-hn"]


def test_there_is_nothing_to_hand_over_from_an_account_without_a_role_or_to_itself(programme):
    before = head()
    with pytest.raises(ValueError, match="没有可以交接的角色"):
        hand_over(account("yewu"), account("caiwu"), on=today(), person=SECURITY, reason="同一天")
    with pytest.raises(ValueError, match="两个账号"):
        hand_over(account("yewu"), account("yewu"), on=today() + DAY, person=SECURITY, reason="自己")
    assert head() == before


@pytest.mark.parametrize("code", ["yw", "Yewu", "业务", "yewu yewu", "1yewu", "y" * 21, "yewu", "../etc"])
def test_an_account_is_named_plainly_and_no_name_is_used_twice(programme, code):
    office = Office.objects.get(organisation__code="tjhzb")
    assert refused(lambda: open_account(code, office=office, person=ADMINISTRATOR)) == ["offices.3"]


def test_an_office_is_opened_once(programme):
    opened = lambda: open_office("tjhzb", area="120000", side="supporting", person=ADMINISTRATOR)  # noqa: E731
    assert refused(opened) == ["offices.2"]


def test_a_name_goes_to_the_store_of_names_and_not_into_the_journal(programme):
    office = Office.objects.get(organisation__code="tjhzb")
    opened = open_account("yewu-9", office=office, name="某某", person=ADMINISTRATOR)
    assert "某某" not in Name.objects.get(number=opened.person_id).value  # sealed
    told = names.read([opened.person_id], person=SECURITY, place=Place(office="tjhzb"), why="试")
    assert told == {opened.person_id: "某某"}
    assert not any(
        "某某" in image for line in JournalLine.objects.all() for image in line.images.values_list("text", flat=True)
    )


def test_a_key_acts_for_its_office_until_it_ends_or_is_revoked(programme):
    office = Office.objects.get(organisation__code="trxzyb")
    secret = issue_key(
        "tongren-1", office=office, role="county_clerk", begins=today(), ends=today() + 30 * DAY, programme=programme,
        person=SECURITY,
    )  # fmt: skip
    assert holder(secret).account == "key:tongren-1"
    assert holder(secret).posts == (Post("county_clerk", "trxzyb", "632321", "tj-hn"),)
    assert holder(secret, today() + 31 * DAY) is None
    assert holder(secret + "x") is None
    assert secret not in str(list(Key.objects.values()))
    revoke_key(Key.objects.get(), person=SECURITY, reason="遗失")
    assert holder(secret) is None


def test_a_key_lasts_a_year_at_most_and_does_no_officer_s_work(programme):
    office = Office.objects.get(organisation__code="tjhzb")

    def key(role="programme_officer", days=366):
        return issue_key("k-1", office=office, role=role, begins=today(), ends=today() + days * DAY, person=SECURITY)

    assert refused(lambda: key(days=367)) == ["offices.10"]
    assert refused(lambda: key(role="security_officer")) == ["offices.11"]


def test_only_the_administrator_opens_and_only_the_security_officer_gives(programme):
    office = Office.objects.get(organisation__code="tjhzb")
    with pytest.raises(Forbidden, match="开立账号由系统管理员办理"):
        open_account("yewu-3", office=office, person=SECURITY)
    with pytest.raises(Forbidden, match="授予角色由安全管理员办理"):
        appoint(account("yewu"), "leader", begins=today(), person=ADMINISTRATOR)


def test_all_of_it_stands_in_the_journal(programme):
    hand_over(account("yewu"), account("caiwu"), on=today() + DAY, person=SECURITY, reason="轮岗")
    assert verify().true
    assert set(replay(JournalLine.objects.all())) >= {"records_office", "records_account", "records_appointment"}


# ---- every act as every role, against the table as the test reads it ---------------------------------------------------

OWN, OTHER = "tj-hn", "bj-ht"
ACTS = sorted({act for act, _ in table() if not act.startswith("see_")})
ROLES = {
    "programme_officer": "yewu", "front_line_officer": "qianfang", "county_clerk": "tongren", "finance_clerk": "caiwu",
    "leader": "lingdao", "county_leader": "xianling", "auditor": "shenji", "administrator": "guanli", "security_officer": "anquan",
    "public_reader": "gongzhong",
}  # fmt: skip
EVERY_PROGRAMME = ("leader", "auditor", "administrator", "security_officer")


@pytest.mark.parametrize("role", ROLES)
def test_an_act_is_done_or_forbidden_as_the_table_says(programme, role):
    who = person(ROLES[role])
    for act in ACTS:
        where = table().get((act, ""), {}).get(role)
        for code in (OWN, OTHER, ""):
            expected = where == "all" or (
                where == "programme" and code != "" and (code == OWN or role in EVERY_PROGRAMME)
            )
            before = head()
            try:
                with doing(act, person=who, place=Place(programme=code)):
                    done = True
            except Forbidden:
                done = False
            assert (act, code, done) == (act, code, expected)
            assert head() == before  # nothing was written, so nothing was journaled


def test_may_asks_what_the_act_asks(programme):
    assert may(person("caiwu"), "record_disbursement", Place(programme=OWN))
    with doing("record_disbursement", person=person("caiwu"), place=Place(programme=OWN)):
        pass


def test_the_days_of_a_role_are_kept_in_order_by_the_database(programme):
    from django.db import IntegrityError, transaction

    borne = Appointment.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.filter(pk=borne.pk).update(ends=date(2000, 1, 1))
    assert Programme.objects.count() == 8


def test_offices_open_on_postgresql_too(office_there):
    assert office_there.ask("offices") == {"opened": 11, "true": True, "replays": True, "roles": ["county_clerk"]}
