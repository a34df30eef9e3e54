"""The addresses of these pages."""

from duikou.web.planning import fit, one, tried

urlpatterns = [*fit.urlpatterns, *one.urlpatterns, *tried.urlpatterns]
