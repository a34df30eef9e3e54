"""组织领导 and 往来协议 as questions: what hangs from a decision, what was carried out, what was agreed and reached, when."""
