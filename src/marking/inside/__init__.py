"""What runs inside the sandbox: the student's side, the examiner's side, and the border between.

The sandbox shows this folder to the processes it holds and nothing else of
`marking`, so these modules import each other and the standard library only.
"""
