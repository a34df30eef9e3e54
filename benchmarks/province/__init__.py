"""A generated province: one programme of 20 years with all kinds of work, entered through the acts; the same seed, the same book."""
