"""The questions of all chapters, one file per chapter, and what reads and checks them. No widget stands here."""
