"""
What runs in and beside JupyterLab.

`launcher` starts the server, `chapters` knows what is published, `extension` tells the page,
`contents` reads notebooks safely, `labextensions/kdebate/static/remoteEntry.js` makes a published
chapter run when it is opened. Nothing else ever runs by itself.
"""

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, Any]]:
    """Tell Jupyter Server which module to load."""
    return [{"module": "kdebate.lab.extension"}]


def _jupyter_labextension_paths() -> list[dict[str, str]]:
    """Tell JupyterLab where the front-end file lies."""
    return [{"src": "labextensions/kdebate", "dest": "kdebate"}]
