"""审读 in the book: a text is taken in once, a passage is decided on once, what an office corrects is kept and used again."""

import pytest
from books import OFFICER
from prose_texts import parties_only, taken

from duikou.acts.doing import Forbidden
from duikou.acts.journal import head, header_of
from duikou.acts.reviewing import Review, Spot, accept_told, decided, decline, join_told, take_text
from duikou.acts.verify import verify
from duikou.intake.wordings import Example, examples
from duikou.records.models import Document, Gift, JournalLine, OtherSaying, Programme, Reviewed, Statement, Wording
from duikou.rules.donations import Gift as GiftFact
from duikou.rules.evidence import Document as DocumentFact
from duikou.rules.fact import Source, Told
from duikou.rules.problem import Refused
from duikou.rules.quantity import yuan
from duikou.rules.reviews import Wording as WordingFact
from duikou.rules.rights import Person, Post
from duikou.rules.sides import Saying

pytestmark = pytest.mark.django_db

WORDS = "6月，市工商联向河南县一中捐资25万元用于购置图书。"
SPOT = Spot(1, 15, 19, "donation_cash", "25万元")
CLERK = Person("tongren", (Post("county_clerk", "trx", "632321", "tj-hn"),))


@pytest.fixture
def programme(tmp_path, settings):
    """The programme with its parties only."""
    settings.VAR = tmp_path
    return parties_only()


@pytest.fixture
def review(programme):
    """A text that has been taken in."""
    return Review(taken(programme, WORDS), programme, OFFICER)


def told(review, wan=25):
    fact = GiftFact(form="cash", sector="education", giver="gsl", receiver="hnx", amount=yuan(wan * 10**4))
    source = Source(review.document.pk, "supporting", 1, "", "市工商联向河南县一中捐资25万元")
    return Told(fact, {"": source, "amount": source}, {"amount": f"{wan}万元"})


def header():
    return header_of(JournalLine.objects.order_by("number").last())


def test_a_text_becomes_a_document_of_the_book_once_and_its_bytes_are_kept(programme, tmp_path):
    first, again = taken(programme, WORDS), taken(programme, WORDS)
    assert first == again
    assert (tmp_path / "documents" / first.digest).read_bytes() == WORDS.encode()
    assert header()["act"] == "review_text"


def test_what_is_taken_is_a_record_by_the_act_of_its_subject_with_passage_and_words(review):
    number = accept_told(told(review), [SPOT], review)
    gift, line = Gift.objects.get(pk=number), header()
    assert (gift.giver.code, gift.amount_low) == ("gsl", 25000000)
    assert (line["act"], line["reason"]) == ("record_gift", "审读《简报》第1段")
    statement = Statement.objects.get(record=number, aspect="amount")
    assert (statement.passage.document, statement.passage.paragraph, statement.said) == (review.document, 1, "25万元")
    assert decided(review.document)[1, 15, "donation_cash"].about_id == number


def test_a_passage_is_taken_once(review):
    accept_told(told(review), [SPOT], review)
    with pytest.raises(Refused, match="一处词句只收一次"):
        accept_told(told(review), [SPOT], review)
    assert Gift.objects.count() == 1


def test_what_is_declined_is_remembered_with_its_reason_and_may_still_be_taken(review):
    with pytest.raises(Refused, match="不收的，须写明原因"):
        decline([SPOT], review, reason=" ")
    decline([SPOT], review, reason="已在别处登记")
    row = decided(review.document)[SPOT.key]
    assert (row.verdict, row.reason, row.about) == ("declined", "已在别处登记", None)
    accept_told(told(review), [SPOT], review)
    assert decided(review.document)[SPOT.key].verdict == "accepted"


def test_a_second_document_about_one_event_joins_as_a_statement(review):
    number = accept_told(told(review), [SPOT], review)
    other = Review(taken(review.programme, WORDS + "又及。", title="总结"), review.programme, OFFICER)
    source = Source(other.document.pk, "supporting", 1, "", "捐资25万元用于购置图书")
    again = Told(told(review).fact, {"": source, "amount": source}, {"amount": "25万元"})
    join_told(again, [SPOT], other, to=number)
    assert Gift.objects.count() == 1
    documents = Statement.objects.filter(record=number, aspect="amount").values_list(
        "passage__document__title", "adopted"
    )
    assert sorted(documents) == [("总结", True), ("简报", True)]
    with pytest.raises(ValueError, match="已经以这处词句为出处"):
        join_told(again, [Spot(1, 0, 2, "visit", "6月")], other, to=number)


def test_a_joined_number_that_differs_stands_beside_and_is_not_adopted(review):
    number = accept_told(told(review), [SPOT], review)
    other = Review(taken(review.programme, "市工商联捐资20余万元。", title="总结"), review.programme, OFFICER)
    source = Source(other.document.pk, "supporting", 1, "", "市工商联捐资20余万元")
    join_told(
        Told(told(review, 20).fact, {"": source}, {}), [Spot(1, 7, 13, "donation_cash", "20余万元")], other, to=number
    )
    assert Gift.objects.get(pk=number).amount_low == 25000000
    assert list(
        Statement.objects.filter(record=number, aspect="amount", adopted=False).values_list("value_low", flat=True)
    ) == [20000000]


def test_the_other_sides_word_is_set_beside_and_never_counted(review):
    accept_told(told(review), [SPOT], review)
    theirs = Review(
        taken(review.programme, "收到市工商联捐资25万元。", issuer="hn", title="州简报"), review.programme, OFFICER
    )
    source = Source(theirs.document.pk, "receiving", 1, "", "收到市工商联捐资25万元")
    said = GiftFact(form="cash", sector="education", giver="gsl", amount=yuan(250000))
    spot = Spot(1, 8, 12, "donation_cash", "25万元")
    accept_told(Told(Saying(said=said), {"": source}, {}), [spot], theirs, verdict="compared")
    row = OtherSaying.objects.get()
    assert (row.verdict, row.about.kind, Gift.objects.count()) == ("agrees", "gift", 1)


def test_who_may_not_record_such_a_fact_may_not_take_it_from_a_text(programme):
    document = taken(programme, WORDS)
    elsewhere, own = (Review(document, programme, CLERK, area) for area in ("632324", "632321"))
    with pytest.raises(Forbidden):
        accept_told(told(elsewhere), [SPOT], elsewhere)
    with pytest.raises(Forbidden):
        decline([SPOT], elsewhere, reason="不是本县的")
    decline([SPOT], own, reason="不是本县的")
    fact = DocumentFact(title="县简报", medium="notice", grade="issued", issuer="hn", digest="a" * 64)
    with pytest.raises(Forbidden):
        take_text(fact, b"x", programme=programme, person=CLERK, area="632300")


def test_what_a_person_corrects_is_kept_as_the_wording_of_the_office_and_found_again(review):
    learnt = [
        WordingFact(office="tjhzb", aspect="kind", words="落实到位", was="funds_secured", reads="donation_cash"),
        WordingFact(office="tjhzb", aspect="gift.sector", words="购置图书", was="education", reads="culture"),
    ]
    accept_told(told(review), [SPOT], review, verdict="corrected", learnt=learnt)
    assert set(examples("tjhzb")) == {
        Example("kind", "落实到位", "funds_secured", "donation_cash"),
        Example("gift.sector", "购置图书", "education", "culture"),
    }
    assert examples("trx") == ()
    assert Wording.objects.count() == 2


def test_the_youngest_example_of_the_same_words_holds(review):
    for n, reads in enumerate(("donation_cash", "funds_raised")):
        learnt = [WordingFact(office="tjhzb", aspect="kind", words="落实到位", was="funds_secured", reads=reads)]
        accept_told(told(review), [Spot(1, n, 19, "donation_cash", "25万元")], review, learnt=learnt)
    assert examples("tjhzb") == (Example("kind", "落实到位", "funds_secured", "funds_raised"),)


def test_a_refused_wording_takes_nothing(review):
    before = head().number
    same = WordingFact(office="tjhzb", aspect="kind", words="落实到位", was="funds_secured", reads="funds_secured")
    with pytest.raises(Refused, match="记下的读法须有词句"):
        accept_told(told(review), [SPOT], review, learnt=[same])
    assert (head().number, Gift.objects.count(), Reviewed.objects.count()) == (before, 0, 0)


def test_the_journal_holds_what_was_decided(review):
    accept_told(told(review), [SPOT], review)
    decline([Spot(1, 0, 2, "visit", "6月")], review, reason="读错了")
    assert verify().problems == ()
    assert (
        Programme.objects.count()
        == Document.objects.exclude(record__programme=None).values("record__programme").distinct().count()
    )
