"""The artists of a figure that can move, one module for each kind."""
