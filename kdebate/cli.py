"""The command `kdebate`: lab, check, doctor."""

import argparse
import sys
from collections.abc import Sequence

from kdebate import __version__
from kdebate.lab.words import say_whatever_the_terminal_knows


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Run one subcommand.

    Parameters
    ----------
    arguments
        Words after ``kdebate``; those of the command line where none are given.

    Returns
    -------
    int
        0 fine, 1 found something or could not start, 2 usage.
    """
    say_whatever_the_terminal_knows()
    words = list(sys.argv[1:] if arguments is None else arguments)
    known, rest = _parser().parse_known_args(words[:1])
    return {"lab": _lab, "check": _check, "doctor": _doctor}[known.command](rest + words[1:])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kdebate",
        description="All or nothing, or step by step? A teaching module.",
        epilog="`kdebate COMMAND --help` says more about each.",
    )
    parser.add_argument("--version", action="version", version=f"kdebate {__version__}")
    parser.add_argument(
        "command",
        choices=["lab", "check", "doctor"],
        help="lab: open the chapters in JupyterLab; check: check the data; "
        "doctor: see whether everything is in place",
    )
    return parser


def _lab(words: list[str]) -> int:
    from kdebate.lab import launcher

    parser = argparse.ArgumentParser(
        prog="kdebate lab",
        usage="kdebate lab [FOLDER] [JUPYTER OPTIONS]",
        description="Open the chapters in JupyterLab, from working copies in FOLDER.",
        epilog="Any other option goes to JupyterLab with its value, for example "
        "--no-browser or --port 18900. `jupyter lab --help` lists them.",
    )
    # Named for the help only: launcher.split reads the words, as only Jupyter knows its options.
    parser.add_argument(
        "folder", nargs="?", metavar="FOLDER", help=f"default: {launcher.DEFAULT_FOLDER}"
    )
    if {"-h", "--help"} & set(words):
        parser.print_help()
        return 0
    return launcher.main(words)


def _check(words: list[str]) -> int:
    from kdebate import check

    return check.main(words)


def _doctor(words: list[str]) -> int:
    from kdebate.lab import doctor

    argparse.ArgumentParser(
        prog="kdebate doctor",
        description="See whether everything is in place. Exit 0: fine, 1: found something.",
    ).parse_args(words)
    return doctor.main()


if __name__ == "__main__":
    sys.exit(main())
