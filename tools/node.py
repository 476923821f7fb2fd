"""Runs JavaScript in the Node of this environment, which the tests' lock pins; never in another one."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

NODE = Path(sys.executable).with_name("node")


def evaluate(program: str) -> Any:
    """
    Run an ES module that prints one JSON value; returns the value.

    Parameters
    ----------
    program
        The module's text.
    """
    command = [str(NODE), "--input-type=module", "-"]
    run = subprocess.run(command, input=program, capture_output=True, text=True, check=True)
    return json.loads(run.stdout)
