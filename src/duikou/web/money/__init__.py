"""资金 as it is read, paper by paper: notices, contracts, claims, receipts, and what stands beside an entry."""
