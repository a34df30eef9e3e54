"""Template words for figures."""

from django import template

register = template.Library()
