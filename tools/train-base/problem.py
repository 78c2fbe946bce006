"""The one error that the commands show as a sentence instead of a traceback."""


class Problem(Exception):
    """Something that the person at the command line can put right; says what and where."""
