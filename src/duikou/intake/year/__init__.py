"""A year's papers as tables of a folder (examples/…/year): read whole, then entered day by day through the acts."""
