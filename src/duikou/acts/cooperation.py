"""Transfers of labour, sales and model villages enter the book."""

from duikou.rules import cooperation as rules

from .doing import always, today
from .judged import Judged

COOPERATION = Judged(rules.RULES, lambda *_: always(rules.CooperationStanding(today())))
