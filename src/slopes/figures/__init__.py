"""Pictures of the book, a module per concept: numbers in, a matplotlib figure out."""
