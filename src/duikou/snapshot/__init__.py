"""The book frozen at one line of the journal, as flat columnar tables."""
