"""Ids of students, from the names that learning platforms give to files."""

import pytest

from coursework.course import CourseError
from coursework.names import Roster, Student, clean, identify, plain, read_roster


@pytest.mark.parametrize(
    "path, id, name",
    [
        ("Ada Lovelace_12345_assignsubmission_file_/slopes.ipynb", "12345", "Ada Lovelace"),
        ("Ada Lovelace_12345_assignsubmission_file_slopes.ipynb", "12345", "Ada Lovelace"),
        ("Ada_M_Lovelace_7_assignsubmission_file/my work.ipynb", "7", "Ada_M_Lovelace"),
        ("lovelaceada_12345_67890_slopes.ipynb", "12345", "lovelaceada"),
        ("lovelaceada_LATE_12345_67890_slopes-2.ipynb", "12345", "lovelaceada"),
        ("Homework_ada_attempt_2026-11-20-22-10-03_slopes.ipynb", "ada", ""),
        ("ada/slopes.ipynb", "ada", ""),
        ("ada/slopes/slopes.ipynb", "ada", ""),
        ("ada/final/slopes.ipynb", "ada", ""),
        ("slopes/ada/slopes.ipynb", "ada", ""),
        ("slopes_ada.ipynb", "ada", ""),
        ("ada_slopes.ipynb", "ada", ""),
        ("Slopes - ada.ipynb", "ada", ""),
        ("slopes_ada (2).ipynb", "ada", ""),
        ("ada.ipynb", "ada", ""),
        ("ada.ipynb.txt", "ada", ""),
        ("Zoë O'Neil/slopes.ipynb", "Zoë O'Neil", ""),
        ("山田/slopes.ipynb", "山田", ""),
        ("ada@school.org/slopes.ipynb", "ada@school.org", ""),
    ],
)
def test_every_scheme_tells_the_student(path, id, name):
    assert identify(tuple(path.split("/")), "", "slopes", Roster()) == Student(id, name)


@pytest.mark.parametrize("name", ["slopes.ipynb", "slopes (1).ipynb", "Slopes-Copy1.ipynb"])
def test_a_bare_file_belongs_to_nobody(name):
    assert identify((name,), "", "slopes", Roster()) is None


def test_a_folder_above_all_files_is_taken_where_nothing_else_tells():
    assert identify(("slopes.ipynb",), "ada", "slopes", Roster()) == Student("ada")
    assert identify(("slopes.ipynb",), "slopes", "slopes", Roster()) is None


@pytest.mark.parametrize(
    "raw, cleaned",
    [
        ("ada", "ada"),
        ("..", ""),
        (" . ", ""),
        ("../x", "_x"),
        ("a/b\\c", "a_b_c"),
        ("a\nb\x00", "a_b_"),
        (".hidden", "hidden"),
        ("a*[b]?", "a__b__"),
        ("x" * 101, ""),
        ("e\u0301", "\u00e9"),
    ],
)
def test_no_id_leads_out_of_its_folder(raw, cleaned):
    assert clean(raw) == cleaned


@pytest.fixture
def roster(tmp_path):
    path = tmp_path / "class.csv"
    lines = ["id,name,moodle", "s1,Ada Lovelace,12345", "s2,José Díaz,777", "s3,Ada Lovelace,9"]
    path.write_text("\n".join(lines), encoding="utf-8-sig")
    return read_roster(path)


@pytest.mark.parametrize(
    "path, id",
    [
        ("X Y_12345_assignsubmission_file_/slopes.ipynb", "s1"),
        ("diazjose_99_67890_slopes.ipynb", "s2"),
        ("Jose Diaz/slopes.ipynb", "s2"),
        ("slopes_S2.ipynb", "s2"),
        ("s3/slopes_final.ipynb", "s3"),
    ],
)
def test_a_roster_knows_names_and_numbers(roster, path, id):
    assert identify(tuple(path.split("/")), "", "slopes", roster).id == id


def test_a_name_of_two_students_names_neither(roster):
    found = identify(("Ada Lovelace", "slopes.ipynb"), "", "slopes", roster)
    assert found.id not in {"s1", "s3"}


def test_a_roster_without_ids_is_refused(tmp_path):
    path = tmp_path / "class.csv"
    path.write_text("name,number\nAda,1\n")
    with pytest.raises(CourseError, match="no column 'id'"):
        read_roster(path)


def test_plain_forgets_case_accents_and_signs():
    assert plain("José O'Díaz-1") == plain("JOSE ODIAZ 1") == "joseodiaz1"
