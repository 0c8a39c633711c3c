"""The record described as a research object: what is in it, and which notebook made what from which evidence."""
