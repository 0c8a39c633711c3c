"""The audit: each published statement against the evidence, by one rule that does not look at who speaks.

`scope` says what must match before two figures are compared, `stated` reads how a figure is worded, `verdict` is the
rule, `pairs` the same rule for two statements. `seed_article` holds how each statement is read; the modules named
after a study compute its counterpart; `audit` runs them and returns the tables.
"""
