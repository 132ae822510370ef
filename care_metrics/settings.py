"""Every setting with its default and meaning, read from CARE_METRICS_* environment variables."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """One row a setting: its name in lower case, its default, its meaning."""

    model_config = SettingsConfigDict(env_prefix="CARE_METRICS_", frozen=True)

    store: str = Field("data/store", description="Folder or URL of the Delta tables.")
    database: str = Field(
        "",
        description="File or URL of the database of reviews, targets and rights; empty: care_metrics.db beside the store.",
    )
    agent_key: SecretStr = Field(
        SecretStr(""),
        description="Secret behind the pseudonyms of agents that client readers see; empty: a new one at each start.",
    )
    sentiment_model: str = Field("models/sentiment", description="Folder or hub id of the sentiment model.")
    sentiment_es_pt_model: str = Field(
        "models/sentiment_es_pt",
        description="Folder or hub id of the sentiment model of the languages the first one leaves; empty: not scored.",
    )
    behaviours_model: str = Field("models/behaviours", description="Folder or hub id of the behaviours model.")
    sentiment_source: Literal["model", "supplied"] = Field(
        "model", description="Whose turn scores count: ours, with supplied ones as a stand-in, or the supplied ones."
    )
    low_sentiment: float = Field(-0.3, ge=-1, le=1, description="A leg at or below this mean valence is low-sentiment.")
    answer_within_s: float = Field(20, ge=0, description="Service level: answered within so many seconds, inclusive.")
    short_abandon_s: float = Field(
        5, ge=0, description="Abandoned within so many seconds, inclusive, is a short abandon."
    )
    memory_limit: str = Field("2GB", description="Memory limit of each query connection.")
    build_memory: str = Field(
        "1GB",
        description="Memory limit of the connection that builds a client's facts; what goes beyond it is spilled.",
    )
    threads: int = Field(2, ge=1, description="Threads of each query connection.")
    countries: str = Field(
        "",
        description="ISO codes of countries whose phone numbers and national ids are looked for, besides those of the data.",
    )
    pseudonym_key: SecretStr = Field(
        SecretStr(""),
        description="With it names and numbers leave the same eight hex digits of a keyed hash wherever they stood.",
    )
    tombstone_key: SecretStr = Field(
        SecretStr(""),
        description="Secret of 16 bytes or more under which erased customers are remembered; empty: a file in the store's folder.",
    )
    recording_hosts: str = Field(
        "",
        description="Hosts of recordings, separated by commas; a contact's link is opened if it is https to one of them.",
    )
    ingest_memory_mb: int = Field(4096, ge=256, description="Address space a file's reader process may take.")
    ingest_timeout_s: float = Field(600, gt=0, description="Seconds a file's reader process may take.")


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()


def under_root(path: str) -> str:
    """A relative path is meant from the project's folder, wherever the command was started; URLs stay as they are."""
    if "://" in path or Path(path).is_absolute() or Path(path).exists():
        return path
    return str(ROOT / path) if (ROOT / path).exists() or path.startswith(("data/", "models/")) else path
