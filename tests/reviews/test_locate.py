import pytest

from care_metrics.errors import BadRequest
from care_metrics.reviews.locate import database_url
from care_metrics.settings import ROOT


def test_the_default_is_a_file_beside_the_store(tmp_path):
    assert database_url("", str(tmp_path / "store")) == f"sqlite:///{tmp_path}/care_metrics.db"
    assert database_url("", "data/store") == f"sqlite:///{ROOT}/data/care_metrics.db"
    assert database_url("", "s3://bucket/store") == f"sqlite:///{ROOT}/data/care_metrics.db"


@pytest.mark.parametrize("setting", ["/var/lib/care.db", "sqlite:////var/lib/care.db"])
def test_a_file_may_be_named_either_way(setting):
    assert database_url(setting) == "sqlite:////var/lib/care.db"


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_a_server_finds_the_driver(scheme):
    assert database_url(f"{scheme}://me:p%40ss@db/reviews") == "postgresql+psycopg://me:p%40ss@db/reviews"


@pytest.mark.parametrize(
    "setting", ["sqlite:///:memory:", ":memory:", "sqlite:///", "mysql://db/reviews", "duckdb:///x.db"]
)
def test_what_would_not_keep_reviews_is_refused(setting):
    with pytest.raises(BadRequest, match="CARE_METRICS_DATABASE"):
        database_url(setting)
