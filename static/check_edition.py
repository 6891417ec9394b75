"""Checks that a market position statement is the one that was published: its text gives the fingerprint of its page.

    python3 check_edition.py statement.json FINGERPRINT

Needs Python 3 and nothing else, and no network.
"""

import hashlib
import json
import sys


def main(path: str, fingerprint: str) -> int:
    with open(path, "rb") as file:
        content = file.read()
    found = hashlib.sha256(content).hexdigest()
    edition = json.loads(content)
    said = f"{edition['title']}, edition {edition['number']}, {edition['authority']}"
    if found != fingerprint.strip().lower():
        sys.stdout.write(f"NOT THE SAME: {said}\n  expected {fingerprint}\n  found    {found}\n")
        return 1
    sys.stdout.write(f"The same: {said}\n  {found}\n")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
