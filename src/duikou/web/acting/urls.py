"""The addresses of all forms of money."""

from . import budgets, claims, closings, contracts, funds, notices, receipts, steps

urlpatterns = [
    pattern
    for module in (funds, notices, receipts, contracts, claims, steps, budgets, closings)
    for pattern in module.urlpatterns
]
