"""Plans as they are read: one plan with its versions and lines, how plans fit one another, money moved on trial."""
