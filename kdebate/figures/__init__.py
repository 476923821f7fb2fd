"""Charts of the lessons (tables or arrays in, `plotly.graph_objects.Figure` out) and drawings that need no script."""

from kdebate.figures.five_shapes import five_shapes, five_shapes_by_start
from kdebate.figures.hanoi_room import hanoi_accounts, hanoi_room
from kdebate.figures.keep_or_cheat import keep_or_cheat
from kdebate.figures.phrase_years import phrase_years
from kdebate.figures.promised_steps import promised_steps, promised_steps_by_reader
from kdebate.figures.region_map import region_map
from kdebate.figures.time_line import time_line

__all__ = [
    "five_shapes",
    "five_shapes_by_start",
    "hanoi_accounts",
    "hanoi_room",
    "keep_or_cheat",
    "phrase_years",
    "promised_steps",
    "promised_steps_by_reader",
    "region_map",
    "time_line",
]
