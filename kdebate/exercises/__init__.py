"""Exercises for the notebooks, and the journal that keeps every answer."""

from kdebate.exercises.code import Code
from kdebate.exercises.draw import Draw
from kdebate.exercises.envelopes import Envelopes
from kdebate.exercises.forecasts import Forecasts
from kdebate.exercises.journal import Journal
from kdebate.exercises.kinds import Forecast, Poll, Quiz, Reflect
from kdebate.exercises.predict import Predict
from kdebate.exercises.questions import Questions

__all__ = [
    "Code",
    "Draw",
    "Envelopes",
    "Forecast",
    "Forecasts",
    "Journal",
    "Poll",
    "Predict",
    "Questions",
    "Quiz",
    "Reflect",
]
