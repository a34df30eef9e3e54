"""The addresses of all pages: each page module brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("duikou.web.dashboard")),
    path("", include("duikou.web.funds")),
    path("", include("duikou.web.ledger.urls")),
    path("", include("duikou.web.projects.urls")),
    path("", include("duikou.web.acting.urls")),
    path("", include("duikou.web.rules")),
    path("", include("duikou.web.sides")),
    path("", include("duikou.web.own")),
    path("", include("duikou.web.accounts")),
    path("", include("duikou.web.data")),
    path("", include("duikou.web.trail")),
    path("", include("duikou.web.records")),
    path("", include("duikou.web.documents")),
    path("", include("duikou.web.papers")),
    path("", include("duikou.web.tables")),
    path("", include("duikou.web.search")),
    path("", include("duikou.web.offices")),
    path("", include("duikou.web.roles")),
    path("", include("duikou.web.rights")),
    path("", include("duikou.web.keys")),
    path("", include("duikou.web.interface.page")),
    path("", include("duikou.web.log")),
    path("", include("duikou.web.access")),
    path("", include("duikou.web.publishing")),
    path("", include("duikou.web.findings")),
    path("", include("duikou.web.finding")),
    path("", include("duikou.web.jobs")),
]
