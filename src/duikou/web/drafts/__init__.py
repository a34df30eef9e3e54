"""核对文稿: a draft beside the book; nothing is kept of it and nothing is changed."""
