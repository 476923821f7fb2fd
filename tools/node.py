"""Runs JavaScript in the Node of this environment, which the tests' lock pins; never in another one."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

NODE = shutil.which("node", path=str(Path(sys.executable).parent))


def evaluate(program: str) -> Any:
    """
    Run an ES module that prints one JSON value; returns the value.

    Parameters
    ----------
    program
        The module's text.
    """
    if not NODE:
        raise FileNotFoundError("Node is missing from this environment: run make test")
    command = [NODE, "--input-type=module", "-"]
    run = subprocess.run(command, input=program, capture_output=True, encoding="utf-8", check=False)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return json.loads(run.stdout)
