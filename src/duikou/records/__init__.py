"""The tables: fields, constraints and a few questions a record can answer about itself."""
