"""Many submissions: the same marks, on one machine or on many, kept as they come.

On one machine, threads of the marker wait for sandboxes, which are processes
of their own and do the work; `mark_cells` needs no more than its arguments, so
that the same call runs on the workers of a Dask cluster. Few submissions are
in memory at a time, whatever the size of the class.
"""

from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field

from marking.mark import mark_cells
from marking.result import Result
from marking.sandbox import check
from marking.sheet import SheetError, UnreadableNotebook, read_bytes
from marking.submissions import key, marker_version
from marking.walls import SandboxError

TRIES = 3
PATIENCE = "30s"


@dataclass
class Outcome:
    """What became of a batch: results by student, and what could not be marked."""

    results: dict[str, Result] = field(default_factory=dict)
    kept: int = 0
    failures: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """One submission to be marked."""

    submission: object
    data: bytes
    key: str


def mark_all(submissions, sheet, results, executor, width, options, progress, again=False):
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
    options : dict
        ``limits`` and ``trusted``, for `mark_cells`.
    progress : callable
        Called with the outcome so far after each submission.
    again : bool
        Mark also what has an up-to-date result.

    Returns
    -------
    Outcome
    """
    outcome, tries, running = Outcome(), Counter(), {}
    jobs = _jobs(submissions, sheet, results, options, outcome, again)
    waiting = True
    while waiting or running:
        while waiting and len(running) < width:
            job = next(jobs, None)
            waiting = job is not None
            if waiting:
                running[_submit(executor, job, sheet, options)] = job
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            job = running.pop(future)
            student = job.submission.student
            try:
                _keep(future.result(), job, results, outcome)
            except (SheetError, SandboxError):
                for other in running:
                    other.cancel()
                raise
            except Exception as error:  # a worker was lost, or the way to it
                tries[student] += 1
                if tries[student] < TRIES:
                    running[_submit(executor, job, sheet, options)] = job
                else:
                    outcome.failures[student] = type(error).__name__
        progress(outcome)
    return outcome


def _jobs(submissions, sheet, results, options, outcome, again):
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
            outcome.kept += 1
        elif problem:
            result = Result(submission.student, problem=problem)
            _keep(result, Job(submission, b"", the_key), results, outcome)
        else:
            yield Job(submission, data, the_key)


def _submit(executor, job, sheet, options):
    return executor.submit(mark_cells, job.data, sheet, job.submission.student, **options)


def _keep(result, job, results, outcome):
    results.save(result, job.key, job.submission.path)
    outcome.results[result.student] = result


@contextmanager
def here(jobs, trusted=False):
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
def cluster(address):
    """An executor for the workers of a Dask cluster, and how many submissions to keep in flight.

    Raises
    ------
    ConnectionError
        If ``distributed`` is not installed, no scheduler answers, or a worker
        has another version of the marker.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ConnectionError("--scheduler needs the package distributed: install it") from None
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ConnectionError(f"no scheduler answers at {address}: {error}") from None
    with client:
        _same_version(client.run(marker_version))
        threads = sum(client.nthreads().values())
        yield client.get_executor(pure=False), 2 * max(threads, 1)


def _same_version(versions):
    others = sorted(worker for worker, version in versions.items() if version != marker_version())
    if others:
        raise ConnectionError(f"another version of marking is installed on {', '.join(others)}")
    if not versions:
        raise ConnectionError("the scheduler has no workers: start some")
