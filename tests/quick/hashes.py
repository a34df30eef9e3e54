"""The hashing of passwords as it is, a thousandth as often."""

from duikou.web.passwords import Dated


class Quick(Dated):
    """Quick to make and to check."""

    iterations = 1000
