"""资金 as it is read: the stages by source and year, the entries, what the two sides have not matched."""
