"""Chinese prose in, candidate facts with their passages out."""
