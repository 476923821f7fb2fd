"""
Runs a command with chapters alive on opening: ``python -m kdebate.lab.start FOLDER COMMAND...``.

For hosts that start Jupyter themselves, such as Binder.
"""

import os
import sys
from pathlib import Path

from kdebate.lab.chapters import lay_out
from kdebate.lab.launcher import environment


def main(folder: str, *command: str) -> None:
    """Lay out the working copies, then become the command."""
    for sentence in lay_out(Path(folder)):
        print(sentence, flush=True)
    os.execvpe(command[0], command, environment(Path(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
