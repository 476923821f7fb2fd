"""Exercises for the notebooks, and the journal that keeps every answer."""

from kdebate.exercises.code import Code
from kdebate.exercises.draw import Draw
from kdebate.exercises.journal import Journal
from kdebate.exercises.kinds import Forecast, Poll, Quiz, Reflect
from kdebate.exercises.predict import Predict
from kdebate.exercises.questions import Questions

__all__ = [
    "Code",
    "Draw",
    "Forecast",
    "Journal",
    "Poll",
    "Predict",
    "Questions",
    "Quiz",
    "Reflect",
]
