"""What every widget with a module in the page has: the module's name, the carrier that brings it, and its traits as JSON."""

from __future__ import annotations

from typing import Any

import anywidget
import ipywidgets
import traitlets

from kdebate.widgets import _static
from kdebate.widgets.carrier import Carrier, carrier
from kdebate.widgets.in_words import InWords

_JUPYTERS = {*anywidget.AnyWidget.class_trait_names(), "_esm", "_css", "_anywidget_id"}


class PageWidget(InWords, anywidget.AnyWidget):
    """
    Base of the widgets: one module of ``static/`` shows it, with or without Python behind it.

    Parameters
    ----------
    module : str
        The module's path below ``static/``.
    start_failed : str
        What the page says when the module cannot be started.
    **traits
        The widget's own traits.
    """

    _esm = _static.LOADER
    _module = traitlets.Unicode().tag(sync=True)
    _carrier = traitlets.Instance(Carrier).tag(sync=True, **ipywidgets.widget_serialization)
    _start_failed = traitlets.Unicode().tag(sync=True)

    def __init__(self, module: str, start_failed: str, **traits: Any) -> None:
        shared = {"_module": module, "_carrier": carrier(), "_start_failed": start_failed}
        super().__init__(**shared | traits)

    def page_state(self) -> dict[str, Any]:
        """What a page without Jupyter needs: all synced traits of ours that are not widgets, as plain JSON values."""
        ours = self.traits(sync=True).keys() - _JUPYTERS
        values = {name: getattr(self, name) for name in sorted(ours)}
        return {name: one for name, one in values.items() if not isinstance(one, ipywidgets.Widget)}
