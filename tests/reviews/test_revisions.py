import shutil
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from care_metrics.errors import BadRequest, EditConflict
from care_metrics.reviews.engine import Database
from care_metrics.reviews.locate import SQLITE
from care_metrics.reviews.review import history, review_of, save_review
from care_metrics.reviews.review_rows import Review
from care_metrics.scope import Scope

EDITORS = ("ana", "ben", "eve")
CONTACTS = ("c1", "c2")


def versions(database_of):
    """Editors who open a form, type, save, save again and save what is out of date, in any order."""

    class Versions(RuleBasedStateMachine):
        @initialize()
        def start(self):
            self.database, self.forms, self.sent, self.count = database_of(), {}, [], 0
            self.current = dict.fromkeys(CONTACTS)

        @rule(editor=st.sampled_from(EDITORS), contact=st.sampled_from(CONTACTS))
        def opens(self, editor, contact):
            self.count += 1
            version, _ = self.current[contact] or (0, "")
            form = Review(
                "acme", contact, version=version, key=f"k{self.count}", coaching_note=f"{editor} {self.count}"
            )
            self.forms[editor, contact] = form

        @rule(editor=st.sampled_from(EDITORS), contact=st.sampled_from(CONTACTS))
        def saves(self, editor, contact):
            form = self.forms.get((editor, contact))
            if form is None:
                return
            version, theirs = self.current[contact] or (0, "")
            known = next((done for done in self.sent if done[1].key == form.key), None)
            conflict = known[2] if known else form.version != version
            if conflict:
                with pytest.raises(EditConflict) as caught:
                    save_review(self.scope(editor), self.database, form)
                assert caught.value.mine.coaching_note == form.coaching_note
                assert caught.value.theirs.coaching_note == theirs
            else:
                saved = save_review(self.scope(editor), self.database, form)
                assert (saved.coaching_note, saved.version) == (form.coaching_note, form.version + 1)
            if known is None:
                self.sent.append((editor, form, conflict))
                if not conflict:
                    self.current[contact] = (form.version + 1, form.coaching_note)

        @rule(editor=st.sampled_from(EDITORS), contact=st.sampled_from(CONTACTS))
        def changes_a_form_that_was_saved(self, editor, contact):
            form = self.forms.get((editor, contact))
            if form is None or all(done[1].key != form.key for done in self.sent):
                return
            with pytest.raises(BadRequest):
                save_review(self.scope(editor), self.database, replace(form, coaching_note="changed"))

        @invariant()
        def nothing_is_lost_doubled_or_reordered(self):
            for contact in CONTACTS if hasattr(self, "database") else ():
                kept = history(self.scope("ana"), self.database, "acme", contact)
                sent = [(form, conflict) for _, form, conflict in self.sent if form.interaction_id == contact]
                assert [one.coaching_note for one in kept] == [form.coaching_note for form, _ in sent]
                assert [one.version is None for one in kept] == [conflict for _, conflict in sent]
                numbers = [one.version for one in kept if one.version]
                assert numbers == list(range(1, len(numbers) + 1))
                newest = review_of(self.scope("ana"), self.database, "acme", contact)
                assert (newest and (newest.version, newest.coaching_note)) == self.current[contact]

        def scope(self, editor):
            return Scope(frozenset({"acme"}), "internal", editor, "qa_lead")

    return Versions


def test_no_order_of_edits_loses_or_doubles_a_text(empty_file, memory):
    copies = iter(range(1_000_000))

    def database_of():
        path = memory / f"{next(copies)}.db"
        shutil.copy(empty_file, path)
        return Database(SQLITE + str(path))

    machine = versions(database_of).TestCase
    machine.settings = settings(
        max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    machine().runTest()
