"""The addresses of readings."""

from . import deciding, proposing, register

urlpatterns = [*register.urlpatterns, *deciding.urlpatterns, *proposing.urlpatterns]
