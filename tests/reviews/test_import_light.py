import subprocess
import sys

LIGHT = ("rows", "review_rows", "verdict", "scorecard", "permissions", "locate", "sqlite", "wording")


def loaded_by(code):
    code += "\nimport sys\nprint(sorted({'sqlalchemy', 'alembic', 'psycopg', 'mako'} & {name.split('.')[0] for name in sys.modules}))"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_records_and_verdicts_load_no_database_library():
    # 0.1 to 0.3 s of an application's start, before anybody has asked for a target.
    assert (
        loaded_by("import care_metrics.reviews, " + ", ".join(f"care_metrics.reviews.{name}" for name in LIGHT)) == "[]"
    )


def test_an_up_to_date_database_is_opened_without_alembic_and_psycopg(file_url):
    assert loaded_by(f"from care_metrics.reviews import open_database\nopen_database({file_url!r})") == "['sqlalchemy']"
