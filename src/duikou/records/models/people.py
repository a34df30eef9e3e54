"""Training, secondment, students, medical teams: heads, quotas and places kept apart."""

from django.db import models

from .record import Kind, in_order, quantity_columns, reference, words


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

    class Meta(Kind.Meta):
        db_table = "records_training"
        constraints = [*Kind.Meta.constraints, *in_order("training", ["trainees", "schools"])]


class Secondment(Kind):
    """People seconded from one side to the other."""

    direction = models.CharField(max_length=16)
    level = words(40)
    place = words(20)
    people_low, people_high, people_hedge, people_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_secondment"
        constraints = [*Kind.Meta.constraints, *in_order("secondment", ["people"])]


class MedicalSupport(Kind):
    """Hospitals supporting a hospital; givers hang from it."""

    receiver = reference("Organisation")
    document_number = words(40)
    months_low, months_high, months_hedge, months_unit = quantity_columns()

    class Meta(Kind.Meta):
        db_table = "records_medical_support"
        constraints = [*Kind.Meta.constraints, *in_order("medicalsupport", ["months"])]
