"""The book of a paired-assistance programme: one book, and for every number the way back to its source."""
