"""``analysis verify``: run everything anew, compare with the committed record, tell people and machines."""
