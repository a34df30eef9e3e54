"""填报：登记拨付."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
