"""Run chapters and store their text outputs: ``python tests/store_outputs.py FILE…``."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def store_outputs(path):
    """Run the notebook at `path` and write it back with text outputs only."""
    notebook = nbformat.read(path, as_version=4)
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": path.parent}}).execute()
    notebook.metadata = METADATA
    notebook.nbformat_minor = 5
    for number, cell in enumerate(notebook.cells):
        cell.id = f"cell-{number:03d}"
        if cell.cell_type == "code":
            cell.metadata.pop("execution", None)
            cell.outputs = [_text_only(output) for output in cell.outputs]
    nbformat.validate(notebook)
    path.write_text(nbformat.writes(notebook, indent=1) + "\n", encoding="utf-8")


def _text_only(output):
    if output.output_type in ("display_data", "execute_result"):
        output.data = {"text/plain": output.data["text/plain"]}
        output.metadata = {}
    return output


if __name__ == "__main__":
    for name in sys.argv[1:]:
        store_outputs(Path(name).resolve())
