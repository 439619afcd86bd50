"""Things beside the body: a file for each kind says how it is written, read and drawn.

A further kind is one more file here, and a line in `kinds`.
"""
