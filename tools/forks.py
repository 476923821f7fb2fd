"""
Runs Python modules in children of one process that has the slow libraries in memory already.

``python tools/forks.py`` reads one JSON object per line, ``{"words": [module, argument, ...], "out": file}``,
and answers each with the exit code. What a child imports of the project itself, it imports anew.
"""

import importlib
import json
import os
import runpy
import sys
from pathlib import Path

SLOW = ("pytest", "_pytest.assertion.rewrite", "nbval.plugin", "nbclient", "nbformat", "hypothesis")
SLOW += ("pandas", "plotly.graph_objects", "ipywidgets", "anywidget", "jsonschema", "frictionless")


def run(words: list[str], out: str) -> int:
    """Run one module as `python -m` would, its output in a file."""
    for number in (1, 2):
        os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    sys.argv = words
    try:
        runpy.run_module(words[0], run_name="__main__", alter_sys=True)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    return 0


def main() -> None:
    """Serve until the input ends."""
    sys.path[0] = str(Path.cwd())  # as `python -m` has it
    for name in SLOW:
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        child = os.fork()
        if child == 0:
            code = 1
            try:
                code = run(**asked)
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
