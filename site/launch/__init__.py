"""Brings the project up on a machine that has Python and nothing else (``make run``).

Only the standard library is used here, since the virtual environment does not exist yet.
"""
