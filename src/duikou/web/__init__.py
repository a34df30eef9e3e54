"""Pages, fragments and commands."""
