"""The phrase data: every template can be filled, every reason can be talked about."""

from dataclasses import fields
from datetime import datetime
from random import Random

import pytest

from care_metrics.demo.clients import COMPANIES
from care_metrics.demo.language.phrases import Topic
from care_metrics.demo.language.slots import slots_of
from care_metrics.demo.language.tongues import TONGUES

LEG = {"name": "Ada Vance", "phone": "(212) 555-0100", "email": "ada@example.com", "agent_name": None}


def phrases_in(value):
    """All templates below a value: phrases, phrases by mood, topics by reason, circumstances."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from phrases_in(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from phrases_in(part)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from phrases_in(getattr(value, field.name))


@pytest.mark.parametrize("company", COMPANIES, ids=lambda company: company.slug)
@pytest.mark.parametrize("language", TONGUES)
def test_every_template_finds_its_slots(company, language):
    tongue = TONGUES[language]
    topic = next(iter(tongue.topics.values()))
    slots = slots_of(LEG | {"local": datetime(2026, 1, 31, 9)}, company, tongue, topic, Random(1))
    for phrase in phrases_in(tongue):
        if phrase != tongue.date:
            assert "{" not in phrase.format_map(slots), phrase


def test_every_reason_has_a_topic_in_each_language_of_its_client():
    for company in COMPANIES:
        names = {reason.name for reason in company.reasons}
        assert names <= set(TONGUES["en"].topics)
        assert not company.spanish or names <= set(TONGUES["es"].topics)


@pytest.mark.parametrize("language", TONGUES)
def test_questions_have_their_answers_and_facts_their_course(language):
    for name, topic in TONGUES[language].topics.items():
        assert isinstance(topic, Topic)
        assert len(topic.ask) == len(topic.detail), name
        for fact in range(len(topic.facts)):
            steps, fixed = topic.course(fact)
            assert min(len(steps), len(fixed)) > 0, name


@pytest.mark.parametrize("language", TONGUES)
def test_every_mood_and_every_level_of_care_has_words(language):
    tongue = TONGUES[language]
    for by_mood in (tongue.before, tongue.after, tongue.react, tongue.react_more, tongue.close, tongue.close_more):
        assert set(by_mood) == {-2, -1, 0, 1, 2}
    for by_level in (tongue.empathy, tongue.ownership):
        assert set(by_level) == {-1, 0, 1, 2}
