"""The addresses of 项目 as they are read."""

from duikou.web.projects import audit, late, listing, needs, one, t1

urlpatterns = [
    *audit.urlpatterns,
    *listing.urlpatterns,
    *one.urlpatterns,
    *late.urlpatterns,
    *needs.urlpatterns,
    *t1.urlpatterns,
]
