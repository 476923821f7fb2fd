"""Check the question files: ``python -m kdebate.questions``."""

import sys

from kdebate.questions.bank import main

sys.exit(main())
