"""The cases of reviews; test_rule_book holds every rule beside its case."""

from dataclasses import replace

from duikou.rules.reviews import Reviewed, ReviewStanding, Wording

DECLINED = Reviewed(
    document=7, paragraph=20, begins=143, ends=148, reads="donation_cash", verdict="declined", text="160万元",
    reason="已由区里报过",
)  # fmt: skip
ACCEPTED = replace(DECLINED, verdict="accepted", reason="", about=9)
WORDING = Wording(office="tjhzb", aspect="kind", words="落实到位", was="funds_secured", reads="funds_disbursed")

CASES = {
    "reviews.1": (DECLINED, replace(DECLINED, reason=" "), "没有写原因", ReviewStanding()),
    "reviews.2": (
        ACCEPTED, ACCEPTED, "第 20 段“160万元”已收下", ReviewStanding("declined"), ReviewStanding("accepted"),
    ),
    "reviews.3": (WORDING, replace(WORDING, reads="funds_secured"), "“落实到位”", None),
}  # fmt: skip
