"""Show a chart from `kdebate.figures` with its sentences, its alt text and its table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import plotly.graph_objects as go
import traitlets

from kdebate import words
from kdebate.widgets.carrier import carrier_with_plotly
from kdebate.widgets.explorer import known_predictions
from kdebate.widgets.in_words import live
from kdebate.widgets.page_widget import PageWidget


class FigureCard(PageWidget):
    """
    A static chart, drawn in the page by plotly.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure or mapping
        A chart of `kdebate.figures`; its ``layout.meta`` holds the words and the table. Several charts by name are
        shown one at a time, with a button for each.
    predict : str, optional
        Ids of predictions, with spaces between: the chart stays folded until they are made or skipped.
    """

    figure = traitlets.Dict().tag(sync=True)
    choices: traitlets.List[dict[str, Any]] = traitlets.List().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    predict = traitlets.Unicode().tag(sync=True)

    def __init__(
        self, figure: go.Figure | Mapping[str, go.Figure], predict: str | None = None
    ) -> None:
        shared = words.of("explorer")
        named = dict(figure) if isinstance(figure, Mapping) else {"": figure}
        choices = [{"label": name, "figure": each.to_plotly_json()} for name, each in named.items()]
        super().__init__(
            "explorers/figure_card.js",
            shared["status"]["start_failed"],
            _carrier=carrier_with_plotly(),
            figure=choices[0]["figure"],
            choices=choices[1:] and choices,
            words=shared["figure"] | {"locked": shared["controls"]["locked"]},
            predict=known_predictions(predict),
        )

    def describe(self) -> str:
        """The chart in words; of several, the first."""
        return str(self.figure["layout"]["meta"]["alt"])

    def in_words(self) -> list[str]:
        """The chart's title and what it shows; nothing that a prediction asks for."""
        said = live("tied") if self.predict else self.describe()
        return [str(self.figure["layout"]["meta"]["title"]), said, live("figure")]
