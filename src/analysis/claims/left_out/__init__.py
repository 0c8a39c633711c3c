"""What is left of the headline numbers without each originator, and without each party.

`headlines` lists the headlines, `studies` computes them on any evidence, `table` runs them on evidence without the rows
of one originator or party, and `tables` sums up how much rests on whom.
"""
