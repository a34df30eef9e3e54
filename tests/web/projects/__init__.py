"""The pages of projects; all tests here read one book."""
