"""The addresses of 资金 as it is read."""

from duikou.web.ledger import claims, contracts, entries, notices, overview, receipts, reconciling, reconciling_forms

urlpatterns = [
    *overview.urlpatterns,
    *entries.urlpatterns,
    *notices.urlpatterns,
    *contracts.urlpatterns,
    *claims.urlpatterns,
    *receipts.urlpatterns,
    *reconciling.urlpatterns,
    *reconciling_forms.urlpatterns,
]
