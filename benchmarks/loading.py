"""How long the shipped catalogue takes to come into force in an empty house, as at a first start.

    python3 run.py bench loading [--most 60]

Beside it stands what reading the files alone takes: whatever puts them in force cannot be quicker.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter, process_time

from engine.notation import read
from sop_catalog.publishing import load_folder
from web.config import Settings
from web.first_start import load_registers
from web.wiring import wire

BPMN = Path(__file__).parents[1] / "bpmn"


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--most", type=float, default=60.0, help="Seconds that it may take.")
    most = words.parse_args().most
    now = datetime.now(UTC)
    begun = perf_counter()
    read_in = [read(file.read_bytes()) for file in sorted(BPMN.rglob("*.bpmn"))]
    floor = perf_counter() - begun
    with tempfile.TemporaryDirectory() as place:
        wiring = wire(Settings(data_dir=Path(place)), create=True)
        wiring.engine.migrate()
        load_registers(wiring.engine, at=now)
        begun, worked = perf_counter(), process_time()
        loaded = load_folder(wiring.engine, BPMN, at=now)
        took, worked = perf_counter() - begun, process_time() - worked
        begun = perf_counter()
        load_folder(wiring.engine, BPMN, at=now)
        again = perf_counter() - begun
        wiring.engine.close()
    print(f"{len(read_in)} diagrams, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the end")
    print(f"read alone           {floor:6.1f} s")
    print(f"into an empty house  {took:6.1f} s   processor {worked:6.1f} s   {took / floor:.1f} times reading alone")
    print(f"nothing changed      {again:6.1f} s")
    print(f"{len(loaded.published)} in force, {len(loaded.refused)} refused")
    return 0 if took < most and not loaded.refused else 1


if __name__ == "__main__":
    sys.exit(main())
