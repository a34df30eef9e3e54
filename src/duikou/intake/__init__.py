"""Files become candidates."""
