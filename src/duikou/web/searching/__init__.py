"""查找: what is asked, the words of the book kept beside its snapshot, what is found of records, pages and texts."""
