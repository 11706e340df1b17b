"""Questions that the reader answers first: a number to guess, a statement to choose."""
