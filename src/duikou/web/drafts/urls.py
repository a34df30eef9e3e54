"""The address of 核对文稿."""

from duikou.web.drafts import page

urlpatterns = [*page.urlpatterns]
