"""What a person can type: one module a command, in the order of the help.

Each declares its parser in `add` and does its work in `run`, which imports what it needs when it is called: help and
complaints about options come at once.
"""
