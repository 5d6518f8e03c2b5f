from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

# malloc_info writes an element for each heap.
SCRIPT = """
import ctypes, sys, threading
from changeseek.core.index.heap import keep_heap_small

libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
libc.malloc.restype = ctypes.c_void_p
if sys.argv[2] == "shared":
    keep_heap_small()
everybody = threading.Barrier(5)

def work():
    libc.malloc(ctypes.c_size_t(10_000))
    everybody.wait()

threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
everybody.wait()
for thread in threads:
    thread.join()
stream = ctypes.c_void_p(libc.fopen(sys.argv[1].encode(), b"w"))
libc.malloc_info(0, stream)
libc.fclose(stream)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc's own")
def test_threads_keep_heap_small(tmp_path: Path) -> None:
    assert heaps(tmp_path, "apart") > 1
    assert heaps(tmp_path, "shared") == 1


def heaps(folder: Path, how: str) -> int:
    report = folder / f"{how}.xml"
    subprocess.run([sys.executable, "-c", SCRIPT, str(report), how], check=True)
    return report.read_text(encoding="utf-8").count("<heap nr=")
