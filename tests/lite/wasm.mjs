// Run every chapter and sheet in the Pyodide that a folder holds, and compare with what is stored:
// node wasm.mjs FOLDER [NAME…]
import { existsSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const [folder = "", ...names] = process.argv.slice(2);
const found = existsSync(folder)
  ? readdirSync(folder, { recursive: true }).filter((each) => /(^|\/)pyodide\.mjs$/.test(each))
  : [];
if (found.length === 0) {
  console.error(`no pyodide.mjs in the folder “${folder}”: make wasm FOLDER=/path/to/pyodide`);
  process.exit(2);
}
const core = resolve(folder, dirname(found[0]));
const { loadPyodide } = await import(pathToFileURL(join(core, "pyodide.mjs")));
const python = await loadPyodide({ indexURL: `${core}/`, stdout: console.log });
await python.loadPackage(["numpy", "matplotlib", "ipython"], { messageCallback: () => {} });
python.FS.mkdir("/book");
python.mountNodeFS("/book", resolve(dirname(fileURLToPath(import.meta.url)), "..", ".."));
python.globals.set("names", python.toPy(names));
const failed = python.runPython(`
import sys
from pathlib import Path

sys.dont_write_bytecode = True
sys.path[:0] = ["/book/src", "/book/tests/lite"]
sys.path += map(str, Path("/book/.venv/lib").glob("*/site-packages"))  # for ipywidgets
import wasm

wasm.check("/book", names)
`);
process.exit(failed ? 1 : 0);
