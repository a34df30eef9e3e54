"""Every write: who may, one transaction, one line in the journal."""
