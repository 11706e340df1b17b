"""Modules become one script, and one that does not keep to the rules is refused."""

import pytest
from pages.bundle import bundle

START = """// Says hello.

import { name } from "./name.js";
import { greet, whole } from "./greet.js";

console.log(greet(name)); // aloud
console.log(whole);
"""
GREET = """// Greets.

import { name } from "./name.js";

const words = ["Hello", name];

export function greet(other) {
  // all of them
  return [...words, other].join(" ");
}

export const whole = `${words}`;
"""
NAME = 'export const name = "you";\n'


@pytest.fixture
def bundled(tmp_path):
    """The script of modules that are given by their texts."""

    def bundled(**texts):
        for name, text in {"start": START, "greet": GREET, "name": NAME, **texts}.items():
            (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
        return bundle(tmp_path / "start.js")

    return bundled


def test_each_module_comes_once_and_before_those_that_import_it(bundled):
    assert bundled() == (
        '// Says hello.\n(() => {\n"use strict";\n'
        'const name = "you";\n'
        'const words = ["Hello", name];\n'
        'function greet(other) {\nreturn [...words, other].join(" ");\n}\n'
        "const whole = `${words}`;\n"
        "console.log(greet(name)); // aloud\nconsole.log(whole);\n})();\n"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('import { other } from "./name.js";\n', "imports other, which name.js does not export"),
        ('import { name as other } from "./name.js";\n', "imports name as other, which"),
        ('import name from "./name.js";\n', "pages/bundle.py tells what it takes"),
        ('import "./name.js";\n', "pages/bundle.py tells what it takes"),
        ('import { a } from "elsewhere";\n', "pages/bundle.py tells what it takes"),
        ('const a = await import("./name.js");\n', "pages/bundle.py tells what it takes"),
        ("export default 3;\n", "pages/bundle.py tells what it takes"),
        ("const a = 3;\nexport { a };\n", "pages/bundle.py tells what it takes"),
        ('export * from "./name.js";\n', "pages/bundle.py tells what it takes"),
        ("export const [a, b] = [1, 2];\n", "pages/bundle.py tells what it takes"),
        ("const [a, b] = [1, 2];\n", "pages/bundle.py tells what it takes"),
        ('import { greet } from "./greet.js";\n\nconst words = 3;\n', "both declare words"),
        ("const a = `one\n  two`;\n", "backticks over two lines"),
        ('import { a } from "./start.js";\n', "start.js imports itself"),
    ],
)
def test_what_cannot_be_put_one_after_the_other_is_refused(bundled, text, told):
    with pytest.raises(ValueError, match=told):
        bundled(start=text)


def test_modules_that_import_each_other_in_a_circle_are_refused(bundled):
    text = 'import { greet } from "./greet.js";\n\nexport const name = greet;\n'
    with pytest.raises(ValueError, match=r"name\.js imports itself, by way of greet\.js"):
        bundled(name=text)
