"""Check the question files: ``python -m kdebate.exercises``."""

import sys

from kdebate.exercises.bank import main

sys.exit(main())
