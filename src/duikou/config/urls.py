"""The addresses of the site; each room's page module brings its own."""

from django.urls import include, path

urlpatterns = [path("", include("duikou.web.urls"))]
