"""Plans, principles, experience and consultations enter the book."""

from duikou.rules import plans as rules

from .judged import Judged

PLANS = Judged(rules.RULES)
