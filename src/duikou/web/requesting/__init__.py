"""要表: the board of who has answered, the calendar of due days, asking, answering, reminding, what an office owes."""
