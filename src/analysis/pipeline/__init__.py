"""Running the notebooks: parameters, kernels, workers, what failed and why, and what a run does to the record."""
