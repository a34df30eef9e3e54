"""The addresses of the site, its pages in English under /en/; each room's page module brings its own."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

handler400 = "duikou.web.limits.unreadable"
handler403 = "duikou.web.errors.forbidden"
handler404 = "duikou.web.errors.not_found"
handler500 = "duikou.web.errors.broken"

urlpatterns = [
    path("api/", include("duikou.web.interface.urls")),
    *i18n_patterns(path("", include("duikou.web.urls")), prefix_default_language=False),
]
