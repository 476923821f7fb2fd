"""The never-shown widget that carries modules and plotly to the page, once for all explorers of a notebook."""

from __future__ import annotations

from functools import cache

import anywidget
import traitlets

from kdebate.widgets import _static


class Carrier(anywidget.AnyWidget):
    """Bytes that every explorer of this Python process shares; the explorers name it, nobody displays it."""

    _esm = "export default {}"
    digest = traitlets.Unicode().tag(sync=True)
    modules = traitlets.Bytes().tag(sync=True)
    plotly = traitlets.Bytes().tag(sync=True)


@cache
def carrier() -> Carrier:
    """The one carrier of this process, made at the first call."""
    return Carrier(digest=_static.digest(), modules=_static.modules(), plotly=_static.plotly())
