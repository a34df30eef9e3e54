"""The addresses of all pages: each page module brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("duikou.web.dashboard")),
    path("", include("duikou.web.funds")),
    path("", include("duikou.web.own")),
    path("", include("duikou.web.accounts")),
    path("", include("duikou.web.data")),
    path("", include("duikou.web.trail")),
    path("", include("duikou.web.records")),
    path("", include("duikou.web.documents")),
    path("", include("duikou.web.papers")),
    path("", include("duikou.web.tables")),
]
