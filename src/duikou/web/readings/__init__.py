"""口径: the register of statistics, one of them with its history and uses, a reading proposed, adopted or refused."""
