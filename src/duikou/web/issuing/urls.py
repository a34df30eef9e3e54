"""The addresses of papers."""

from . import again, forms, listing, one, owing

urlpatterns = [pattern for module in (listing, owing, forms, one, again) for pattern in module.urlpatterns]
