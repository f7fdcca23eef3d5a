"""Mass printing: tens of thousands of letters in files of a thousand, with progress and bounded memory."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from anwang.adapters.pdf.render import forget, render_pdf
from anwang.domain.documents.tree import Document

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Batch:
    """A finished file: documents `first` to `last`, counted from 1."""

    path: Path
    first: int
    last: int


def render_pdf_batches(
    documents: Iterable[Document],
    folder: Path,
    *,
    stem: str,
    size: int = 250,
    workers: int = 1,
    progress: Progress | None = None,
) -> Iterator[Batch]:
    """Yield files `stem_00001-00500.pdf` … in order as they are done; `progress` gets the documents finished so far.

    `documents` is read lazily: at most `workers + 1` batches are in memory. `workers` above 1 are processes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    jobs = _jobs(iter(documents), folder, stem, size)
    done = _alone(jobs) if workers <= 1 else _together(jobs, workers)
    for batch in done:
        if progress is not None:
            progress(batch.last)
        yield batch


_Job = tuple[Batch, list[Document]]


def _jobs(documents: Iterator[Document], folder: Path, stem: str, size: int) -> Iterator[_Job]:
    first = 1
    while some := list(islice(documents, size)):
        last = first + len(some) - 1
        yield Batch(folder / f"{stem}_{first:05d}-{last:05d}.pdf", first, last), some
        first = last + 1


def _render(job: _Job) -> Batch:
    batch, documents = job
    part = batch.path.with_suffix(".part")
    part.write_bytes(render_pdf(documents))
    part.replace(batch.path)
    forget()
    return batch


def _alone(jobs: Iterator[_Job]) -> Iterator[Batch]:
    for job in jobs:
        yield _render(job)


def _together(jobs: Iterator[_Job], workers: int) -> Iterator[Batch]:
    """Fresh processes (spawn): typst has threads of its own, which a fork would lose."""
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        running: deque[Future[Batch]] = deque(pool.submit(_render, job) for job in islice(jobs, workers))
        while running:
            batch = running.popleft().result()
            running.extend(pool.submit(_render, job) for job in islice(jobs, 1))
            yield batch
