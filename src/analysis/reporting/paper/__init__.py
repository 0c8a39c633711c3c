"""What a paper takes from the record: printed values, tables, captions and references as files."""
