"""办钱的事: a form before each act of money, with what may be chosen, one sending of it, and what came of it."""
