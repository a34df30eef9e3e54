"""提纲: the outlines of papers, edited as plain text, with their editions; papers that come back edited by hand."""
