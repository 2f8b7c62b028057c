"""Times three programs that do the same work in turn: pipeline_compare.py ENVIRONMENT NATIVE WASM [RATINGS [RUNS]]

Cold: from starting the program to its first answer. Warm: once more in the program that is already there. One thread each.
"""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "core" / "reference"))

from python_packages import environment  # noqa: E402


def start(command):
    begin = time.perf_counter()
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                             env={**os.environ, **{f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "NUMBA")}})
    if child.stdout.readline().strip() != "done":
        sys.exit(f"{command[0]} did not do its work")
    return child, time.perf_counter() - begin


def main(folder, native, wasm, ratings="1000", runs="5"):
    python = environment(pathlib.Path(folder))
    # Emscripten 3.1.6 mistakes Node's own fetch for a browser's; newer versions of Node know the switch no longer.
    switch = ["--no-experimental-fetch"]
    node = ["node", *(switch if subprocess.run(["node", *switch, "-e", "0"], capture_output=True).returncode == 0 else [])]
    with tempfile.TemporaryDirectory() as made:
        files = [f"{made}/items.csv", f"{made}/ratings.csv"]
        subprocess.run([native, "made", ratings, *files], check=True)
        sides = {
            "Python": [str(python), str(pathlib.Path(__file__).with_name("pipeline.py")), *files],
            "WebAssembly": [*node, wasm, *files],
            "native": [native, *files],
        }
        cold, warm = {name: [] for name in sides}, {name: [] for name in sides}
        for _ in range(int(runs)):
            children = {}
            for name, command in sides.items():
                children[name], seconds = start(command)
                cold[name].append(seconds)
            for name, child in children.items():
                child.stdin.write("again\n")
                child.stdin.flush()
                warm[name].append(float(child.stdout.readline()))
            for child in children.values():
                child.stdin.close()
                child.wait()
    print(f"{ratings} ratings, twice as many items, 50 explained; median of {runs} runs in turn, one thread; Python / ours")
    for what, seconds in (("cold", cold), ("warm", warm)):
        middle = {name: statistics.median(values) for name, values in seconds.items()}
        told = ", ".join(f"{name} {value:.2f} s" for name, value in middle.items())
        print(f"{what}  WebAssembly {middle['Python'] / middle['WebAssembly']:.1f}, native {middle['Python'] / middle['native']:.1f}   ({told})")


main(*sys.argv[1:])
