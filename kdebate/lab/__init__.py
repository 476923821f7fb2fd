"""
What runs in and beside JupyterLab.

`launcher` starts the server, `chapters` knows what is published and lays out the copies, `content`
says what a notebook says, `files` writes where others may write too, `extension` tells the page,
`contents` reads notebooks safely. In the page, `labextensions/kdebate/static/remoteEntry.js` loads
`plugins.js`; `page.js` makes a published chapter run when it is opened, `compare.js` says what
differs, `lock.js` keeps it from being edited. Nothing else ever runs by itself.
"""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which module to load."""
    return [{"module": "kdebate.lab.extension"}]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the front-end file lies."""
    return [{"src": "labextensions/kdebate", "dest": "kdebate"}]
