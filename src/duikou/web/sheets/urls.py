"""The addresses of 收表."""

from duikou.web.sheets import answers, checking, dropping, forms, mapping, receipt

urlpatterns = [
    *answers.urlpatterns,
    *forms.urlpatterns,
    *dropping.urlpatterns,
    *checking.urlpatterns,
    *mapping.urlpatterns,
    *receipt.urlpatterns,
]
