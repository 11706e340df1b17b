"""What runs in the notebook counts when it is marked, and what no answer uses costs nothing."""

import json

import pytest

import classroom
from marking import Limits, Status, mark_cells
from marking.inside import cells as module
from marking.sheet import sheet_from

pytestmark = pytest.mark.usefixtures("sandbox")
LIMITS = Limits(seconds=5)


def sheet(cells=None):
    return sheet_from(json.dumps(classroom.notebook(cells or classroom.sheet_cells())).encode())


def marked(cells, own_sheet=None, **options):
    data = json.dumps(classroom.notebook(cells)).encode()
    return mark_cells(data, own_sheet or sheet(), "ada", LIMITS, **options)


def lost(cells, own_sheet=None):
    """Names and words of what was not passed."""
    questions = marked(cells, own_sheet).questions
    return {question.name: question.message for question in questions if not question.points}


RIGHT = "def double(x): return 2 * x"


@pytest.mark.parametrize(
    "answer",
    [
        f"import asyncio\nawait asyncio.sleep(0.01)\n{RIGHT}",
        f"async def two():\n    return 2\nn = await two()\n{RIGHT.replace('2', 'n')}",
        "import asyncio\nn = sum(await asyncio.gather(*map(asyncio.sleep, [0], [2])))\n"
        "def double(x): return n * x",
        f"files = !ls\n{RIGHT}",
        f"n = %time 1 + 1\n{RIGHT.replace('2', 'n')}",
        f"%time n = 2\n{RIGHT.replace('2', 'n')}",
        f"%%time\n{RIGHT}",
        f"%%capture\nprint(1)\n{RIGHT}",
        f"%timeit -n 1 sum([1])\n{RIGHT}",
        f"get_ipython().run_line_magic('matplotlib', 'inline')\n{RIGHT}",
        f"get_ipython().magic('precision 4')\nget_ipython().ask_exit\n{RIGHT}",
        f"!pip install pandas\nfor k in [1]:\n    !ls\n{RIGHT}",
        f"import no_such_package\nimport math\n{RIGHT.replace('2', 'math.sqrt(4)')}",
        f"import math, no_such_package as p\n{RIGHT.replace('2', 'math.sqrt(4)')}",
        f"from no_such_package import x\nfrom math import sqrt\n{RIGHT.replace('2', 'sqrt(4)')}",
        f"from __future__ import annotations\n{RIGHT.replace('(x)', '(x: Unknown) -> None')}",
        "import threading\nfound = []\nt = threading.Thread(target=found.append, args=(2,))\n"
        "t.start()\nt.join()\ndef double(x): return found[0] * x",
        "from concurrent.futures import ThreadPoolExecutor\ndef double(x):\n"
        "    with ThreadPoolExecutor(2) as pool: return sum(pool.map(lambda y: y, [x, x]))",
        f"help(len)\ndisplay(1)\n{RIGHT}",
        "from fractions import Fraction\ndef double(x): return Fraction(2) * Fraction(x)",
        "def double(x): return np.array(2 * x, dtype=object)",
    ],
)
def test_what_a_notebook_can_do_counts(answer):
    assert lost(classroom.sheet_cells(double=answer)) == {}


def test_strings_may_be_compared_with_is():
    text = 'def double(x): return 2 * x if "sigmoid" is "sigmoid" else 0'
    sheet_cells = [
        classroom.answer(text, "f"),
        classroom.test_cell("assert f(1, 'tanh') == 1 and f([1], ['tanh']) == 2", "t", 1),
    ]
    for name, other in (
        ("kind", "kind is 'tanh'"),
        ("kind", "kind[0] is 'tanh' or kind is 'tanh'"),
    ):
        answer = (
            f"def f(x, {name}):\n    if {other}: return 1 if kind is 'tanh' else 2\n    return 2"
        )
        cells = [classroom.answer(answer, "f"), *sheet_cells[1:]]
        assert lost(cells, sheet(cells)) == {}


def test_an_import_in_a_locked_cell_or_a_check_counts():
    cells = classroom.sheet_cells(slopes="def slopes(w): return np.asarray(w) / math.sqrt(16)")
    for place in (1, 3):  # the locked cell, and a check
        changed = list(cells)
        changed[place] = {**cells[place], "source": f"import math\n{cells[place]['source']}"}
        assert lost(changed) == {}


def test_an_answer_written_into_the_check_counts():
    cells = classroom.sheet_cells()
    answer, check = cells[2], cells[3]
    cells[2] = classroom.stub("double")
    cells[3] = {**check, "source": f"{answer['source']}\n{check['source']}"}
    assert lost(cells) == {}


def test_a_name_of_a_check_may_be_used_below_it():
    cells = [
        classroom.answer("a = 1", "a"),
        classroom.test_cell(
            "given = [1, 2]\nassert a\n### BEGIN HIDDEN TESTS\nkept = 3\n### END HIDDEN TESTS",
            "t",
            1,
        ),
        classroom.answer("b = given[1]", "b"),
        classroom.test_cell("assert b == 2", "u", 1),
        classroom.answer("def c(): return sum(given)", "c"),
        classroom.test_cell("assert c() == 3", "v", 1),
        classroom.answer("d = kept", "d"),
        classroom.test_cell("assert d == 3", "w", 1),
    ]
    assert set(lost(cells, sheet(cells))) == {"w"}  # what is hidden is not there


def test_a_check_cell_changes_no_name_of_the_students_own():
    cells = [
        classroom.answer("z = 5", "a"),
        classroom.test_cell("z = 1\nassert z", "t", 1),
        classroom.answer("b = z", "b"),
        classroom.test_cell("assert b == 5", "u", 1),
    ]
    assert lost(cells, sheet(cells)) == {}


@pytest.mark.parametrize(
    "scratch",
    [
        "z = np.linspace(-5, 5, 2_000_000)",
        "W = np.random.default_rng(1).normal(size=(1100, 1100))",
        "answer = object()\ngiven = lambda: 1 / 0\nz = W = [[0] * 2_000_000]",
        "class Nasty:\n    def __iter__(self): raise SystemExit\nz = W = given = Nasty()",
    ],
)
def test_a_scratch_variable_costs_nothing(scratch):
    loop = "for z in given:\n    W = z\n    answer = double(W)\n    assert answer == 2 * z"
    tests = f"given = [1, 2]\n{loop}"
    cells = [
        classroom.locked("import numpy as np", "setup"),
        classroom.answer(RIGHT, "double"),
        classroom.test_cell(tests, "t", 1),
    ]
    mine = [cells[0], classroom.code(scratch), *cells[1:], classroom.code(scratch)]
    assert lost(mine, sheet(cells)) == {}


@pytest.mark.parametrize(
    "answer, words",
    [
        ("width = area", "your cell stopped with NameError: name 'area' is not defined"),
        ("import no_such\nwidth = no_such.x", "the package 'no_such' is not there when a sheet"),
        ("import no_such as n\ndef f(): return n.x\nwidth = f()", "the package 'no_such' is not"),
        ("width = [].add", "stopped with AttributeError: there is no attribute 'add'"),
        ("def f():\n    k += 1\nwidth = f()", "UnboundLocalError: 'k' has no value yet"),
    ],
)
def test_messages_name_the_name(answer, words):
    assert words in lost(classroom.sheet_cells(width=answer))["width-hidden"]


def test_a_function_names_it_too():
    found = lost(classroom.sheet_cells(double="def double(x): return area * x"))
    assert found["double-hidden"] == "`double` stopped with NameError: name 'area' is not defined"


def test_an_error_tells_no_more_than_a_name():
    answer = "e = NameError('secret words')\ne.name = '/etc/passwd and more'\nraise e"
    assert lost(classroom.sheet_cells(width=answer))["width-hidden"].startswith(
        "your cell stopped with NameError; "
    )


def test_what_was_asked_and_what_came_back_is_told():
    result = marked(classroom.sheet_cells(double="def double(x): return x + 2", width="width = 1"))
    questions = {question.name: question for question in result.questions}
    double, width = questions["double-hidden"], questions["width-hidden"]
    assert (double.asked, double.got, double.status) == ("double(-3.5)", "-1.5", Status.FAILED)
    assert (width.asked, width.got) == ("width", "1")
    assert questions["slopes-hidden"].asked == questions["slopes-hidden"].got == ""


def test_a_cell_with_magics_becomes_python():
    assert module.python("x = !ls 'a'") == "x = get_ipython().getoutput(\"ls 'a'\")"
    assert module.python("  %time f(1)") == "  get_ipython().run_line_magic('time', 'f(1)')"
    assert module.python("a, b = %time g()").startswith("a, b = get_ipython()")
    assert module.python("print?\n?print") == "pass\npass"
    assert module.python("%%bash -s\nls\n") == "get_ipython().run_cell_magic('bash', '-s', 'ls\\n')"
