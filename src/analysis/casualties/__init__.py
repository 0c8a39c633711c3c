"""Study 1: from printed running totals and closed counts of casualties to intervals, rates and their uncertainty.

`scope` says which rows count the same thing; `printed` reads them into statements; `running_totals` reconciles the
statements into one path, and `civilian_split` splits that into civilians and military; `occurred`, `increments`,
`trend`, `composition`, `accidents`, `annual` build on it; `study` runs them in order.
"""
