"""The addresses of the papers of money."""

from . import claims, contracts, notices, receipts

urlpatterns = [
    pattern for module in (notices, contracts, claims, receipts) for pattern in module.urlpatterns
]
