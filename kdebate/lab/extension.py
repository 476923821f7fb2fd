"""
The server extension: tells the page which code may run by itself.

It does so only when every guard is in place, else the page stays still and says so:
started by our launcher, imports that a file beside a notebook cannot hijack, stored widget state
dropped on reading.
"""

import os
from pathlib import Path
from typing import Any

from kdebate.lab.chapters import manifest
from kdebate.lab.contents import ChapterContents

# Set by the launcher (and by binder/start) to the folder of the working copies.
FOLDER = "KDEBATE_CHAPTERS"


def _load_jupyter_server_extension(server: Any) -> None:
    """Put the manifest into the configuration of every page this server hands out."""
    page = server.web_app.settings.setdefault("page_config_data", {})
    if guarded(server):
        page["kdebate"] = {"chapters": manifest(Path(os.environ[FOLDER]), Path(server.root_dir))}


def guarded(server: Any) -> bool:
    """Whether this server may hand out chapters that run by themselves."""
    return (
        bool(os.environ.get(FOLDER))
        and bool(os.environ.get("PYTHONSAFEPATH"))
        and isinstance(server.contents_manager, ChapterContents)
    )
