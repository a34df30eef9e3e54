"""The addresses of opening: a new programme, organisations, the network."""

from . import network, organisations, programme, register

MODULES = (programme, network, register, organisations)
urlpatterns = [pattern for module in MODULES for pattern in module.urlpatterns]
