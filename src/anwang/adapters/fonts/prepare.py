"""Fetches the free fonts from Debian packages into a folder: unpacked, never installed, no root needed."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

SYSTEM = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path("/usr/share/texlive/texmf-dist/fonts/opentype"),
)
_TIMEOUT = 600  # seconds for one download on a slow line


@dataclass(frozen=True)
class Source:
    """A Debian package and the font files wanted from it."""

    package: str
    files: tuple[str, ...]
    purpose: str


SOURCES = (
    Source(
        "texlive-lang-chinese",
        tuple(f"Fandol{name}.otf" for name in ("Fang-Regular", "Kai-Regular", "Hei-Regular", "Hei-Bold"))
        + tuple(f"FandolSong-{weight}.otf" for weight in ("Regular", "Bold")),
        "仿宋、楷体、黑体、宋体",
    ),
    Source("fonts-lxgw-wenkai", ("LXGWWenKai-Regular.ttf",), "人名地名生僻字"),
    Source(
        "fonts-noto-cjk", ("NotoSansCJK-Regular.ttc", "NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"), "其余汉字"
    ),
)


class FontsUnavailable(Exception):
    """A package could not be had; the message says what to do."""


def prepare(folder: Path, say: Callable[[str], None]) -> list[str]:
    """Fill the folder with what is missing there and in the system.

    Returns one sentence for each source that could not be had; nothing is fetched twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    problems = []
    for source in SOURCES:
        wanted = [name for name in source.files if not _present(name, folder)]
        if not wanted:
            continue
        say(f"下载字体 {source.package}（{source.purpose}）…")
        try:
            _fetch(source, wanted, folder)
        except FontsUnavailable as error:
            problems.append(f"字体包 {source.package}（{source.purpose}）未能取得：{error}")
    return problems


def _present(name: str, folder: Path) -> bool:
    if (folder / name).is_file():
        return True
    return any(next(root.rglob(name), None) for root in SYSTEM if root.is_dir())


def _fetch(source: Source, wanted: list[str], folder: Path) -> None:
    for tool in ("apt-get", "dpkg-deb"):
        if shutil.which(tool) is None:
            raise FontsUnavailable(f"本机没有 {tool}，请把 {'、'.join(wanted)} 放入 {folder}")
    with tempfile.TemporaryDirectory() as scratch:
        package = _download(source.package, Path(scratch))
        _unpack(package, wanted, folder)
    lacking = [name for name in wanted if not (folder / name).is_file()]
    if lacking:
        raise FontsUnavailable(f"包内没有 {'、'.join(lacking)}")


def _download(package: str, scratch: Path) -> Path:
    """With the machine's package lists; where they are empty or stale, with lists of our own."""
    if not _run(["apt-get", "download", package], scratch):
        own = _private_lists(scratch)
        if not _run(["apt-get", *own, "update"], scratch) or not _run(["apt-get", *own, "download", package], scratch):
            raise FontsUnavailable("软件源无法访问或没有这个包，请检查网络后重新运行")
    found = next(scratch.glob(f"{package}_*.deb"), None)
    if found is None:
        raise FontsUnavailable("软件源没有给出安装包")
    return found


def _private_lists(scratch: Path) -> list[str]:
    for name in ("lists/partial", "archives/partial"):
        (scratch / "apt" / name).mkdir(parents=True)
    return [f"-oDir::State::Lists={scratch}/apt/lists", f"-oDir::Cache={scratch}/apt", "-oAPT::Sandbox::User="]


def _run(command: list[str], folder: Path) -> bool:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=_TIMEOUT, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _unpack(package: Path, wanted: list[str], folder: Path) -> None:
    """Only the wanted files, written under a temporary name first so that a broken run leaves no half font."""
    with subprocess.Popen(["dpkg-deb", "--fsys-tarfile", str(package)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        with tarfile.open(fileobj=process.stdout, mode="r|") as archive:
            for member in archive:
                name = Path(member.name).name
                if member.isfile() and any(fnmatch(name, pattern) for pattern in wanted):
                    _write(archive, member, folder / name)


def _write(archive: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    stream = archive.extractfile(member)
    if stream is None:
        return
    part = target.with_suffix(".part")
    with stream, part.open("wb") as out:
        shutil.copyfileobj(stream, out)
    part.replace(target)
