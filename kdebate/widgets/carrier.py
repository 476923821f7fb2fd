"""The never-shown widget that carries the modules to the page, once for all widgets of a notebook; plotly where a figure needs it."""

from __future__ import annotations

from functools import cache

import anywidget
import traitlets

from kdebate.widgets import _static


class Carrier(anywidget.AnyWidget):
    """Bytes that every widget of this Python process shares; the widgets name it, nobody displays it."""

    _esm = "export default {}"
    digest = traitlets.Unicode().tag(sync=True)
    modules = traitlets.Bytes().tag(sync=True)
    plotly = traitlets.Bytes().tag(sync=True)


@cache
def carrier() -> Carrier:
    """The one carrier of this process, made at the first call."""
    return Carrier(digest=_static.digest(), modules=_static.modules())


def carrier_with_plotly() -> Carrier:
    """The same carrier, with plotly on it from now on: explorers do without."""
    carrier().plotly = _static.plotly()
    return carrier()
