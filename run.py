"""The two commands of the project: `python3 run.py` and `python3 run.py test`.

Needs nothing but Python 3.11 with `venv`. Everything else is installed into
`.venv` from the requirements files, whose hashes are checked.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python must be told so, not crash
    sys.exit(f"This needs Python 3.11 or newer; this is {sys.version.split()[0]}.")

from tools.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
