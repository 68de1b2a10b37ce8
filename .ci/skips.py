"""Tell what the suite skipped, and fail where the reason is that something was not installed.

    python .ci/skips.py tests.xml          a JUnit file, as pytest --junitxml writes it
"""

import re
import sys
import xml.etree.ElementTree as ET

MISSING = re.compile(
    r"not (installed|found|there|available|on PATH)|no module|could not import|missing|needs? |install", re.IGNORECASE
)


def main(path: str) -> None:
    skipped = [
        (f"{case.get('classname')}::{case.get('name')}", one.get("message") or "no reason given")
        for case in ET.parse(path).iter("testcase")
        for one in case.iter("skipped")
        if one.get("type") != "pytest.xfail"
    ]
    for test, reason in skipped:
        print(f"skipped: {test}: {reason}")
    lacking = [f"{test}: {reason}" for test, reason in skipped if MISSING.search(reason)]
    if lacking:
        sys.exit("These were skipped since something is missing; name it in .ci/apt-packages:\n" + "\n".join(lacking))
    print(f"{len(skipped)} skipped, none for want of a package")


if __name__ == "__main__":
    main(sys.argv[1])
