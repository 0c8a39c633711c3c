"""When did the casualty rate change: smooth rate, one change of level, and what could be seen of dated events.

`smooth` draws the rate as a curve, `dates` looks for changes without being told when, `event_dates` reads lists of
dates as windows, and `events` says first what the counts could detect there and only then what they show.
"""
