"""Figures: one function each, taking results and returning a matplotlib Figure; the house style; saving."""
