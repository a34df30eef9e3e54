"""The addresses of these pages."""

from duikou.web.governing import hanging, targets, timeline

urlpatterns = [*hanging.urlpatterns, *targets.urlpatterns, *timeline.urlpatterns]
