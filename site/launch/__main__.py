"""``python -m launch run|install``: what the Makefile calls.

This file keeps to what every Python understands, so that an old one is told what is missing
instead of failing on syntax.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """Stop with a clear word on an old Python, else hand over to the command line."""
    if sys.version_info < OLDEST:
        sys.stderr.write(
            "This is Python %d.%d (%s); the project needs Python %d.%d or later.\n"  # noqa: UP031
            "Install it, then name it: make run PYTHON=/path/to/python3.11\n"
            % (sys.version_info[0], sys.version_info[1], sys.executable, OLDEST[0], OLDEST[1])
        )
        return 1
    from launch import command_line

    return command_line.run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
