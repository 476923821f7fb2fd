"""
Runs a command with chapters alive on opening: ``python -m kdebate.lab.start FOLDER COMMAND...``.

For hosts that start Jupyter themselves, such as Binder.
"""

import os
import sys
from pathlib import Path

from kdebate.lab.launcher import CannotStart, copies, environment
from kdebate.lab.words import say_whatever_the_terminal_knows


def main(folder: str, *command: str) -> None:
    """Lay out the working copies, then become the command."""
    try:
        sentences = copies(Path(folder))
    except CannotStart as reason:
        sys.exit(str(reason))
    for sentence in sentences:
        print(sentence, flush=True)
    os.execvpe(command[0], command, environment(Path(folder)))


if __name__ == "__main__":
    say_whatever_the_terminal_knows()
    main(*sys.argv[1:])
