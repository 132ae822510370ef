import pytest

from care_metrics.errors import BadRequest, NotAllowed
from care_metrics.reviews.overrides import forget_site, map_reason, name_site, sites, task_map, unmap_reason
from care_metrics.reviews.rows import Site, TaskOfReason


def test_a_site_is_named_renamed_and_forgotten(database, as_role):
    admin = as_role("admin")
    name_site(admin, database, Site("acme", "bog", "Bogota", "CO", "nearshore"))
    name_site(admin, database, Site("acme", "bog", "Bogotá", "CO", "nearshore"))
    assert [one.label for one in sites(as_role("client"), database)] == ["Bogotá"]
    assert sites(as_role("client", "globex"), database) == []
    forget_site(admin, database, "acme", "bog")
    assert sites(admin, database) == []


def test_a_reason_is_mapped_per_client(database, as_role):
    admin = as_role("admin", "acme", "globex")
    map_reason(admin, database, TaskOfReason("acme", "refund", "transactional"))
    map_reason(admin, database, TaskOfReason("globex", "refund", "emotional"))
    assert [(one.client, one.task) for one in task_map(admin, database)] == [
        ("acme", "transactional"),
        ("globex", "emotional"),
    ]
    unmap_reason(admin, database, "acme", "refund")
    assert [one.client for one in task_map(admin, database)] == ["globex"]


def test_unknown_tasks_and_locations_are_refused(database, as_role):
    with pytest.raises(BadRequest, match="emotional"):
        map_reason(as_role("admin"), database, TaskOfReason("acme", "refund", "both"))
    with pytest.raises(BadRequest, match="nearshore"):
        name_site(as_role("admin"), database, Site("acme", "bog", "Bogotá", "CO", "far"))


def test_only_administrators_of_the_client_map(database, as_role):
    for scope in (as_role("executive"), as_role("admin", "globex")):
        with pytest.raises(NotAllowed):
            map_reason(scope, database, TaskOfReason("acme", "refund", "emotional"))
