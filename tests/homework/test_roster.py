"""Lists of students as spreadsheets and platforms save them."""

import pytest

from coursework.course import CourseError
from coursework.roster import Kind, read_roster

ROWS = [("id", "name", "mail"), ("a1", "José Díaz", "jd@x.org"), ("b2", "Zoë Ås", "za@x.org")]


def saved(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def table(separator=",", end="\n", rows=ROWS):
    return end.join(separator.join(row) for row in rows) + end


def names(path, column=""):
    return read_roster(path, column).names


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "latin-1", "cp1252"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_roster_is_read_however_a_spreadsheet_saves_it(tmp_path, separator, encoding, end):
    path = saved(tmp_path / "class.csv", table(separator, end), encoding)
    assert names(path) == {"a1": "José Díaz", "b2": "Zoë Ås"}


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\nid;name\r\na1;Ada\r\n",  # as Excel asks for it
        "Table 1\n\nid,name\na1,Ada\n",  # as Numbers writes it
        ";;\nid;name;\na1;Ada;\n;;\n",  # empty lines and columns around the table
        '"id";"name"\n"a1";"Ada"\n',
        'id,name\na1,"Lovelace, Ada"\n',
        'id;name\na1;"Lovelace, Ada"\n',
        "ID , Name \n a1 , Ada\n",
        "Student ID;First name;Last name\na1;Ada;\n",
        "Benutzername;Vorname;Name\na1;Ada;Lovelace\n",
        "First Name,Last Name,Email,Username\nAda,Lovelace,a@x,a1\n",
    ],
)
def test_other_columns_and_lines_around_the_table_do_no_harm(tmp_path, text):
    (id, name), *rest = names(saved(tmp_path / "class.csv", text)).items()
    assert (id, rest) == ("a1", []) and name.startswith("Ada")


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Slopes (4711),Current Score
,,,,,Manual Posting,
    Points Possible,,,,,20,(read only)
"Lovelace, Ada",4021,s-1,alove1,Section 1,,
"Student, Test",4099,,test9,Section 1,,
"""
MOODLE = """\
Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,Last modified (grade)
Participant 4021,Ada Lovelace,alove1,a@x.org,Submitted,-,20,-
"""
BRIGHTSPACE = """\
OrgDefinedId,Username,Last Name,First Name,Slopes Points Grade,End-of-Line Indicator
#alove1,#ada,Lovelace,Ada,,#
"""
BLACKBOARD = """\
"Last Name","First Name","Username","Student ID","Slopes [Total Pts: 20 Score] |4711"
"Lovelace","Ada","alove1","77",""
"""


@pytest.mark.parametrize(
    "text, kind, other",
    [
        (CANVAS, Kind.CANVAS, "4021"),
        (MOODLE, Kind.MOODLE, "Participant 4021"),
        (MOODLE, Kind.MOODLE, "4021"),
        (BRIGHTSPACE, Kind.BRIGHTSPACE, "#ada"),
        (BLACKBOARD, Kind.BLACKBOARD, "77"),
    ],
)
def test_a_platforms_own_table_is_known(tmp_path, text, kind, other):
    roster = read_roster(saved(tmp_path / "grades.csv", text))
    assert roster.kind is kind and roster.names["alove1"] == "Ada Lovelace"
    assert roster.find([other]) == roster.find(["lovelaceada"]) == "alove1"
    assert "" not in roster.by_id


@pytest.mark.parametrize(
    "words",
    [
        ["12345"],
        ["Jose Diaz"],
        ["diazjose"],
        ["S2"],
        ["nobody", "jd"],
        ["jd@x.org"],
        ["Díaz, José"],
    ],
)
def test_a_roster_knows_names_numbers_and_addresses(tmp_path, words):
    rows = [
        ("id", "name", "moodle", "mail"),
        ("s1", "Ada Lovelace", "777", "al@x.org"),
        ("s2", "José Díaz", "12345", "jd@x.org"),
        ("s3", "Ada Lovelace", "9", "al3@x.org"),
    ]
    roster = read_roster(saved(tmp_path / "class.csv", table(rows=rows)))
    assert roster.find(words) == "s2"
    assert roster.find(["Ada Lovelace"]) is None  # of two students it names neither


@pytest.mark.parametrize(
    "text, words",
    [
        ("name,number\nAda,1\n", r"which column .* ID='...' .*name \(as 'Ada'\); number"),
        ("login,username\na,b\n", "which column"),  # two that might be it
        (MOODLE.replace("ID number,", "").replace("alove1,", ""), "Email address"),
        ("id,name\n", "no table"),
        ("", "no table"),
        ("id,name\na1,Ada\nA1,Bo\n", "lists '(a|A)1' twice"),
        ("id,name\n,Ada\n", "is empty"),
        ('id,name\n"1,23E+08",Ada\n', "rounded"),
        ("id,name\n1.23457E+11,Ada\n", "rounded"),
        ("PK\x03\x04" + "x" * 40, "save it as CSV"),
    ],
)
def test_what_is_not_clear_is_asked_in_words(tmp_path, text, words):
    with pytest.raises(CourseError, match=words):
        read_roster(saved(tmp_path / "class.csv", text))


def test_the_column_of_ids_can_be_named(tmp_path):
    path = saved(tmp_path / "class.csv", "login,username,name\na,b,Ada\n")
    assert names(path, "UserName") == {"b": "Ada"}
    with pytest.raises(CourseError, match="has no column 'mail': it has login, username, name"):
        read_roster(path, "mail")


def test_bytes_that_are_no_text_are_no_traceback(tmp_path):
    path = tmp_path / "class.csv"
    for data in (b"\xff\xfe\x00", bytes(range(256)), b'id,"name\na'):
        path.write_bytes(data)
        with pytest.raises(CourseError):
            read_roster(path)
    path.write_bytes(b"id,name\n\x00a,b\n")
    assert read_roster(path).names == {"_a": "b"}
