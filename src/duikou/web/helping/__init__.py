"""帮助: what the words of a page mean, the definitions, the keys, whom to ask, the manual of one's role, the first steps."""
