"""The addresses of all pages: each page module brings its own."""

from django.urls import include, path

urlpatterns = [
    path("", include("duikou.web.dashboard")),
    path("", include("duikou.web.funds")),
    path("", include("duikou.web.accounts")),
    path("", include("duikou.web.data")),
    path("", include("duikou.web.trail")),
]
