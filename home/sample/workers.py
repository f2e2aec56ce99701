"""Process pool for drawing: its workers end with the process that started them, however it ends.

A worker waits for orders at a queue that it holds open itself, so that it would never notice that
nobody gives any more. Of a parent that was killed only the operating system can tell.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor


def drawing_pool() -> ProcessPoolExecutor:
    """A pool of fresh processes: forked ones would share the database connection of this one."""
    spawn = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(mp_context=spawn, initializer=end_with_parent)


def end_with_parent() -> None:
    """Run in a worker: end as soon as the parent has; leave Ctrl-C, which all get, to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=wait_for_the_end, daemon=True).start()


def wait_for_the_end() -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        parent.join()
        os._exit(1)
