"""Whether the files of a figure are what a journal takes and a reader can read."""
