"""A draft beside the book: each of its numbers, what it says it is of, what the book says of that, and the verdict."""
