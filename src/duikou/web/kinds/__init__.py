"""The kinds of work that a programme has besides money and projects, as they are read: sections, lists."""
