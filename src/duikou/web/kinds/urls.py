"""The addresses of the kinds of work as they are read."""

from duikou.web.kinds import listing, overview

urlpatterns = [*overview.urlpatterns, *listing.urlpatterns]
