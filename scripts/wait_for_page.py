"""Wait until a loopback page answers 200 with HTML, or say what it answered: `wait_for_page.py URL [SECONDS]`."""

import sys
import time
import urllib.error
import urllib.request

# A proxy in the environment must not come between two programs of one machine.
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def answer(url: str) -> str:
    """'' when the page is there, else what was seen instead."""
    try:
        with OPENER.open(url, timeout=10) as response:
            body = response.read().decode()
            return "" if response.status == 200 and "<html" in body else f"{response.status} {body[:200]}"
    except (urllib.error.URLError, OSError) as error:
        return str(error)


def main(url: str, seconds: float = 60) -> int:
    """Exit code: 0 the page came, 1 it did not within `seconds`."""
    deadline = time.monotonic() + seconds
    while (seen := answer(url)) and time.monotonic() < deadline:
        time.sleep(0.3)
    if seen:
        print(f"{url}: {seen}", file=sys.stderr)
    return 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], *map(float, sys.argv[2:3])))
