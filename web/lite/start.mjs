// Start Python as a notebook's kernel does, and write down the code of every module it has loaded:
// node start.mjs CORE FOLDER
import { pathToFileURL } from "node:url";

const [core, folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${core}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${core}/` });
python.runPython("import sys; sys.dont_write_bytecode = False");
await python.loadPackage(
  ["ipykernel", "ipython", "ipywidgets", "jedi", "micropip", "piplite", "pyodide-kernel"],
  { messageCallback: () => {} },
);
python.FS.mkdir("/compiled");
python.mountNodeFS("/compiled", folder);
python.runPython(`
import importlib
from pathlib import Path

import ipywidgets, micropip, piplite, pyodide_kernel

for module in list(sys.modules.values()):
    spec = getattr(module, "__spec__", None)
    if spec and spec.origin and spec.origin.endswith(".py"):
        target = Path("/compiled" + spec.origin + "c")
        target.parent.mkdir(parents=True, exist_ok=True)
        code = spec.loader.get_code(spec.name)
        # bytes that are taken as they are, whatever the date or the text of the source
        data = importlib._bootstrap_external._code_to_hash_pyc(code, bytes(8), checked=False)
        target.write_bytes(data)
`);
