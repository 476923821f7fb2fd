"""The tables as files: reading them, what the descriptor records of them, citing them, checking them. `kdebate.datasets` is their public face."""
