"""Static pages: the same widgets, without Jupyter and without Python behind them."""

from kdebate.site.page import write_page

__all__ = ["write_page"]
