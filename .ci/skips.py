"""Tell what the suite skipped, and fail for it: here everything a test may want is installed.

python .ci/skips.py tests.xml          a JUnit file, as pytest --junitxml writes it
"""

import sys
import xml.etree.ElementTree as ET

ALLOWED: tuple[str, ...] = ()
"""Beginnings of reasons that no installed package can mend."""


def main(path: str) -> None:
    skipped = [
        (f"{case.get('classname')}::{case.get('name')}", one.get("message") or "no reason given")
        for case in ET.parse(path).iter("testcase")
        for one in case.iter("skipped")
        if one.get("type") != "pytest.xfail"
    ]
    for test, reason in skipped:
        print(f"skipped: {test}: {reason}")
    if any(not reason.startswith(ALLOWED) for _, reason in skipped):
        sys.exit("What these tests want belongs into .ci/apt-packages or into the extra `test`.")
    print("nothing was skipped for want of a package")


if __name__ == "__main__":
    main(sys.argv[1])
