"""Comparing a run with the committed record, output by output, without changing anything.

Unlike a publication, which refuses a damaged record, this looks at everything and says of each output how it was
compared and what came of it. What cannot be compared is a disagreement, never an error that hides the rest.
"""
