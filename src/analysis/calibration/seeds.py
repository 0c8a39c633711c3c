"""Seeds that follow from a name: adding a setting, or another number of workers, moves no other."""

from __future__ import annotations

import hashlib

import numpy as np


def seed_of(name: str, *, seed: int) -> np.random.SeedSequence:
    """Return the seed sequence of a named simulation."""
    digest = hashlib.sha256(name.encode()).digest()
    return np.random.SeedSequence([seed, *np.frombuffer(digest[:16], dtype=">u4").tolist()])
