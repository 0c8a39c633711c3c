"""How much the headline values depend on choices that a careful analyst could take otherwise.

A *choice* has two or more *options*, each with its reason; a *specification* takes one option of every choice. The
modules named after a study declare its choices, known mistakes and headlines; ``analysis multiverse`` runs all
specifications through the sweep, and :mod:`table` keeps their values beside the code, where the notebook reads them.
:mod:`curve` says what the specifications have in common, and :mod:`effects` which choice moves the result.
"""
