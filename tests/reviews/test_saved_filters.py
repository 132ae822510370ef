from care_metrics.reviews.rows import SavedFilter
from care_metrics.reviews.saved_filters import drop_filter, filters_of, keep_filter

MINE = SavedFilter("low_sentiment", "Bogotá, voice", (("site", "bog"), ("channel", "voice")))


def test_a_view_is_kept_replaced_and_dropped(database, as_role):
    ana = as_role("qa_lead", reader="ana")
    keep_filter(ana, database, MINE)
    keep_filter(ana, database, SavedFilter("low_sentiment", MINE.name, (("site", "med"),)))
    assert [one.query for one in filters_of(ana, database, "low_sentiment")] == [(("site", "med"),)]
    assert filters_of(ana, database, "pillars") == []
    drop_filter(ana, database, "low_sentiment", MINE.name)
    assert filters_of(ana, database, "low_sentiment") == []


def test_nobody_sees_or_replaces_anothers(database, as_role):
    ana, ben = (as_role("qa_lead", reader=name) for name in ("ana", "ben"))
    keep_filter(ana, database, MINE)
    keep_filter(ben, database, SavedFilter("low_sentiment", MINE.name, ()))
    drop_filter(ben, database, "low_sentiment", MINE.name)
    assert [one.query for one in filters_of(ana, database, "low_sentiment")] == [MINE.query]
    assert filters_of(ben, database, "low_sentiment") == []
