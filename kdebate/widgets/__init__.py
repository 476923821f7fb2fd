"""Live explorers for the notebooks: each answers in the page, with or without Python behind it."""

from kdebate.widgets.basket import BasketExplorer
from kdebate.widgets.concession import ConcessionExplorer
from kdebate.widgets.enforcement import EnforcementExplorer
from kdebate.widgets.figure_card import FigureCard
from kdebate.widgets.folded import Folded
from kdebate.widgets.game import BargainGame
from kdebate.widgets.ladder import LadderExplorer
from kdebate.widgets.local_copy import LocalCopy
from kdebate.widgets.turning_cards import TurningCards
from kdebate.widgets.two_accounts import TwoAccounts
from kdebate.widgets.waves import WavesExplorer

__all__ = [
    "BargainGame",
    "BasketExplorer",
    "ConcessionExplorer",
    "EnforcementExplorer",
    "FigureCard",
    "Folded",
    "LadderExplorer",
    "LocalCopy",
    "TurningCards",
    "TwoAccounts",
    "WavesExplorer",
]
