"""Ask the page's pure modules a question in Node: what needs no page needs no browser."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

STATIC = Path(__file__).parents[2] / "kdebate" / "widgets" / "static"
# The environment's own, whatever else is installed.
NODE = shutil.which("node", path=str(Path(sys.executable).parent))
FRAME = """
import {{ readFileSync }} from "node:fs";
const modules = await Promise.all({modules}.map((name) => import(name)));
const answer = await ({question})(...modules, ...JSON.parse(readFileSync(0, "utf-8")));
process.stdout.write(JSON.stringify(answer));
"""


def ask(modules: list[str], question: str, *given: Any) -> Any:
    """What a JavaScript function answers that gets some modules of the page, then what is given, as JSON."""
    assert NODE, "Node is missing from this environment: run make test"
    addresses = [(STATIC / name).as_uri() for name in modules]
    script = FRAME.format(modules=json.dumps(addresses), question=question)
    done = subprocess.run(
        [NODE, "--input-type=module", "--eval", script],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
