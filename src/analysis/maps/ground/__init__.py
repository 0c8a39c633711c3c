"""Records against the ground: minefield records as a map with design-based accuracy, bounds and nulls."""
