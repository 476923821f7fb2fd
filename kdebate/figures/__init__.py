"""Charts of the lessons: tables or arrays in, `plotly.graph_objects.Figure` out."""

from kdebate.figures.keep_or_cheat import keep_or_cheat
from kdebate.figures.phrase_years import phrase_years
from kdebate.figures.promised_steps import promised_steps, promised_steps_by_reader

__all__ = ["keep_or_cheat", "phrase_years", "promised_steps", "promised_steps_by_reader"]
