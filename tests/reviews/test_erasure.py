from datetime import UTC, date, datetime

from care_metrics.reviews import audit
from care_metrics.reviews.assignments import assign, assignments
from care_metrics.reviews.disputes import disputes, open_dispute
from care_metrics.reviews.drafts import keep_draft
from care_metrics.reviews.engine import Database
from care_metrics.reviews.erasure import erase_contacts
from care_metrics.reviews.review import reviews, save_review
from care_metrics.reviews.review_rows import Assignment, Dispute, Draft, Review
from care_metrics.reviews.sample_rows import Drawn, SamplingPlan
from care_metrics.reviews.samples import keep_sample, sampled
from care_metrics.scope import operator

BOTH = operator(["acme", "globex"])
CANARY = "Mrs Canary of Elm Street"


def write_about(database, client, contact):
    save_review(BOTH, database, Review(client, contact, coaching_note=CANARY, key=f"{client}{contact}"))
    keep_draft(BOTH, database, Draft(client, contact, "d", {"note": CANARY}, datetime.now(UTC)))
    open_dispute(BOTH, database, Dispute(client, contact, "a1", CANARY, "score", key=f"{client}{contact}"))
    assign(BOTH, database, [Assignment(client, contact, "ana", CANARY)])
    plan = SamplingPlan(client, "random", 1, 7, date(2026, 3, 1), date(2026, 4, 1), 10, 1, key=f"{client}{contact}")
    keep_sample(BOTH, database, plan, [Drawn(client, contact, "a1", None, 0.1, (CANARY,))])


def test_what_was_written_about_a_contact_is_gone_and_that_it_was_is_told(database):
    write_about(database, "acme", "c1")
    write_about(database, "acme", "c2")
    write_about(database, "globex", "c1")
    erased = erase_contacts(BOTH, database, "acme", ["c1", "unknown"])
    assert erased == {"reviews": 1, "drafts": 1, "disputes": 1, "assignments": 1, "drawn": 1}
    left = {("acme", "c2"), ("globex", "c1")}
    for listed in (
        reviews(BOTH, database),
        disputes(BOTH, database),
        assignments(BOTH, database),
        sampled(BOTH, database),
    ):
        assert {(one.client, one.interaction_id) for one in listed} == left
    [entry] = audit.entries(BOTH, database, what="erase")
    assert (entry.client, entry.rows, entry.contact) == ("acme", 5, None)


def test_no_byte_of_it_stays_in_the_file(file_url):
    database = Database(file_url)
    write_about(database, "acme", "c1")
    assert CANARY.encode() in database.path.read_bytes()
    erase_contacts(BOTH, database, "acme", ["c1"])
    assert CANARY.encode() not in b"".join(file.read_bytes() for file in database.path.parent.iterdir())


def test_thousands_of_contacts_are_erased_at_once(database):
    write_about(database, "acme", "c1499")
    erased = erase_contacts(BOTH, database, "acme", [f"c{number}" for number in range(3_000)])
    assert sum(erased.values()) == 5
