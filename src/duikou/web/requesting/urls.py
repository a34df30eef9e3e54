"""The addresses of 要表."""

from duikou.web.requesting import board, forms, reminding

urlpatterns = [*board.urlpatterns, *forms.urlpatterns, *reminding.urlpatterns]
