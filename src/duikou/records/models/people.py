"""Training, secondment, students, medical teams: heads, quotas and places kept apart."""

from django.db import models

from .record import Kind, in_order, later, later_quantity, quantity_columns, reference, words


class StudyClass(Kind):
    """A class kept for the receiving side at a school of the supporting side; the intake is a quota per year."""

    name = models.CharField(max_length=40)
    school = reference("Organisation")
    intake_low, intake_high, intake_hedge, intake_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_study_class"
        constraints = [*Kind.Meta.constraints, *in_order("studyclass", ["intake"])]


class VocationalStudy(Kind):
    """Students sent to a vocational school; how many may be unsaid."""

    school = reference("Organisation")
    subject = models.CharField(max_length=40)
    origin = words(40)
    students_low, students_high, students_hedge, students_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_vocational_study"
        constraints = [*Kind.Meta.constraints, *in_order("vocationalstudy", ["students"])]


class TrainingBase(Kind):
    """Schools named as bases of teacher training; they hang from it, and more may exist than are named."""

    trains = models.CharField(max_length=40)
    open_list = models.BooleanField(default=False)

    class Meta(Kind.Meta):
        db_table = "records_training_base"


class Training(Kind):
    """A course: subject, basis (held or being arranged), trainees, and how many schools take part."""

    subject = models.CharField(max_length=40)
    basis = models.CharField(max_length=12)
    place = words(20)
    trains = words(60)
    origin = words(40)
    trainees_low, trainees_high, trainees_hedge, trainees_unit = quantity_columns()
    schools_low, schools_high, schools_hedge, schools_unit = quantity_columns()
    open_list = models.BooleanField(default=False)
    type = later(12)
    region = later(6)
    organiser = reference("Organisation")
    fund = reference("Fund")
    sessions_low, sessions_high, sessions_hedge, sessions_unit = later_quantity()
    person_times_low, person_times_high, person_times_hedge, person_times_unit = later_quantity()
    lasted_low, lasted_high, lasted_hedge, lasted_unit = later_quantity()
    cost_low, cost_high, cost_hedge, cost_unit = later_quantity()

    class Meta(Kind.Meta):
        db_table = "records_training"
        constraints = [*Kind.Meta.constraints, *in_order("training", ["trainees", "schools"])]


class Secondment(Kind):
    """People seconded from one side to the other."""

    direction = models.CharField(max_length=16)
    level = words(40)
    place = words(20)
    people_low, people_high, people_hedge, people_unit = quantity_columns()
    type = later(12)
    region = later(6)
    batch = later(20)
    giver = reference("Organisation")
    receiver = reference("Organisation")
    due = models.DateField(null=True)
    ended = models.DateField(null=True)
    person_months_low, person_months_high, person_months_hedge, person_months_unit = later_quantity()

    class Meta(Kind.Meta):
        db_table = "records_secondment"
        constraints = [*Kind.Meta.constraints, *in_order("secondment", ["people"])]


class MedicalSupport(Kind):
    """Hospitals supporting a hospital; givers hang from it."""

    receiver = reference("Organisation")
    document_number = words(40)
    months_low, months_high, months_hedge, months_unit = quantity_columns()
    batch = later(20)
    ended = models.DateField(null=True)
    people_low, people_high, people_hedge, people_unit = later_quantity()

    class Meta(Kind.Meta):
        db_table = "records_medical_support"
        constraints = [*Kind.Meta.constraints, *in_order("medicalsupport", ["months"])]


class Cohort(Kind):
    """The students of a class who came in one year: enrolled, not the quota."""

    study_class = models.ForeignKey("StudyClass", models.PROTECT, related_name="cohorts")
    year = models.PositiveIntegerField()
    origin = words(40)
    enrolled_low, enrolled_high, enrolled_hedge, enrolled_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_cohort"
        constraints = [
            *Kind.Meta.constraints,
            *in_order("cohort", ["enrolled"]),
            models.UniqueConstraint(fields=["study_class", "year"], name="cohort_once"),
        ]


class Attendance(Kind):
    """A person in a course, a secondment or a team, from `first` to `last`; the name lies in the store of names.

    `bearer` is a keyed digest of the identity number: the same person in two courses is one head and two person-times.
    """

    of = models.ForeignKey("Record", models.PROTECT, related_name="attendances")
    bearer = models.CharField(max_length=64)
    person = models.ForeignKey("Personal", models.PROTECT, related_name="+")
    identity = models.ForeignKey("Personal", models.PROTECT, null=True, related_name="+")
    unit = words(40)
    post = words(40)

    class Meta(Kind.Meta):
        db_table = "records_attendance"
        constraints = [
            *Kind.Meta.constraints,
            models.UniqueConstraint(fields=["of", "bearer"], name="attendance_once"),
        ]
