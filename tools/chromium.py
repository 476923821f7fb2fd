"""
Finds a Chromium for the browser tests, or installs one: ``python -m tools.chromium``.

`KDEBATE_CHROMIUM` names one; otherwise one on the PATH, then Playwright's own. On Debian as root
it is installed with apt, elsewhere with Playwright's download. The tests take a third less of the
processor with Debian's `chromium-headless-shell` than with a whole browser.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Draws pages as the others do, but no window round them, which costs as much as a small page.
SHELL = "chromium-headless-shell"
HELP = (
    "The browser tests need Chromium and it could not be installed. Install it "
    "(on Debian or Ubuntu: apt install chromium) or set KDEBATE_CHROMIUM to its path."
)


def installed(names: Sequence[str] = (*NAMES, SHELL)) -> str | None:
    """Path of the Chromium that is named or on the PATH; None lets Playwright take its own."""
    named = os.environ.get("KDEBATE_CHROMIUM")
    return named or next(filter(None, map(shutil.which, names)), None)


def lightest() -> str | None:
    """The same for tests; what is measured is measured in a whole browser."""
    return installed((SHELL, *NAMES))


def find() -> str | None:
    """Path of a Chromium, or None."""
    found = installed() or playwrights_own()
    return found if found and Path(found).is_file() else None


def playwrights_own() -> str | None:
    """Where Playwright keeps the Chromium it downloads, whether or not it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def install() -> None:
    """Install Chromium by whatever means this machine offers."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        apt = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=apt, check=False)
        for name in (SHELL, NAMES[0]):  # Ubuntu has no shell
            subprocess.run(
                ["apt-get", "install", "-y", "-qq", "--no-install-recommends", name],
                env=apt, check=False, stdout=subprocess.DEVNULL,
            )  # fmt: skip
            if find():
                return
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> int:
    if find() is None:
        print("Installing Chromium for the browser tests", flush=True)
        install()
    found = find()
    print(f"Chromium: {found}" if found else HELP, flush=True)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
