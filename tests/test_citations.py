"""Citations: what they point at, how they read, and the rule for sentences that need one."""

import nbformat
import pytest

from kdebate import citations
from tools.cite_notebooks import cited, is_current
from tools.store_notebooks import text

WHERE = {"repository": "kdebate/kdebate", "tag": "v0.1.0"}
