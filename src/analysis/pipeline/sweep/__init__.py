"""One notebook over a grid of parameters: every combination run once, one table of values for all of them."""
