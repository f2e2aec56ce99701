"""Sandbox: what strangers send is decoded in a process of its own, under resource limits.

What a file says of itself limits nothing: a tile may be larger than its picture, the scans of a
JPEG may keep all coefficients, and a box may name another size than the stream has. The kernel
refuses the memory instead, whatever the format; and a codec that dies takes nobody with it.
"""

from __future__ import annotations

import logging
import os
import resource
import subprocess
import sys

from PIL import AvifImagePlugin

from branches.decoding import MEMORY, TooCostly, TooManyPixels, Unreadable, opened
from branches.normalisation import written_again

logger = logging.getLogger(__name__)

#: How many seconds of a core the process may take.
SECONDS = 60
#: How the process ends where it does not succeed.
UNREADABLE, TOO_COSTLY = 3, 4


def normalised(data: bytes) -> tuple[bytes, str]:
    """As `written_again`, at bounded costs. TooManyPixels, TooCostly, Unreadable."""
    with opened(data):
        pass  # what says itself that it is too large is refused with a number
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "branches.sandbox", str(MEMORY)],
        input=data,
        capture_output=True,
        env={"PYTHONPATH": os.pathsep.join(sys.path)},  # and none of our secrets
        check=False,
    )
    said = done.stderr.decode(errors="replace")[-1000:]
    if done.returncode == TOO_COSTLY or done.returncode < 0:
        raise TooCostly(said)
    if done.returncode:
        if done.returncode != UNREADABLE:
            logger.error("The process that decodes pictures failed: %s", said)
        raise Unreadable(said)
    extension, _end, written = done.stdout.partition(b"\n")
    return written, extension.decode()


def main() -> int:
    """In the process: the picture from the standard input, its extension and itself to the
    standard output."""
    limit(int(sys.argv[1]))
    try:
        written, extension = written_again(sys.stdin.buffer.read())
    except (TooManyPixels, Unreadable) as error:
        sys.stderr.write(str(error))
        return UNREADABLE
    except Exception as error:  # also of an encoder, which has nothing else to complain of
        sys.stderr.write(repr(error))
        return TOO_COSTLY
    sys.stdout.buffer.write(f"{extension}\n".encode() + written)
    return 0


def limit(memory: int) -> None:
    """Take no more from here on than that, and leave no image of the memory behind."""
    limits = {resource.RLIMIT_DATA: memory, resource.RLIMIT_CPU: SECONDS, resource.RLIMIT_CORE: 0}
    for what, most in limits.items():
        resource.setrlimit(what, (most, most))
    AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each has memory of its own


if __name__ == "__main__":
    sys.exit(main())
