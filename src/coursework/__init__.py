"""The teacher's side of homework: release the sheets, collect them, mark them, return them.

nbgrader is the format and the book-keeping; `marking` does the marking. Knows
nothing of what the sheets ask.
"""
