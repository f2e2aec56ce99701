"""What the machine must offer before anything is started."""

from __future__ import annotations

import errno
import shutil
import socket
import tempfile
from pathlib import Path

from launch.trouble import Trouble

HOST = "127.0.0.1"
MEGABYTE = 1024 * 1024


def parse_port(text: str) -> int:
    """Return ``text`` as a port number that an ordinary user may open."""
    if text.isdecimal() and 1024 <= int(text) <= 65535:
        return int(text)
    raise Trouble(
        f"PORT={text} is not a usable port.",
        "Choose a number from 1024 to 65535: make run PORT=8001",
    )


def require_free_port(port: int) -> None:
    """Fail when another program already listens on ``port`` of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            raise Trouble(
                f"Port {port} is busy: another program (perhaps another 'make run') listens there.",
                f"Stop that program, or take another port: make run PORT={port + 1}",
            ) from error


def require_writable(directory: Path) -> None:
    """Make ``directory`` where it is missing; fail when no file can be made in it."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=directory):
            pass
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise no_space(directory) from error
        raise Trouble(
            f"Cannot write to {directory}: {error.strerror}.",
            "Clone the project into a folder that is yours, or correct the folder's owner "
            "and permissions.",
        ) from error


def require_space(directory: Path, megabytes: int) -> None:
    """Fail when the disk of ``directory`` has less than ``megabytes`` free."""
    free = shutil.disk_usage(directory).free // MEGABYTE
    if free < megabytes:
        raise no_space(directory, f"{free} MB are free, about {megabytes} MB are needed")


def no_space(directory: Path, detail: str = "nothing more can be written") -> Trouble:
    """Return the error that says that the disk of ``directory`` is full."""
    return Trouble(
        f"The disk that holds {directory} is full: {detail}.",
        "Free some space, or clone the project onto another disk, and start again.",
    )
