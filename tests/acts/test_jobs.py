"""Jobs: who may ask, who holds one, what silence and stopping leave."""

import os
from contextlib import nullcontext
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from duikou.acts import jobs
from duikou.acts.doing import Forbidden
from duikou.records.models import Job
from duikou.rules.rights import Person, Place, everywhere

AUDITOR = everywhere("shenji", "auditor")


def asked(n=0):
    return jobs.ask_for("verify_book", {"n": n}, person=AUDITOR, place=Place())


def fall_silent(job, seconds=31):
    Job.objects.filter(pk=job.pk).update(seen_at=Now() - timedelta(seconds=seconds))


def state(job):
    return Job.objects.get(pk=job.pk).state


# ---- asking ------------------------------------------------------------------------------------------------------


def test_who_may_not_do_an_act_may_not_ask_for_it(db):
    with pytest.raises(Forbidden, match="验账由审计、系统管理员办理"):
        jobs.ask_for("verify_book", {}, person=everywhere("caiwu", "finance_clerk"), place=Place())
    with pytest.raises(Forbidden):
        jobs.ask_for("verify_book", {}, person=Person(), place=Place())
    assert not Job.objects.exists()


def test_a_button_pressed_twice_is_one_job_until_it_is_over(db):
    first = asked()
    assert asked() == first
    jobs.claim("a")
    assert asked() == first
    jobs.cancel(first)
    assert asked() != first


def test_an_account_has_at_most_five_jobs_open(db):
    for n in range(5):
        asked(n)
    with pytest.raises(ValueError, match="已有 5 件在等候或办理"):
        asked(5)
    other = everywhere("guanli", "administrator")
    assert jobs.ask_for("verify_book", {}, person=other, place=Place()).account == "guanli"


# ---- claiming ----------------------------------------------------------------------------------------------------


def test_the_oldest_waiting_job_is_claimed_first_and_by_one_worker_only(db):
    one, two = asked(1), asked(2)
    assert (jobs.claim("a"), jobs.claim("b"), jobs.claim("c")) == (one, two, None)
    assert Job.objects.get(pk=one.pk).worker == "a"


@pytest.mark.parametrize(("silence", "taken"), [(0, False), (29, False), (31, True)])
def test_a_job_is_taken_again_when_its_worker_was_not_seen_for_thirty_seconds(db, silence, taken):
    job = asked()
    jobs.claim("a")
    fall_silent(job, silence)
    assert (jobs.claim("b") == job) is taken


def test_a_worker_that_wakes_up_late_holds_nothing(db):
    asked()
    late = jobs.claim("a")
    fall_silent(late)
    now = jobs.claim("b")
    for write in (lambda: jobs.report(late, "还在办", 1, 2), lambda: jobs.finish(late, {"said": "迟了"})):
        with pytest.raises(jobs.Lost):
            write()
    jobs.fail(late, "迟了")
    jobs.give_up(late)
    jobs.hand_back(late)
    kept = Job.objects.get(pk=now.pk)
    assert (kept.state, kept.worker, kept.tries, kept.said) == ("running", "b", 2, "")


def test_the_same_worker_in_an_earlier_try_holds_nothing_either(db):
    asked()
    early = jobs.claim("a")
    fall_silent(early)
    jobs.claim("a")
    with pytest.raises(jobs.Lost):
        jobs.finish(early, {})


def test_after_three_silences_the_job_has_failed_and_says_so(db):
    job = asked()
    for worker in "abc":
        assert jobs.claim(worker) == job
        fall_silent(job)
    assert jobs.claim("d") is None
    kept = Job.objects.get(pk=job.pk)
    assert (kept.state, kept.result["said"]) == ("failed", "办了 3 次，每次都中断：办事进程中途停了")


def test_a_job_handed_back_waits_again_and_the_try_does_not_count(db):
    job = asked()
    jobs.hand_back(jobs.claim("a"))
    assert (state(job), Job.objects.get(pk=job.pk).tries) == ("waiting", 0)
    assert jobs.claim("b") == job


# ---- cancelling --------------------------------------------------------------------------------------------------


def test_a_waiting_job_is_cancelled_at_once_and_never_begun(db):
    job = asked()
    jobs.cancel(job)
    assert (state(job), jobs.claim("a")) == ("cancelled", None)


def test_a_job_under_way_learns_at_its_next_report_or_at_its_end_that_it_was_cancelled(db):
    job = jobs.claim("a") if asked() else None
    jobs.cancel(job)
    assert state(job) == "running"
    with pytest.raises(jobs.Cancelled):
        jobs.report(job, "已核 1/2 行", 1, 2)
    with pytest.raises(jobs.Cancelled):
        jobs.finish(job, {"said": "办完"})
    jobs.give_up(job)
    assert (state(job), Job.objects.get(pk=job.pk).result) == ("cancelled", {})


def test_a_cancelled_job_whose_worker_is_dead_ends_without_another(db):
    job = jobs.claim("a") if asked() else None
    jobs.cancel(job)
    fall_silent(job)
    assert jobs.claim("b") is None
    assert state(job) == "cancelled"


def test_what_is_over_is_not_cancelled_any_more(db):
    job = jobs.claim("a") if asked() else None
    jobs.finish(job, {"said": "办完"})
    jobs.cancel(job)
    assert (state(job), Job.objects.get(pk=job.pk).stop) == ("done", False)


def test_jobs_are_forgotten_thirty_days_after_their_end(db):
    for n, days in ((1, 29), (2, 31)):
        asked(n)
        job = jobs.claim("a")
        jobs.finish(job, {})
        Job.objects.filter(pk=job.pk).update(ended_at=Now() - timedelta(days=days))
    waiting = asked(3)
    Job.objects.filter(pk=waiting.pk).update(asked_at=Now() - timedelta(days=99))
    jobs.forget()
    assert [job.options["n"] for job in Job.objects.order_by("number")] == [1, 3]


# ---- whatever happens, one holds it at most ----------------------------------------------------------------------


class Workers(RuleBasedStateMachine):
    """Two jobs, three workers, and everything that may happen to them, against a model of five fields."""

    def __init__(self):
        super().__init__()
        Job.objects.all().delete()
        self.jobs = [asked(1), asked(2)]
        self.holds = {}  # worker: its job as it was claimed
        self.model = {
            j.pk: {"state": "waiting", "by": "", "tries": 0, "stop": False, "silent": False} for j in self.jobs
        }

    def settled(self):
        for job in self.model.values():
            idle = job["state"] == "waiting" or (job["state"] == "running" and job["silent"])
            if idle and job["stop"]:
                job["state"] = "cancelled"
            elif job["state"] == "running" and job["silent"] and job["tries"] == 3:
                job["state"] = "failed"

    def mine(self, worker):
        job = self.holds[worker]
        found = self.model[job.pk]
        return found if (found["state"], found["by"], found["tries"]) == ("running", worker, job.tries) else None

    @rule(worker=st.sampled_from("abc"))
    def claims(self, worker):
        self.settled()
        free = [
            n
            for n, j in self.model.items()
            if not j["stop"] and (j["state"] == "waiting" or (j["state"] == "running" and j["silent"]))
        ]
        job = jobs.claim(worker)
        assert (job.pk if job else None) == (free[0] if free else None)
        if job:
            found = self.model[job.pk]
            found |= {"state": "running", "by": worker, "tries": found["tries"] + 1, "silent": False}
            self.holds[worker] = job

    @rule(n=st.sampled_from([0, 1]))
    def falls_silent(self, n):
        fall_silent(self.jobs[n])
        self.model[self.jobs[n].pk]["silent"] = True

    @rule(n=st.sampled_from([0, 1]))
    def is_cancelled(self, n):
        found = self.model[self.jobs[n].pk]
        found["stop"] |= found["state"] in ("waiting", "running")
        jobs.cancel(self.jobs[n])
        self.settled()

    @precondition(lambda self: self.holds)
    @rule(data=st.data(), finishes=st.booleans())
    def says_something(self, data, finishes):
        worker = data.draw(st.sampled_from(sorted(self.holds)))
        found = self.mine(worker)
        expected = jobs.Lost if found is None else jobs.Cancelled if found["stop"] else None
        with pytest.raises(expected) if expected else nullcontext():
            jobs.finish(self.holds[worker], {}) if finishes else jobs.report(self.holds[worker], "在办", 1, 2)
        if not expected:
            found |= {"state": "done"} if finishes else {"silent": False}

    @precondition(lambda self: self.holds)
    @rule(data=st.data(), how=st.sampled_from(["failed", "cancelled", "waiting"]))
    def lets_go(self, data, how):
        worker = data.draw(st.sampled_from(sorted(self.holds)))
        job, found = self.holds[worker], self.mine(worker)
        {"failed": lambda j: jobs.fail(j, "不行"), "cancelled": jobs.give_up, "waiting": jobs.hand_back}[how](job)
        if found:
            found |= {"state": how} | (
                {"by": "", "tries": found["tries"] - 1, "silent": False} if how == "waiting" else {}
            )

    @invariant()
    def the_table_is_what_the_model_says(self):
        kept = {j.pk: (j.state, j.tries, j.stop) for j in Job.objects.all()}
        assert kept == {n: (j["state"], j["tries"], j["stop"]) for n, j in self.model.items()}


def test_whatever_happens_a_job_has_one_holder_at_most_and_ends_once(db):
    class Undone(Workers):
        def __init__(self):
            self.outer = transaction.atomic()
            self.outer.__enter__()
            super().__init__()

        def teardown(self):
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

    run_state_machine_as_test(
        Undone,
        settings=settings(
            max_examples=300 if os.environ.get("DUIKOU_PROVE") else 40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
        ),
    )
