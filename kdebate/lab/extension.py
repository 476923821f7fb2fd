"""
The server extension: tells the page which code may run by itself.

It does so only when every guard is in place, else the page stays still and says so:
started by our launcher, imports that a file beside a notebook cannot hijack, stored widget state
dropped on reading.
"""

import os
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from kdebate.lab.chapters import kept, manifest
from kdebate.lab.contents import ChapterContents
from kdebate.lab.words import say

# Set by the launcher (and by binder/start) to the folder of the working copies.
FOLDER = "KDEBATE_CHAPTERS"
POLICY = "Content-Security-Policy"
# No picture, sound, font or table of a notebook is fetched from elsewhere: the asking alone tells
# a stranger who reads what. Some browsers do not count their own server's sockets as "self".
STAY_HERE = "; ".join(
    [f"{kind}-src 'self' data: blob:" for kind in ("img", "media", "font")]
    + ["connect-src 'self' data: blob: ws: wss:"]
)


def _load_jupyter_server_extension(server: Any) -> None:
    """Put what the page must know into the configuration of every page this server hands out."""
    page = server.web_app.settings.setdefault("page_config_data", {})
    if not guarded(server):
        return
    folder, root = Path(os.environ[FOLDER]), Path(server.root_dir)
    chapters = manifest(folder, root)
    server.contents_manager.chapters = frozenset(chapters)
    stay_here(server.web_app.settings)
    shared = is_shared(server.ip, os.environ)
    if shared:
        server.log.warning(say("shared"))
    names = kept(folder)
    news = {path: names[name] for path in chapters if (name := path.split("/")[-1]) in names}
    page["kdebate"] = {"chapters": chapters, "kept": news, "shared": shared}


def guarded(server: Any) -> bool:
    """Whether this server may hand out chapters that run by themselves."""
    return (
        bool(os.environ.get(FOLDER))
        and bool(os.environ.get("PYTHONSAFEPATH"))
        and isinstance(server.contents_manager, ChapterContents)
    )


def stay_here(settings: dict[str, Any]) -> None:
    """Add to the server's policy, or to Jupyter's own, that pages fetch nothing from elsewhere."""
    headers = dict(settings.get("headers") or {})
    report = settings.get(
        "csp_report_uri", f"{settings.get('base_url', '/')}api/security/csp-report"
    )
    usual = f"frame-ancestors 'self'; report-uri {report}"
    headers[POLICY] = f"{headers.get(POLICY, usual)}; {STAY_HERE}"
    settings["headers"] = headers


def is_shared(address: str, environment: Any) -> bool:
    """
    Whether others can open this server: it listens on more than this computer.

    A hub gives everybody a server of their own and says so in the environment.
    """
    if "JUPYTERHUB_SERVICE_PREFIX" in environment or address == "localhost":
        return False
    try:
        return not ip_address(address).is_loopback
    except ValueError:
        return True  # a name, or nothing at all, which means every address
