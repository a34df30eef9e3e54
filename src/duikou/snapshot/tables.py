"""What is frozen: the tables of a snapshot, one row per record, no names of persons."""

from collections.abc import Iterable, Sequence
from datetime import date

import pyarrow as pa
from django.db.models import Model

from duikou.records import models as m
from duikou.rules.projects import standing_of
from duikou.rules.stages import Life, locked

from .table import BOOLEAN, COMMON, DAY, INTEGER, QUANTITY, TEXT, Columns, Make, Row, Table, quantity, row_by_row, texts


def _amount(_: type[Model], of: Columns) -> Columns:
    """An entry's amount is exact: both bounds are the same fen, below nothing where its money goes back."""
    fen = [-fen if back else fen for fen, back in zip(of["fen"], of["back"], strict=True)]
    regions = zip(of["project_region"], of["receiver_region"], strict=True)
    return _fen("amount", fen) | {"region": [project or receiver or "" for project, receiver in regions]}


def _fen(name: str, amounts: Sequence[int | None]) -> Columns:
    """The four columns of exact amounts; of one that nobody said, empty ones."""
    hedge = [None if fen is None else "exact" for fen in amounts]
    unit = [None if fen is None else "fen" for fen in amounts]
    return {f"{name}_low": amounts, f"{name}_high": amounts, f"{name}_hedge": hedge, f"{name}_unit": unit}


def _exact(**paths: str) -> tuple[dict[str, pa.DataType], Make]:
    """Amounts kept as fen, as quantities that may be added: the columns they make, and how, from the columns they are in."""
    made = {f"{name}_{part}": kind for name in paths for part, kind in QUANTITY.items()}
    return made, lambda _, of: {key: v for name, at in paths.items() for key, v in _fen(name, of[at]).items()}


@row_by_row
def _project(model: type[Model], row: Row) -> Row:
    """A project counts one; a stated total counts what it says; how each counts is the rules' verdict."""
    stated = model is m.StatedTotal
    counted = "outside" if row["paired"] is False else ""  # a project of other money stands in the same table (T1)
    standing = {"standing": counted or standing_of(stated=stated, listed=bool(row["total"]), status=row["status"])}
    if stated:
        return standing | {"label": "来源所说的总数"}
    return standing | {"number_low": 1, "number_high": 1, "number_hedge": "exact", "number_unit": "item"}


@row_by_row
def _output(_: type[Model], row: Row) -> Row:
    """An output counts once its project does, or once the project is in the plan: a proposal promises nothing yet."""
    if row["paired"] is False:
        return {"standing": "outside"}
    approved = row["status"] == "preparing" and locked(Life(date.min, row["stage"] or "", row["fixed"]))
    return {"standing": "own" if approved else standing_of(stated=False, listed=False, status=row["status"])}


@row_by_row
def _attendance(_: type[Model], row: Row) -> Row:
    """Who takes part does so where the course, the term or the team is, and is told by it."""
    region = row["held_in"] or row["sent_to"] or row["serves"] or ""
    label = row["subject"] or row["batch"] or row["hospital"] or ""
    return {"region": region, "label": label, "giver_name": row["unit"]}


OF_PROJECT: dict[str, tuple[str, pa.DataType]] = {
    "project": ("project_id", INTEGER), "region": ("project__region", TEXT), "project_name": ("project__name", TEXT),
}  # fmt: skip
YIELDS: dict[str, tuple[str, pa.DataType]] = (
    OF_PROJECT | texts("type", label="name", sector="project__sector", status="project__status", stage="project__stage")
    | {"fixed": ("project__fixed", BOOLEAN), "paired": ("project__paired", BOOLEAN), "paper": ("evidence_id", INTEGER)}
    | quantity("target") | quantity("actual")
)  # fmt: skip


OF_INVESTMENT: dict[str, tuple[str, pa.DataType]] = (
    texts(label="investment__name", region="investment__region", giver="investment__investor__code", giver_name="investment__investor__name")
    | {"investment": ("investment_id", INTEGER)}
)  # fmt: skip


TABLES: tuple[Table, ...] = (
    Table("programmes", (m.Programme,), COMMON | texts("code", "title", "scheme", "supporting", "receiving", office="office__name")),
    Table("organisations", (m.Organisation,), COMMON | texts("code", "name", "short", "type", "region", parent="parent__code", credit="credit_code")),
    Table(
        "pairings", (m.Pairing,),
        COMMON | texts("level", "mandate", "remark", giver="giver__code", giver_name="giver__name", receiver="receiver__code",
                       receiver_name="receiver__name", region="receiver__region")
        | {"begun_by": ("begun_by", DAY), "ended": ("ended", DAY)},
    ),
    Table("agreements", (m.Agreement,), COMMON | texts("type", "theme", label="title")),
    Table(
        "visits", (m.Visit,),
        COMMON | texts("type", "rank", "place", "event", "outcome", label="name") | quantity("meetings") | quantity("groups") | quantity("people"),
    ),
    Table("plans", (m.Plan,), COMMON | texts("type", "status", label="title")),
    Table("experiences", (m.Experience,), COMMON | texts(label="subject") | quantity("years")),
    Table(
        "projects", (m.Project, m.StatedTotal),
        COMMON | texts("sector", "status", "region", "brought_in", label="name") | quantity("number", "amount")
        | {"total": ("part_of_id", INTEGER)}
        | texts("code", "stage", "delivery", "aid_form", "timing", "level", "place", "remark", owner_name="owner__name")
        | {"fixed": ("fixed", BOOLEAN), "paired": ("paired", BOOLEAN), "year": ("year", INTEGER)},
        {"standing": TEXT}, _project, {"of": "projects"},
    ),
    Table(
        "entries", (m.Entry,),
        COMMON | texts(
            "state", "standing", "voucher", label="purpose", receiver="receiver__code", receiver_name="receiver__name",
            project="project__name", source="fund__source", scope="fund__scope", fund="fund__title",
            notice="notice__number", contract="contract__number", function_code="notice__function_code",
            project_code="project__code", project_region="project__region", receiver_region="receiver__region",
            receiver_credit="receiver__credit_code",
        ) | {
            "project_number": ("project_id", INTEGER), "receiver_number": ("receiver_id", INTEGER), "notice_number": ("notice_id", INTEGER),
            "contract_number": ("contract_id", INTEGER), "claim_number": ("claim__number", INTEGER),
            "claim_progress": ("claim__progress", INTEGER), "claimed": ("claim__amount", INTEGER),
            "approved": ("claim__approved", INTEGER), "retained": ("claim__retained", INTEGER),
            "fen": ("amount", INTEGER), "total": ("total_id", INTEGER), "of": ("of_id", INTEGER), "year": ("fund__year", INTEGER),
            "corrects": ("corrects_id", INTEGER), "claim": ("claim_id", INTEGER), "back": ("back", BOOLEAN), "late": ("late", BOOLEAN),
        },
        {f"amount_{part}": kind for part, kind in QUANTITY.items()} | {"region": TEXT}, _amount,
    ),
    Table("classes", (m.StudyClass,), COMMON | texts(label="name", giver="school__code", giver_name="school__name") | quantity("intake")),
    Table(
        "trainings", (m.Training,),
        COMMON | texts("basis", "type", "region", "place", "trains", "origin", label="subject", giver="organiser__code", giver_name="organiser__name",
                       fund="fund__title")
        | quantity("trainees") | quantity("schools") | quantity("sessions") | quantity("person_times") | quantity("lasted")
        | quantity("cost"),
    ),
    Table(
        "secondments", (m.Secondment,),
        COMMON | texts("direction", "type", "region", "batch", "place", label="level", giver="giver__code", giver_name="giver__name",
                       receiver="receiver__code", receiver_name="receiver__name")
        | quantity("people") | quantity("person_months") | {"due": ("due", DAY), "ended": ("ended", DAY)},
    ),
    Table(
        "cohorts", (m.Cohort,),
        COMMON | texts("origin", label="study_class__name", giver="study_class__school__code", giver_name="study_class__school__name")
        | quantity("enrolled") | {"year": ("year", INTEGER), "study_class": ("study_class_id", INTEGER)},
    ),
    Table(
        "gifts", (m.Gift,),
        COMMON | texts("form", "sector", "goods", "receipt_number", label="purpose", giver="giver__code", giver_name="giver__name",
                       receiver="receiver__code", receiver_name="receiver__name", region="receiver__region", giver_credit="giver__credit_code")
        | quantity("amount") | quantity("number") | {"directed": ("directed", BOOLEAN), "made_public": ("made_public", DAY)},
    ),
    Table(
        "valuations", (m.Valuation,),
        COMMON | texts("basis", label="gift__purpose", goods="gift__goods", giver="gift__giver__code", giver_name="gift__giver__name")
        | quantity("amount") | {"gift": ("gift_id", INTEGER)},
    ),
    Table(
        "gift_uses", (m.GiftUse,),
        COMMON | texts(label="use", giver="gift__giver__code", giver_name="gift__giver__name", project_name="project__name")
        | quantity("amount") | quantity("number") | {"gift": ("gift_id", INTEGER), "project": ("project_id", INTEGER)},
    ),
    Table(
        "investments", (m.Investment,),
        COMMON | texts("status", "product", "region", "output_basis", "profit_basis", "benefit", label="name", giver="investor__code",
                       giver_name="investor__name", giver_credit="investor__credit_code", company="company__name")
        | quantity("total") | quantity("capacity") | quantity("jobs") | quantity("output") | quantity("profit")
        | quantity("agreed"),
    ),
    Table(
        "investment_steps", (m.InvestmentStep,),
        COMMON | OF_INVESTMENT | texts("step") | quantity("amount"),
    ),
    Table(
        "investment_results", (m.InvestmentResult,),
        COMMON | OF_INVESTMENT | quantity("jobs") | quantity("poor") | quantity("output") | quantity("profit") | {"year": ("year", INTEGER)},
    ),
    Table(
        "labour_transfers", (m.LabourTransfer,),
        COMMON | texts("region", "destination", "placing") | quantity("workers") | quantity("poor") | quantity("months"),
    ),
    Table(
        "sales", (m.Sale,),
        COMMON | texts("region", "type", "channel", label="product", giver="buyer__code", giver_name="buyer__name") | quantity("amount"),
    ),
    Table(
        "villages", (m.Village,),
        COMMON | texts("region", "content", label="name") | quantity("amount") | quantity("income_before") | quantity("income_after"),
    ),
    Table("intents", (m.Intent,), COMMON | texts(label="event") | quantity("amount")),
    Table(
        "other_sayings", (m.OtherSaying,),
        COMMON | texts("of", "verdict", "detail", label="title") | quantity("value")
        | {"about": ("about_id", INTEGER), "about_kind": ("about__kind", TEXT)},
    ),
    Table("commitments", (m.Commitment,), COMMON | texts(label="text")),
    Table(
        "commitment_replies", (m.CommitmentReply,),
        COMMON | texts("kept", label="text") | {"commitment": ("commitment_id", INTEGER)},
    ),
    Table("decisions", (m.Decision,), COMMON | texts("type", decision_number="number", label="matter") | {"decided_by": ("decided_by_id", INTEGER)}),
    Table(
        "assignments", (m.Assignment,),
        COMMON | texts("answer", label="content", office="office__name")
        | {"due": ("due", DAY), "answered": ("answered", DAY), "arises_from": ("arises_from_id", INTEGER)},
    ),
    Table(
        "indicators", (m.Indicator,),
        COMMON | texts("sheet", "direction", label="name") | quantity("target") | {"agreement": ("agreement_id", INTEGER)},
    ),
    Table(  # who takes part: no names, the digest tells one person from another
        "attendances", (m.Attendance,),
        COMMON | texts("bearer", "unit", "post", of_kind="of__kind", basis="of__as_training__basis",
                       course="of__as_training__type", subject="of__as_training__subject", held_in="of__as_training__region",
                       direction="of__as_secondment__direction", talent="of__as_secondment__type",
                       batch="of__as_secondment__batch", sent_to="of__as_secondment__region", received_by="of__as_secondment__receiver__name",
                       hospital="of__as_medicalsupport__receiver__name", serves="of__as_medicalsupport__receiver__region")
        | {"of": ("of_id", INTEGER), "identity": ("identity_id", INTEGER),
           "due": ("of__as_secondment__due", DAY), "ended": ("of__as_secondment__ended", DAY)},
        {"region": TEXT, "label": TEXT, "giver_name": TEXT}, _attendance,
    ),
    Table(
        "documents", (m.Document,),
        COMMON | texts("title", "medium", "grade", "speaker", "digest", "copied_by")
        | {"paragraphs": ("paragraphs", INTEGER), "foreign_from": ("foreign_from", INTEGER)},
    ),
    Table(
        "statements", (m.Statement,),
        {"record": ("record_id", INTEGER), "programme": ("record__programme__code", TEXT), "document": ("passage__document_id", INTEGER),
         "paragraph": ("passage__paragraph", INTEGER), "adopted": ("adopted", BOOLEAN)}
        | texts("aspect", "side", "said", section="passage__section", fragment="passage__fragment",
                title="passage__document__title", grade="passage__document__grade", digest="passage__document__digest")
        | quantity("value"),
        key="number",
    ),
    Table(  # so that the sheets of a paper can be had from its snapshot alone
        "readings", (m.Definition,),
        COMMON | texts("code", "follows", "name", "text", "digest", "author", "checked_by") | {"valid_from": ("valid_from", DAY)},
        only={"state": "adopted"},
    ),
    Table("policy_bases", (m.PolicyBasis,), COMMON | texts(label="title")),
    Table("leading_groups", (m.LeadingGroup,), COMMON | texts("duty", label="name")),
    Table("working_rules", (m.WorkingRule,), COMMON | texts(label="text")),
    Table("measures", (m.Measures,), COMMON | texts("purpose", label="title")),
    Table("instructions", (m.Instruction,), COMMON | texts(label="content")),
    Table("principles", (m.Principle,), COMMON | texts("type")),
    Table("consultations", (m.Consultation,), COMMON | texts(label="subject")),
    Table("vocational_studies", (m.VocationalStudy,), COMMON | texts("origin", label="subject", giver="school__code", giver_name="school__name")),
    Table("training_bases", (m.TrainingBase,), COMMON | texts(label="trains")),
    Table(
        "medical_supports", (m.MedicalSupport,),
        COMMON | texts("batch", label="document_number", receiver="receiver__code", receiver_name="receiver__name")
        | quantity("months") | quantity("people"),
    ),
    Table(
        "items", (m.Item,),
        {"record": ("record_id", INTEGER), "position": ("position", INTEGER)}
        | texts("list", "text", "detail", programme="record__programme__code", record_kind="record__kind"),
        key="number", but={"list": "struck"},
    ),
    Table(
        "parties", (m.Party,),
        {"record": ("record_id", INTEGER), "position": ("position", INTEGER)}
        | texts("role", code="organisation__code", name="organisation__name", short="organisation__short",
                programme="record__programme__code", record_kind="record__kind"),
        key="number", but={"role": "struck"},
    ),
    Table("findings", (m.Finding,), COMMON | texts("rule", "title", "found", "remedy", "state", "answer", owner="owner__name")
        | {"amount": ("amount", INTEGER), "raised": ("raised", DAY), "due": ("due", DAY), "settled": ("settled", DAY),
           "paper": ("evidence_id", INTEGER)}, *_exact(sum="amount")),
    Table(
        "links", (m.Link,),
        {"record": ("record_id", INTEGER), "to": ("to_id", INTEGER), "role": ("role", TEXT), "programme": ("record__programme__code", TEXT)},
        key="number", but={"role": "struck"},
    ),
    Table("outputs", (m.Output,), COMMON | YIELDS, {"standing": TEXT}, _output),
    Table(  # the same outputs in the days of their projects: a target has no day of its own
        "targets", (m.Output,), COMMON | YIELDS | {"first": ("project__first", DAY), "last": ("project__last", DAY)},
        {"standing": TEXT}, _output,
    ),
    Table("milestones", (m.Milestone,), COMMON | OF_PROJECT | texts("stage", "remark") | {"due": ("due", DAY)}),
    Table(
        "progress", (m.Progress,),
        COMMON | OF_PROJECT | texts("said", "remark")
        | {name: (name, INTEGER) for name in ("percent", "aid_done", "other_done", "in_place")},
    ),
    Table(
        "needs", (m.Need,),
        COMMON | texts("sector", "region", label="title") | quantity("households") | quantity("people")
        | {"survey": ("survey_id", INTEGER)},
    ),
    Table(
        "inspections", (m.Inspection,),
        COMMON | OF_PROJECT | texts("type", "conclusion", "use") | {"score": ("score", INTEGER), "paper": ("report_id", INTEGER)},
    ),
    Table(
        "assets", (m.Asset,),
        COMMON | OF_PROJECT | texts("type", "operator", "certificate", "upkeep", label="name", owner_name="owner__name")
        | {"cost": ("cost", INTEGER)}, *_exact(worth="cost"),
    ),
    Table(
        "plan_lines", (m.PlanLine,),
        COMMON | OF_PROJECT | texts("scope", "approval")
        | {name: (name, INTEGER) for name in ("aid", "total", "feasibility", "estimate")}
        | {"plan": ("plan_id", INTEGER), "replaces": ("replaces_id", INTEGER)},
    ),
    Table(
        "project_changes", (m.ProjectChange,),
        COMMON | OF_PROJECT | texts("type", "reason", "approval", "content")
        | {"approved": ("approved", BOOLEAN), "weighty": ("weighty", BOOLEAN), "decided": ("decided", DAY), "carried": ("carried", DAY),
           "days": ("days", INTEGER), "fen": ("amount", INTEGER)}, *_exact(amount="fen"),
    ),
    Table(
        "settlements", (m.Settlement,),
        COMMON | OF_PROJECT | texts("size")
        | {"usable": ("usable", DAY), "extended": ("extended", DAY), "settled": ("settled", DAY), "fen": ("amount", INTEGER)},
        *_exact(amount="fen"),
    ),
    Table(
        "project_papers", (m.ProjectPaper,),
        COMMON | OF_PROJECT | texts("type", "issuer", paper_number="number")
        | {"waived": ("waived", BOOLEAN), "document": ("document_id", INTEGER)},
    ),
    Table("funds", (m.Fund,), COMMON | texts("source", "scope", label="title", giver_name="giver__name") | {"year": ("year", INTEGER)}),
    Table("notices", (m.Notice,), COMMON | texts("type", "side", "title", "basis", label="number", giver_name="issuer__name")),
    Table(
        "receipts", (m.Receipt,),
        COMMON | OF_PROJECT | texts(label="reference", receiver_name="receiver__name") | {"fen": ("amount", INTEGER)},
    ),
    Table(
        "contracts", (m.Contract,),
        COMMON | OF_PROJECT | texts("type", "title", "method", "tender", label="number", receiver_name="payee__name",
                                   receiver_credit="payee__credit_code")
        | {"fen": ("price", INTEGER), "budget": ("estimate", INTEGER), "retention": ("retention", INTEGER), "amends": ("amends_id", INTEGER),
           "receiver_number": ("payee_id", INTEGER)}, *_exact(price="fen", estimate="budget"),
    ),
    Table(
        "claims", (m.Claim,),
        COMMON | texts("type", "stage", "state", label="purpose", contract="contract__number", project_name="contract__project__name",
                       receiver_name="contract__payee__name")
        | {"fen": ("amount", INTEGER)},
    ),
    Table(  # as what a claim was countersigned, and when; not by whom
        "countersignatures", (m.Countersignature,),
        {"programme": ("claim__record__programme__code", TEXT), "claim": ("claim_id", INTEGER), "day": ("day", DAY)} | texts("signer"),
        key="number",
    ),
)  # fmt: skip


def names(tables: Iterable[Table] = TABLES) -> dict[str, Table]:
    """The tables by name."""
    return {table.name: table for table in tables}
