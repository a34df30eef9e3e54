"""All tables of the book."""

from .budgets import PlanLine, ProjectChange, Settlement
from .contracts import Claim, Contract, Countersignature, Invoice
from .cooperation import LabourTransfer, Sale, Village
from .donations import Gift, GiftUse, Valuation
from .enterprises import Intent, Investment, InvestmentResult, InvestmentStep
from .evidence import Document, Passage, Statement
from .findings import Finding
from .funds import Entry, Fund, Notice, Position, Posting, Receipt
from .governance import (
    Assignment,
    Commitment,
    CommitmentReply,
    Decision,
    Instruction,
    LeadingGroup,
    Measures,
    PolicyBasis,
    WorkingRule,
)
from .handing import BankLine, BankMatch, DataRequest, Submission
from .journal import JournalImage, JournalLine
from .names import Name, NameRead, Personal
from .offices import Account, Appointment, Key, Office
from .packs import Closing, Setting
from .people import Attendance, Cohort, MedicalSupport, Secondment, StudyClass, Training, TrainingBase, VocationalStudy
from .plans import Consultation, Experience, Plan, Principle
from .programmes import Agreement, Indicator, Organisation, Pairing, Programme, Visit
from .projects import Project, StatedTotal
from .publishing import Definition, Outline, Paper, PaperComment
from .reading import Reviewed, Wording
from .received import ReceivedHead
from .record import Item, Kind, Link, Numbered, Party, Record, of, quantity
from .sides import OtherSaying
from .working import Job, Request, SavedLayout, Upload
from .works import Asset, Inspection, Milestone, Need, Output, Progress, ProjectPaper

__all__ = [
    "Account",
    "Agreement",
    "Appointment",
    "Asset",
    "Assignment",
    "Attendance",
    "BankLine",
    "BankMatch",
    "Claim",
    "Closing",
    "Cohort",
    "Commitment",
    "CommitmentReply",
    "Consultation",
    "Contract",
    "Countersignature",
    "DataRequest",
    "Decision",
    "Definition",
    "Document",
    "Entry",
    "Experience",
    "Finding",
    "Fund",
    "Gift",
    "GiftUse",
    "Indicator",
    "Inspection",
    "Instruction",
    "Intent",
    "Investment",
    "InvestmentResult",
    "InvestmentStep",
    "Invoice",
    "Item",
    "Job",
    "JournalImage",
    "JournalLine",
    "Key",
    "Kind",
    "LabourTransfer",
    "LeadingGroup",
    "Link",
    "Measures",
    "MedicalSupport",
    "Milestone",
    "Name",
    "NameRead",
    "Need",
    "Notice",
    "Numbered",
    "Office",
    "Organisation",
    "OtherSaying",
    "Outline",
    "Output",
    "Pairing",
    "Paper",
    "PaperComment",
    "Party",
    "Passage",
    "Personal",
    "Plan",
    "PlanLine",
    "PolicyBasis",
    "Position",
    "Posting",
    "Principle",
    "Programme",
    "Progress",
    "Project",
    "ProjectChange",
    "ProjectPaper",
    "Receipt",
    "ReceivedHead",
    "Record",
    "Request",
    "Reviewed",
    "Sale",
    "SavedLayout",
    "Secondment",
    "Setting",
    "Settlement",
    "StatedTotal",
    "Statement",
    "StudyClass",
    "Submission",
    "Training",
    "TrainingBase",
    "Upload",
    "Valuation",
    "Village",
    "Visit",
    "VocationalStudy",
    "Wording",
    "WorkingRule",
    "of",
    "quantity",
]
