"""Which transcripts can be scored, and why the others cannot."""

import polars as pl

# AutoQA's floor: a message on each side and ten words (Zendesk, how AutoQA evaluates tickets).
FEWEST_WORDS = 10
REASONS: tuple[tuple[str, str], ...] = (
    ("no speakers", "the transcript does not say who spoke"),
    ("bot only", "a bot spoke with the customer, no agent did"),
    ("one side only", "only the customer or only the agent left a message"),
    ("too short", f"fewer than {FEWEST_WORDS} words in all"),
    ("language", "a language that the behaviours model was not made for"),
    ("not scored yet", "an agent turn has no score of the current behaviours model"),
)
_LETTER, _WORD = r"[\p{L}\p{N}]", r"[\p{L}\p{N}][\p{L}\p{N}'’-]*"


def messages(turns: pl.DataFrame) -> pl.DataFrame:
    """The turns that hold at least one letter or digit, in order."""
    return turns.filter(pl.col("text").str.contains(_LETTER)).sort("interaction_id", "turn_no")


def floors(turns: pl.DataFrame) -> pl.DataFrame:
    """One row a leg with turns: interaction_id and floor, why no reader could score it, null where one could."""
    said = {name: (pl.col("speaker") == name).any() for name in ("customer", "agent", "bot")}
    people = pl.col("speaker").is_in(["customer", "agent"])
    words = pl.col("text").str.count_matches(_WORD).filter(people).sum()
    sides = messages(turns).group_by("interaction_id").agg(**said, words=words)
    nobody = ~(pl.col("customer") | pl.col("agent") | pl.col("bot")).fill_null(False)
    floor = (
        pl.when(nobody)
        .then(pl.lit("no speakers"))
        .when(~pl.col("agent") & pl.col("bot"))
        .then(pl.lit("bot only"))
        .when(~(pl.col("agent") & pl.col("customer")))
        .then(pl.lit("one side only"))
        .when(pl.col("words") < FEWEST_WORDS)
        .then(pl.lit("too short"))
    )
    every = turns.select(pl.col("interaction_id").unique())
    return every.join(sides, on="interaction_id", how="left").select("interaction_id", floor=floor)


def reasons(turns: pl.DataFrame) -> pl.DataFrame:
    """One row a leg with turns: interaction_id and reason, the first of REASONS that holds, null where it is scored.

    turns: judged says whether the behaviours model has seen an agent turn, unfit why it gave that turn no score.
    """
    agent = pl.col("speaker") == "agent"
    model = (
        messages(turns)
        .group_by("interaction_id")
        .agg(
            foreign=(agent & (pl.col("unfit") == "language")).any(),
            pending=(agent & ~pl.col("judged").fill_null(False)).any(),
        )
    )
    late = pl.when("foreign").then(pl.lit("language")).when("pending").then(pl.lit("not scored yet"))
    return (
        floors(turns)
        .join(model, on="interaction_id", how="left")
        .select("interaction_id", reason=pl.coalesce("floor", late))
        .sort("interaction_id")
    )
