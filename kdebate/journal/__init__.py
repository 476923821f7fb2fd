"""Where answers are kept and how they are handed in: the SQLite file, the book that writes it, the portfolio. No widget stands here."""
