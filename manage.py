#!/usr/bin/env python
"""The command line of PbR Workbench."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commissioning.settings")
    from commissioning.processes.running import adopt

    # While `serve` runs with services of its own, the other commands work on those.
    if sys.argv[1:2] != ["serve"]:
        adopt()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
