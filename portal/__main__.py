"""`python -m portal`: the portal's own commands."""

import sys

from portal.cli import main

sys.exit(main(sys.argv[1:]))
