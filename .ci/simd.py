"""Print the vector instructions that numpy uses on this machine beyond the least it needs, as numpy lists them.

Their names go into NPY_DISABLE_CPU_FEATURES, and numpy computes as on a plainer machine. With ``--off`` the script
fails unless numpy reports all of them off.
"""

import sys

from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__


def in_use() -> list[str]:
    """Names that can be switched off: numpy has code for them, and this machine runs it."""
    return [name for name in __cpu_dispatch__ if __cpu_features__.get(name)]


if __name__ == "__main__":
    if "--off" not in sys.argv[1:]:
        print(" ".join(in_use()))
    elif in_use():
        sys.exit(f"numpy still uses {', '.join(in_use())} in spite of NPY_DISABLE_CPU_FEATURES")
