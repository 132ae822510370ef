"""What is said: enough of it, varied, laid over the right seconds, and nobody else's words."""

import os
from pathlib import Path

import polars as pl
import pytest

SHARED = Path(os.environ.get("CARE_METRICS_SHARED", Path(__file__).resolve().parents[3] / "shared"))


@pytest.fixture(scope="module")
def turns(full_tables):
    legs = full_tables["interactions"].drop("client")
    return full_tables["turns"].join(legs, "interaction_id")


def test_about_a_fifth_of_the_contacts_is_transcribed(turns):
    assert turns["contact_id"].n_unique() == pytest.approx(12_000, abs=5)
    assert turns.filter(pl.col("outcome") == "abandoned").is_empty()


def test_a_conversation_has_eight_to_nine_turns_four_of_them_the_customers(turns):
    legs = turns["interaction_id"].n_unique()
    assert 8 <= turns.height / legs <= 9
    assert 3.5 <= turns.filter(pl.col("speaker") == "customer").height / legs <= 4.5


def test_most_texts_are_said_only_once(turns):
    assert turns["text"].n_unique() / turns.height >= 0.60


def test_every_template_was_filled_and_nothing_is_blank(turns):
    assert not turns["text"].str.contains(r"[{}]").any()
    assert turns["text"].str.strip_chars().str.len_chars().min() >= 3


def test_no_text_stands_in_the_data_that_trains_or_selects_models(turns):
    files = sorted(SHARED.glob("data/train/*.parquet")) + sorted(SHARED.glob("data/dev/*.parquet"))
    if not files:
        pytest.skip(f"no training data under {SHARED}")
    ours = turns.select(plain("text")).unique()
    for file in files:
        theirs = pl.read_parquet(file).select(plain("text")).unique()
        assert ours.join(theirs, "text").is_empty(), file.name


def plain(column: str) -> pl.Expr:
    return pl.col(column).str.to_lowercase().str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def test_spoken_turns_fill_the_conversation_from_start_to_end(turns):
    voice = turns.filter(pl.col("channel") == "voice").sort("interaction_id", "turn_no")
    total = pl.col("talk_s") + pl.col("hold_s")
    ends = voice.group_by("interaction_id").agg(
        pl.col("begin_s").min(), gap=(total - pl.col("end_s").max()).abs().first()
    )
    assert ends["begin_s"].max() == 0
    assert ends["gap"].max() < 0.05
    assert (voice["end_s"] >= voice["begin_s"]).all()
    assert (
        voice.select((pl.col("begin_s") - pl.col("end_s").shift().over("interaction_id")).drop_nulls().min()).item()
        > -0.02
    )


def test_holds_and_some_silences_are_gaps_longer_than_five_seconds(turns):
    voice = turns.filter(pl.col("channel") == "voice").sort("interaction_id", "turn_no")
    gap = pl.col("begin_s") - pl.col("end_s").shift().over("interaction_id")
    gaps = voice.group_by("interaction_id").agg(longest=gap.max(), hold=pl.col("hold_s").first())
    assert 0.2 < gaps.select((pl.col("longest") > 5).mean()).item() < 0.9
    held = gaps.filter(pl.col("hold") > 5)
    assert held.height > 1_000
    assert (held["longest"] > 5).mean() > 0.95


def test_chats_have_a_begin_only_and_mails_no_times(turns):
    chat, mail = turns.filter(pl.col("channel") == "chat"), turns.filter(pl.col("channel") == "email")
    assert chat["begin_s"].null_count() == 0 == chat["end_s"].count()
    assert mail["begin_s"].count() == 0 == mail["end_s"].count()


def test_first_and_last_quarter_usually_hold_a_customer_turn(turns):
    spoken = turns.filter((pl.col("speaker") == "customer") & pl.col("begin_s").is_not_null())
    quarter = (4 * pl.col("begin_s") / (pl.col("talk_s") + pl.col("hold_s"))).floor()
    both = spoken.group_by("interaction_id").agg(((quarter == 0).any() & (quarter >= 3).any()).alias("both"))
    assert both["both"].mean() > 0.75


def test_bots_speak_where_a_bot_took_part_and_agents_where_a_person_did(turns):
    by_handler = turns.group_by("handler").agg(pl.col("speaker").unique())
    said = {handler: set(speakers) for handler, speakers in by_handler.rows()}
    assert said["ai"] == {"customer", "bot"}
    assert said["human"] == {"customer", "agent"}
    assert said["ai_then_human"] >= {"customer", "agent", "bot"}


def test_spanish_is_a_small_share_and_is_spoken_in_bogota(turns, full_tables):
    legs = full_tables["interactions"]
    assert 0.04 < (legs["language"] == "es").mean() < 0.09
    spanish = legs.filter((pl.col("language") == "es") & pl.col("site").is_not_null())
    assert spanish["site"].unique().to_list() == ["bogota"]
    texts = turns.filter((pl.col("language") == "es") & (pl.col("channel") != "voice"))["text"]
    assert not texts.str.contains(r"\b(the|your|thank you)\b").any()


def test_some_voice_is_written_as_a_recognizer_writes_it(turns):
    voice = turns.filter(pl.col("channel") == "voice")["text"]
    assert 0.3 < (voice == voice.str.to_lowercase()).mean() < 0.6


def test_personal_data_is_spoken_so_that_redaction_has_work(turns):
    customer = turns.filter(pl.col("speaker") == "customer")["text"]
    for pattern, least in ((r"555-01\d\d|7946 0\d{3}", 1_000), (r"@example\.", 1_000), (r"4111 1111|4242-4242", 100)):
        assert customer.str.contains(pattern).sum() > least
