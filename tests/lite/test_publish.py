"""The built site goes to a branch of its own, without the history of what was there before."""

import os
import subprocess

import pytest

from book import ROOT

WHO = {
    f"GIT_{role}_{what}": "x@y.z" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
}


def git(folder, *arguments):
    command = ["git", "-C", folder, *arguments]
    environment = os.environ | WHO
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return done.stdout.split()


@pytest.fixture
def repository(tmp_path):
    """A repository with one commit, whose origin is another one."""
    git(tmp_path, "init", "--quiet", "--bare", "origin.git")
    git(tmp_path, "init", "--quiet", "work")
    (tmp_path / "work" / ".gitignore").write_text("_build/\n")
    git(tmp_path / "work", "remote", "add", "origin", "../origin.git")
    git(tmp_path / "work", "add", ".")
    git(tmp_path / "work", "commit", "--quiet", "-m", "first")
    return tmp_path / "work"


def publish(repository, site):
    command = [ROOT / "web" / "publish.sh", site]
    return subprocess.run(
        command, cwd=repository, capture_output=True, text=True, env=os.environ | WHO
    )


def test_the_branch_holds_the_site_and_nothing_else(repository):
    site = repository / "_build" / "html"
    for name in ("index.html", "lite/inputs.sha256", "_static/book.css", "colab/x.ipynb"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    for text in ("old", "new"):
        (site / "index.html").write_text(text)
        done = publish(repository, site)
        assert done.returncode == 0, done.stderr
    origin = repository.parent / "origin.git"
    assert set(git(origin, "ls-tree", "-r", "--name-only", "gh-pages")) == {
        ".nojekyll",
        "_static/book.css",
        "colab/x.ipynb",
        "index.html",
        "lite/inputs.sha256",
    }
    assert git(origin, "rev-list", "--count", "gh-pages") == ["1"]
    assert git(origin, "show", "gh-pages:index.html") == ["new"]
    assert git(repository, "status", "--porcelain") == []


def test_a_folder_without_a_site_is_refused(repository):
    done = publish(repository, repository)
    assert done.returncode != 0 and "make site builds one" in done.stderr
