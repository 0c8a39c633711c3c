"""What is committed: values, figure facts, rounding, comparison by tolerance, publication into figures/.

Knows nothing of matplotlib or papermill: it takes bytes, tables and estimates, and keeps them.
"""
