"""Write the chapters as readers see them into a folder: ``python -m notebooks FOLDER``.

Links lead to the published site where its address is known: from the environment's SITE_URL, or
from _config.yml.
"""

import os
import sys
from pathlib import Path

import yaml

from notebooks.copies import renew
from notebooks.labels import Book

if __name__ == "__main__":
    root = Path(__file__).resolve().parents[2]
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    address = os.environ.get("SITE_URL") or settings["html"]["baseurl"]
    book = Book(root, address and address.rstrip("/") + "/")
    for path in renew(Path(sys.argv[1]), book):
        print(f"{path} has been edited, and stays as it is; delete it to have it made anew")
