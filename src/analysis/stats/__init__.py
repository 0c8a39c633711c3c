"""Methods that know nothing of mines: intervals, rates, aggregated counts, running totals, bounds, ratios, projections.

Each function takes numbers and arrays and names the publication of its method. Only this package imports scipy and
statsmodels.
"""
