"""The sections of the menu besides money and projects, the kinds of record in each, in the order of their pages."""

from django.urls import register_converter
from django.urls.converters import StringConverter

from duikou.acts.accepting import SUBJECTS

SECTIONS: dict[str, tuple[str, ...]] = {
    "plans": ("plan", "principle", "experience"),
    "people": (
        "training", "secondment", "study_class", "cohort", "vocational_study", "training_base", "medical_support",
    ),
    "gifts": ("gift", "gift_use", "valuation"),
    "industry": ("investment", "investment_step", "investment_result", "intent"),
    "cooperation": ("labour_transfer", "sale", "village"),
    "exchanges": ("agreement", "indicator", "visit", "consultation", "pairing"),
    "governance": (
        "decision", "assignment", "instruction", "commitment", "commitment_reply", "leading_group", "working_rule",
        "measures", "policy_basis",
    ),
}  # fmt: skip
OF_KIND = {kind: section for section, kinds in SECTIONS.items() for kind in kinds}
"""The section that a kind of record is in."""
ACTS = {fact.kind: subject.act for subject in SUBJECTS for fact in subject.kinds if subject.act}
"""The act by which one record of a kind is made."""


class SectionInAddress(StringConverter):
    """A section in an address."""

    regex = "|".join(SECTIONS)


class KindInAddress(StringConverter):
    """A kind of record of some section in an address."""

    regex = "|".join(sorted(OF_KIND, key=len, reverse=True))


register_converter(SectionInAddress, "section")
register_converter(KindInAddress, "kind")
