"""What the set-up says to the person who started it."""


class SetupError(Exception):
    """The environment cannot be set up; the message says what was found and what to do."""


def say(text: str) -> None:
    """Print one line of progress at once, also through a pipe."""
    print(text, flush=True)
