"""Exercises for the notebooks, and the journal that keeps every answer."""

from kdebate.exercises.code import Code
from kdebate.exercises.draw import Draw
from kdebate.exercises.forecast import Forecast
from kdebate.exercises.journal import Journal
from kdebate.exercises.poll import Poll
from kdebate.exercises.predict import Predict
from kdebate.exercises.quiz import Quiz
from kdebate.exercises.reflect import Reflect

__all__ = ["Code", "Draw", "Forecast", "Journal", "Poll", "Predict", "Quiz", "Reflect"]
