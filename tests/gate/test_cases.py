"""Where each case of the threat model is tested: a case without a test is one that nobody looks at.

T: who may see what; Q: what a query may do; E: what leaves as a file. Files are those that would fail if the case were lost.
"""

import ast
from functools import cache

import pytest

from care_metrics.ui.extract import ROOT

# case -> (what must hold, the tests that hold it)
CASES: dict[str, tuple[str, tuple[str, ...]]] = {
    "T1": (
        "no login, an expired or changed one, an unknown reader: nothing",
        (
            "gate/test_admission.py::test_whoever_is_not_certain_is_nobody",
            "gate/test_admission.py::test_the_way_in_names_no_client_and_no_number",
            "gate/test_door.py::test_everything_but_the_way_in_needs_a_login",
            "browser/test_sign_in.py::test_a_stranger_with_a_valid_login_sees_nothing",
        ),
    ),
    "T2": (
        "every page of a client reader holds nothing of another client",
        (
            "gate/test_roles.py::test_a_client_reader_meets_no_trace_of_another_client",
            "browser/test_sign_in.py::test_two_clients_side_by_side_never_see_each_other",
        ),
    ),
    "T3": (
        "whoever warmed the caches",
        (
            "gate/test_client_reader.py::test_what_one_reader_was_told_the_next_is_not",
            "browser/test_sign_in.py::test_two_clients_side_by_side_never_see_each_other",
            "browser/test_account_meeting.py::test_the_client_reads_their_own_review_and_nothing_beside_it",
        ),
    ),
    "T4": (
        "a wall that is taken away is noticed",
        (
            "gate/test_document.py::test_the_tables_of_the_document_are_those_of_the_result",
            "gate/test_document.py::test_a_mutant_still_fits_the_source",
            "ui/test_cached.py::test_scope_first_edition_next_nothing_unhashed_and_bounded",
        ),
    ),
    "T5": (
        "a guessed contact is not found, and the attempt is on record",
        ("gate/test_recorded.py::test_a_guessed_contact_is_not_found_and_on_record",),
    ),
    "T6": (
        "options and counts are one's own, small ones do not exist",
        (
            "gate/test_client_reader.py::test_options_hold_nothing_of_another_client",
            "gate/test_client_reader.py::test_a_place_of_few_contacts_is_no_option_for_a_client_reader",
            "gate/test_client_reader.py::test_no_list_stands_behind_a_hidden_number",
            "gate/test_client_reader.py::test_a_slip_is_answered_with_names_that_are_the_readers_own",
            "browser/test_account_meeting.py::test_counts_and_files_are_the_clients_own",
        ),
    ),
    "T7": (
        "a right that was taken ends in open tabs",
        (
            "gate/test_admission.py::test_a_right_that_was_taken_or_changed_counts_at_once",
            "gate/test_admission.py::test_a_tab_is_denied_at_its_next_run",
            "browser/test_sign_in.py::test_a_right_taken_away_ends_at_the_next_interaction",
        ),
    ),
    "T8": (
        "signing out ends every tab",
        (
            "reviews/test_sign_in.py::test_signing_out_in_one_tab_ends_the_other",
            "browser/test_sign_in.py::test_signing_out_in_one_tab_ends_the_other_at_its_next_interaction",
        ),
    ),
    "T9": (
        "another user in the place of the last one starts anew",
        (
            "browser/test_account_meeting.py::test_another_reader_in_the_place_of_the_last_one_starts_anew",
            "browser/test_sign_in.py::test_two_clients_side_by_side_never_see_each_other",
        ),
    ),
    "T10": (
        "only the exact origin may connect",
        (
            "gate/test_door.py::test_the_origin_is_exactly_ours",
            "browser/test_sign_in.py::test_a_connection_from_another_origin_is_refused",
        ),
    ),
    "T11": (
        "a header names nobody",
        (
            "gate/test_door.py::test_a_proxy_before_the_demo_is_refused",
            "browser/test_sign_in.py::test_a_cookie_opens_what_its_reader_may_and_a_changed_one_nothing",
        ),
    ),
    "T12": (
        "media, metrics and components need a login",
        (
            "gate/test_door.py::test_everything_but_the_way_in_needs_a_login",
            "browser/test_sign_in.py::test_before_anybody_signs_in_nothing_is_told",
        ),
    ),
    "T13": (
        "the demo starts on a loopback address only",
        ("gate/test_door.py::test_the_demo_refuses_to_start_on_a_public_address",),
    ),
    "T14": (
        "a role writes what it may and nothing else, whatever page asks",
        (
            "reviews/test_permissions.py::test_every_role_without_the_right_is_refused_before_anything_is_touched",
            "reviews/test_permissions.py::test_a_client_never_does_what_is_the_centres_own",
        ),
    ),
    "T15": (
        "issuer and subject count, an e-mail only where it is verified",
        (
            "reviews/test_sign_in.py::test_whoever_is_not_exactly_the_reader_is_nobody",
            "browser/test_sign_in.py::test_a_stranger_with_a_valid_login_sees_nothing",
        ),
    ),
    "T16": (
        "security headers on every answer, Secure cookies behind TLS",
        (
            "gate/test_door.py::test_every_answer_is_secured_and_cookies_stay_on_tls",
            "browser/test_sign_in.py::test_every_answer_carries_the_security_headers",
        ),
    ),
    "T17": (
        "while nothing can be recorded there are numbers and no transcripts",
        ("gate/test_recorded.py::test_while_the_log_is_down_numbers_stand_and_transcripts_do_not",),
    ),
    "Q1": (
        "a value is bound, whatever it says",
        ("gate/test_client_reader.py::test_a_filter_value_is_bound_whatever_it_says",),
    ),
    "Q2": ("a column is looked up", ("gate/test_client_reader.py::test_a_column_is_looked_up_and_never_formatted",)),
    "Q3": (
        "no path is built from what somebody wrote",
        (
            "commands/test_ingest_cases.py::test_i24_a_near_miss_of_a_client_is_refused_and_makes_none",
            "gate/test_client_reader.py::test_a_filter_value_is_bound_whatever_it_says",
        ),
    ),
    "Q4": (
        "the connection opens its own files, and cannot be unlocked",
        (
            "gate/test_client_reader.py::test_the_connection_opens_nothing_but_its_own_files",
            "warehouse/test_house.py::test_foreign_files_and_settings_are_out_of_reach",
        ),
    ),
    "Q5": (
        "a link out of the folder leads nowhere",
        ("warehouse/test_house.py::test_a_link_in_a_tenants_folder_leads_nowhere",),
    ),
    "Q6": ("nothing is no number", ("test_measure.py::test_no_data_is_null_and_never_0",)),
    "Q7": ("NaN does not come in", ("gate/test_queries.py::test_a_number_that_is_none_never_comes_in",)),
    "Q8": (
        "a query beyond its memory is refused in words, and the next one works",
        ("warehouse/test_house.py::test_a_query_beyond_its_memory_is_refused_and_the_next_one_works",),
    ),
    "Q9": (
        "a query beyond its time is interrupted and its thread is free",
        (
            "warehouse/test_house.py::test_a_query_that_runs_too_long_is_interrupted_and_the_next_one_works",
            "warehouse/test_house.py::test_an_interrupted_query_leaves_no_thread_and_disturbs_nobody",
        ),
    ),
    "Q10": (
        "a page reads one publication",
        ("gate/test_queries.py::test_a_page_reads_one_publication_from_its_first_number_to_its_last",),
    ),
    "Q11": (
        "numbers agree with an independent recount",
        ("oracle/test_against_product.py::test_every_kpi_agrees_with_the_recount",),
    ),
    "Q12": (
        "no DuckDB file is shared: several processes read while one writes",
        ("warehouse/test_house.py::test_no_database_file_is_opened_by_anybody",),
    ),
    "E1": (
        "a cell that begins like a formula is marked as text, numbers stay numbers",
        (
            "exports/test_files.py::test_in_csv_a_text_that_begins_like_a_formula_is_marked_as_text",
            "exports/test_files.py::test_a_header_out_of_the_data_is_marked_too",
            "exports/test_files.py::test_numbers_stay_numbers_and_missing_is_empty",
            "pages/test_downloads.py::test_a_reason_that_is_a_formula_is_taken_as_text",
        ),
    ),
    "E2": (
        "in a workbook text is text",
        (
            "exports/test_files.py::test_in_xlsx_every_text_is_a_string_cell",
            "exports/test_files.py::test_in_xlsx_a_link_is_text_and_a_number_in_text_stays_text",
        ),
    ),
    "E3": (
        "the toolbar of a table writes no file",
        ("gate/test_door.py::test_a_setting_that_lets_others_in_or_files_out_ends_the_start",),
    ),
    "E4": (
        "the file holds what the screen shows: rows, redaction, suppression",
        (
            "gate/test_exports.py::test_the_file_holds_the_rows_of_the_list_and_nobody_elses",
            "gate/test_exports.py::test_a_number_that_is_hidden_is_in_no_file",
            "pages/test_downloads.py::test_the_numbers_taken_are_those_of_the_page",
            "browser/test_account_meeting.py::test_counts_and_files_are_the_clients_own",
        ),
    ),
    "E5": (
        "a right that ended between view and click gives no file",
        ("gate/test_recorded.py::test_an_export_is_made_at_the_click_by_who_still_may",),
    ),
    "E6": (
        "the address of a file serves who exported it",
        (
            "gate/test_door.py::test_a_file_that_nobody_exported_is_nobodys",
            "browser/test_account_meeting.py::test_the_address_of_a_file_serves_nobody_else",
        ),
    ),
    "E7": (
        "more rows than a file holds are refused in words",
        (
            "exports/test_files.py::test_more_rows_than_a_sheet_holds_are_refused",
            "gate/test_exports.py::test_more_rows_than_a_file_holds_are_not_cut_without_a_word",
        ),
    ),
    "E8": (
        "a file's name is letters and digits",
        ("exports/test_files.py::test_a_file_is_named_by_letters_and_digits",),
    ),
    "E9": (
        "no bytes before the export's line: who, filters, rows, version, hash",
        (
            "gate/test_recorded.py::test_an_export_is_made_at_the_click_by_who_still_may",
            "pages/test_downloads.py::test_without_a_record_nothing_is_offered",
        ),
    ),
    "E10": (
        "no report is rendered from data, and a page's texts are texts",
        (
            "gate/test_exports.py::test_no_report_is_rendered_from_data",
            "browser/test_browser.py::test_text_from_data_never_becomes_markup",
        ),
    ),
}


@cache
def _tests_of(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_no_case_is_left_out() -> None:
    assert set(CASES) == {f"T{n}" for n in range(1, 18)} | {f"Q{n}" for n in range(1, 13)} | {
        f"E{n}" for n in range(1, 11)
    }


@pytest.mark.parametrize("case", CASES)
def test_the_tests_of_a_case_are_there(case: str) -> None:
    _meaning, tests = CASES[case]
    missing = [one for one in tests if one.split("::")[1] not in _tests_of(one.split("::")[0])]
    assert tests
    assert not missing, f"{case} is no longer tested by {missing}; name the test that holds it now"
