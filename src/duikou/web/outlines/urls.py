"""The addresses of these pages."""

from duikou.web.outlines import editions, editor, moved, returned

urlpatterns = [*editor.urlpatterns, *editions.urlpatterns, *moved.urlpatterns, *returned.urlpatterns]
