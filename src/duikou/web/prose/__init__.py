"""读材料: a text is taken in, what was read of it stands beside its sentences and beside the book, and is taken one by one."""
