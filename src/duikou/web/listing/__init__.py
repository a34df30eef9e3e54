"""What all long lists share: facets, an order by column, pages, the same rows as files."""
