"""The product's settings over a data folder of this test process: no test sees or touches anybody's data."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = tempfile.mkdtemp(prefix="anwang-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ["ANWANG_DATA"] = _folder
# Compiled kernels outlive the folder: compiling them anew in every process would be most of the time.
os.environ.setdefault("NUMBA_CACHE_DIR", str(Path(__file__).parents[1] / "var" / "numba"))
for name in [n for n in os.environ if n.startswith("ANWANG_") and n not in {"ANWANG_DATA", "ANWANG_FONTS"}]:
    del os.environ[name]

from anwang.config.settings import *  # noqa: E402, F403 — after the folder is chosen

# Tests need no front-end build: names of static files are not looked up in a manifest.
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
# Threads that race need a file: the database in memory belongs to one connection (`make races`).
if os.environ.get("TEST_SQLITE") == "disk":
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_folder) / "tests.sqlite3")}  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405 — whitenoise warns about a missing folder
