"""Many submissions: the same marks, on one machine or on many, kept as they come.

On one machine, threads of the marker wait for sandboxes, which are processes
of their own and do the work; `mark_cells` needs no more than its arguments, so
that the same call runs on the workers of a Dask cluster. Few submissions are
in memory at a time, whatever the size of the class.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypedDict

from marking.bwrap import SandboxError
from marking.mark import mark_cells
from marking.result import Result
from marking.sandbox import Limits, check
from marking.sheet import Sheet, SheetError, UnreadableNotebook, read_bytes
from marking.submissions import Results, Submission, key, marker_version

TRIES = 3
EMPTY = b'{"cells": []}'
PATIENCE = "30s"


class Options(TypedDict):
    """What `mark_cells` is told of each submission."""

    limits: Limits
    trusted: bool
    secret: bytes


@dataclass
class Outcome:
    """What became of a batch: results by student, and what could not be marked."""

    results: dict[str, Result] = field(default_factory=dict)
    kept: int = 0
    failures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One submission to be marked."""

    submission: Submission
    data: bytes
    key: str


def mark_all(
    submissions: Sequence[Submission],
    sheet: Sheet,
    results: Results,
    executor: Executor,
    width: int,
    options: Options,
    progress: Callable[[Outcome], object],
    again: bool = False,
) -> Outcome:
    """Mark what has no up-to-date result, at most `width` at a time.

    Parameters
    ----------
    submissions : list of Submission
    sheet : Sheet
    results : Results
        Where results are kept, each one as it comes.
    executor : concurrent.futures.Executor
        Runs `mark_cells`.
    width : int
    options : Options
    progress : callable
        Called with the outcome so far after each submission.
    again : bool
        Mark also what has an up-to-date result.

    Returns
    -------
    Outcome
    """
    outcome, tries = Outcome(), Counter[str]()
    running: dict[Future[Result], Job] = {}
    jobs = _jobs(submissions, sheet, results, options, outcome, again)
    waiting = True
    while waiting or running:
        while waiting and len(running) < width:
            job = next(jobs, None)
            if job is None:
                waiting = False
            else:
                running[_submit(executor, job, sheet, options)] = job
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            job = running.pop(future)
            student = job.submission.student
            try:
                _keep(future.result(), job, results, outcome)
            except SheetError as error:
                _require_sound(executor, sheet, options, running)
                _keep(Result(student, problem=str(error)), job, results, outcome)
            except Exception as error:  # a worker was lost, or the way to it, or a sandbox
                if isinstance(error, SandboxError):
                    _require_sound(executor, sheet, options, running)
                tries[student] += 1
                if tries[student] < TRIES:
                    running[_submit(executor, job, sheet, options)] = job
                else:
                    outcome.failures[student] = type(error).__name__
        progress(outcome)
    return outcome


def _require_sound(
    executor: Executor, sheet: Sheet, options: Options, running: Iterable[Future[Result]]
) -> None:
    """Mark an empty notebook: where that fails, the sheet or the machine is to blame.

    Raises
    ------
    SheetError, SandboxError
        What a teacher has to mend before anything can be marked.
    """
    try:
        executor.submit(mark_cells, EMPTY, sheet, "somebody", **options).result()
    except (SheetError, SandboxError):
        for other in running:
            other.cancel()
        raise


def _jobs(
    submissions: Sequence[Submission],
    sheet: Sheet,
    results: Results,
    options: Options,
    outcome: Outcome,
    again: bool,
) -> Iterator[Job]:
    """What is to be marked, read one at a time; what need not be goes to the outcome at once."""
    for submission in submissions:
        data, problem = b"", submission.problem
        try:
            data = b"" if problem else read_bytes(submission.path)
        except UnreadableNotebook as error:
            problem = str(error)
        the_key = key(submission, data, sheet, **options)
        kept = None if again else results.load(submission.student, the_key)
        if kept is not None and not problem:
            outcome.results[submission.student] = kept
            outcome.kept += kept.could_be_read
        elif problem:
            result = Result(submission.student, problem=problem)
            _keep(result, Job(submission, b"", the_key), results, outcome)
        else:
            yield Job(submission, data, the_key)


def _submit(executor: Executor, job: Job, sheet: Sheet, options: Options) -> Future[Result]:
    return executor.submit(mark_cells, job.data, sheet, job.submission.student, **options)


def _keep(result: Result, job: Job, results: Results, outcome: Outcome) -> None:
    results.save(result, job.key, job.submission.path)
    outcome.results[result.student] = result


@contextmanager
def here(jobs: int, trusted: bool = False) -> Iterator[tuple[Executor, int]]:
    """An executor for this machine, and how many submissions to keep in flight."""
    check(trusted)
    executor = ThreadPoolExecutor(jobs)
    try:
        yield executor, jobs
    except BaseException:
        executor.shutdown(wait=False, cancel_futures=True)
        raise
    executor.shutdown()


@contextmanager
def cluster(address: str) -> Iterator[tuple[Executor, int]]:
    """An executor for the workers of a Dask cluster, and how many submissions to keep in flight.

    Raises
    ------
    ConnectionError
        If ``distributed`` is not installed, no scheduler answers, or a worker
        has another version of the marker.
    """
    try:
        import distributed
    except ImportError:
        raise ConnectionError("--scheduler needs the package distributed: install it") from None
    connect: Any = distributed.Client  # its methods have no types
    try:
        client = connect(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConnectionError(f"no scheduler answers at {address}: {error}") from None
    with client:
        _same_version(client.run(marker_version))
        threads = sum(client.nthreads().values())
        yield client.get_executor(pure=False), 2 * max(threads, 1)


def _same_version(versions: dict[str, str]) -> None:
    others = sorted(worker for worker, version in versions.items() if version != marker_version())
    if others:
        raise ConnectionError(f"another version of marking is installed on {', '.join(others)}")
    if not versions:
        raise ConnectionError("the scheduler has no workers: start some")
