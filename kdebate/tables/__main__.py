"""Record the tables as they are now: ``python -m kdebate.tables --refresh``."""

import sys

from kdebate.tables.record import main

sys.exit(main(sys.argv[1:]))
