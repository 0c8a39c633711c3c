"""Property-based tests here draw the same examples in every run and have no time limit each."""

from hypothesis import settings

settings.register_profile("same-examples", derandomize=True, deadline=None)
settings.load_profile("same-examples")
