"""The addresses of people behind the numbers."""

from duikou.web.people import attend, present, terms

urlpatterns = [*terms.urlpatterns, *attend.urlpatterns, *present.urlpatterns]
