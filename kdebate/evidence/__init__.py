"""What the tables say, made ready for the page: tables in, plain JSON values out. Nothing is drawn or counted by levers here."""
