from care_metrics.commands.docs import README, rendered


def test_the_readmes_tables_say_what_the_program_knows() -> None:
    text = README.read_text(encoding="utf-8")
    assert rendered(text) == text, "run `python -m care_metrics.commands.docs`"


def test_a_newcomer_finds_both_commands_and_the_flow_in_the_first_40_lines() -> None:
    first = "\n".join(README.read_text(encoding="utf-8").splitlines()[:40])
    for part in ("make run", "make test", "![Care scorecard]", "export -> sources", "| a KPI |"):
        assert part in first
