"""
Every launch link, made from the one setting in pyproject.toml.

``python -m tools.links`` prints them, ``--write`` puts them into README.md.
"""

import re
import sys
import tomllib
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
MARKED = re.compile(r"(<!-- links: [^>]*-->\n).*?(<!-- /links -->)", flags=re.DOTALL)


def setting() -> dict[str, str]:
    """Where the module lives: repository, tag, first chapter."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    table: dict[str, str] = project["tool"]["kdebate"]
    return table


def binder() -> str:
    """Address that opens the first chapter on Binder, at the tag."""
    where = setting()
    page = quote(f"doc/tree/my-notebooks/{where['chapter']}", safe="")
    return f"https://mybinder.org/v2/gh/{where['repository']}/{where['tag']}?urlpath={page}"


def badge() -> str:
    """The same as a picture in Markdown."""
    return f"[![Open in Binder](https://mybinder.org/badge_logo.svg)]({binder()})"


def written(text: str) -> str:
    """A text with the links between its marks made anew."""
    return MARKED.sub(lambda mark: f"{mark[1]}{badge()}\n{mark[2]}", text)


def main() -> int:
    print(binder())
    if "--write" in sys.argv[1:]:
        README.write_text(written(README.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
