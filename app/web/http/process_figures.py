"""Tell what the server's process uses: its memory, its open screens and files, and since when it runs."""

from __future__ import annotations

import os
import time
from pathlib import Path

from pydantic import BaseModel, Field

_OF_PROCESS = Path('/proc/self')
_STARTED = time.monotonic()


class ProcessFigures(BaseModel):
    """Figures of the process. `memory_mb` and `open_files` are missing where the system does not tell them."""

    memory_mb: float | None = Field(None, description='Megabytes that are in use now.', examples=[128.4])
    open_screens: int = Field(description='Screens of staff that are in memory.', examples=[12])
    open_files: int | None = Field(None, description='Files and sockets.', examples=[40])
    uptime_seconds: int = Field(description='Seconds since the start.', examples=[86400])


def process_figures(open_screens: int) -> ProcessFigures:
    """Return the figures of this process as they are now."""
    return ProcessFigures(
        memory_mb=_memory_mb(),
        open_screens=open_screens,
        open_files=_open_files(),
        uptime_seconds=int(time.monotonic() - _STARTED),
    )


def _memory_mb() -> float | None:
    try:
        pages = int((_OF_PROCESS / 'statm').read_text(encoding='ascii').split()[1])
    except OSError:  # only Linux has it
        return None
    return round(pages * os.sysconf('SC_PAGE_SIZE') / 2**20, 1)


def _open_files() -> int | None:
    try:
        return len(os.listdir(_OF_PROCESS / 'fd')) - 1  # the folder itself is open meanwhile
    except OSError:
        return None
