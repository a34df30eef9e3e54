"""The addresses of 读材料."""

from duikou.web.prose import dropping, forming, reviewing, taught

urlpatterns = [*taught.urlpatterns, *dropping.urlpatterns, *reviewing.urlpatterns, *forming.urlpatterns]
