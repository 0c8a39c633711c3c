"""Landmine harm in Azerbaijan: what was reported, what follows from it, and what cannot be known.

``evidence`` holds what was reported and checks it; ``stats`` holds methods that know nothing of mines; the studies
``casualties``, ``maps`` and ``contamination`` apply the methods to the evidence; ``claims`` sets published statements
beside the results; ``plots`` draws them; ``record`` keeps what is committed; ``reporting`` prints tables and opens a
study for a notebook; ``pipeline`` runs the notebooks; ``python -m analysis`` is the command line.
"""

__version__ = "0.1.0"
