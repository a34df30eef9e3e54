"""What the fields of each kind hold: words of which list of the terms, numbers in which unit, money in fen, shares per mille."""

WORDS = {  # (kind, field): the list of the terms that its codes come from
    ("programme", "scheme"): "scheme", ("organisation", "type"): "organisation", ("pairing", "level"): "level",
    ("agreement", "type"): "agreement", ("visit", "type"): "visit", ("visit", "rank"): "rank", ("plan", "type"): "plan",
    ("plan", "status"): "plan_status", ("principle", "type"): "principle", ("project", "sector"): "sector",
    ("project", "status"): "status", ("stated_total", "of"): "total", ("stated_total", "status"): "status",
    ("training", "basis"): "basis", ("training", "type"): "training", ("secondment", "direction"): "direction",
    ("secondment", "type"): "talent", ("gift", "form"): "gift", ("gift", "sector"): "sector",
    ("investment", "status"): "status", ("investment", "output_basis"): "basis", ("investment", "profit_basis"): "basis",
    ("investment_step", "step"): "step", ("document", "medium"): "medium", ("document", "grade"): "grade",
    ("stated_disbursement", "status"): "status", ("secured", "source"): "source", ("project", "delivery"): "delivery",
    ("project", "aid_form"): "aid_form", ("project", "timing"): "timing", ("project", "level"): "project_level",
    ("need", "sector"): "sector", ("project_paper", "type"): "requisite", ("milestone", "stage"): "life",
    ("output", "type"): "output", ("inspection", "type"): "inspection", ("inspection", "conclusion"): "conclusion",
    ("inspection", "use"): "asset_use", ("asset", "type"): "asset", ("plan_line", "scope"): "scope",
    ("entry", "state"): "state", ("entry", "standing"): "standing", ("finding", "state"): "finding_state",
    ("other_saying", "of"): "record", ("other_saying", "verdict"): "verdict", ("fund", "source"): "source",
    ("fund", "scope"): "scope", ("notice", "type"): "notice", ("notice", "side"): "side", ("contract", "type"): "contract",
    ("contract", "method"): "method", ("claim", "type"): "claim", ("claim", "stage"): "stage", ("claim", "use"): "use",
    ("claim", "state"): "claim_state", ("project_change", "type"): "change", ("settlement", "size"): "size",
    ("project", "stage"): "life", ("setting", "weight"): "weight", ("office", "side"): "side", ("appointment", "role"): "role",
    ("key", "role"): "role", ("decision", "type"): "decision", ("commitment_reply", "kept"): "reply",
    ("indicator", "direction"): "towards", ("labour_transfer", "destination"): "destination",
    ("labour_transfer", "placing"): "placing", ("sale", "channel"): "channel", ("sale", "type"): "sale",
    ("bank_line", "flow"): "flow",
    ("data_request", "answer"): "data_answer", ("reviewed", "verdict"): "review", ("reviewed", "reads"): "reads",
}  # fmt: skip
UNITS = {  # the unit that a quantity is kept in, by its field
    "amount": "fen", "total": "fen", "output": "fen", "profit": "fen", "capacity": "tonne", "jobs": "person",
    "trainees": "person", "people": "person", "intake": "person", "students": "person", "schools": "school",
    "meetings": "meeting", "groups": "group", "years": "year", "times": "time", "months": "month", "number": "item",
    "households": "household", "sessions": "session", "person_times": "person_time", "lasted": "day", "cost": "fen",
    "agreed": "fen", "person_months": "person_month", "enrolled": "person", "workers": "person", "poor": "person",
    "income_before": "fen", "income_after": "fen",
}  # fmt: skip
SAID = {("output", "target"), ("output", "actual"), ("indicator", "target")}
"""Quantities whose words say their unit."""
FEN = {  # whole fen, without a hedge
    "entry": ("amount",), "finding": ("amount",), "receipt": ("amount",), "contract": ("price", "estimate"),
    "claim": ("amount", "done", "approved", "retained"), "settlement": ("amount",),
    "plan_line": ("aid", "total", "feasibility", "estimate"), "project_change": ("amount",), "asset": ("cost",),
    "progress": ("aid_done", "other_done", "in_place"),
    "bank_line": ("amount",),
}  # fmt: skip
PER_MILLE = {"contract": ("retention",), "claim": ("progress",)}
AREAS = ("region", "supporting", "receiving")
