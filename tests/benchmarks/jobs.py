"""Jobs for the tests of measuring."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from benchmarks.measuring import serve

MB = 1 << 20


def told(seconds: float) -> dict[str, Any]:
    return {"seconds": seconds}


def holds(mb: int) -> dict[str, Any]:
    return {"seconds": 0.0, "held": len(b"x" * (mb * MB))}


def worked(mb: int) -> dict[str, Any]:
    program = f"import time; held = b'x' * ({mb} * {MB}); time.sleep(0.5)"
    subprocess.run([sys.executable, "-c", program], check=True)
    return {"seconds": 0.0}


if __name__ == "__main__":
    serve({"told": told, "holds": holds, "worked": worked})
