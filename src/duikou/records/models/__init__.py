"""All tables of the book."""

from .donations import Gift
from .enterprises import Intent, Investment
from .evidence import Document, Passage, Statement
from .findings import Finding
from .funds import Entry, Position, Posting
from .governance import Commitment, Instruction, LeadingGroup, Measures, PolicyBasis, WorkingRule
from .journal import JournalImage, JournalLine
from .names import Name, NameRead, Personal
from .offices import Account, Appointment, Key, Office
from .people import MedicalSupport, Secondment, StudyClass, Training, TrainingBase, VocationalStudy
from .plans import Consultation, Experience, Plan, Principle
from .programmes import Agreement, Organisation, Pairing, Programme, Visit
from .projects import Project, StatedTotal
from .record import Item, Kind, Link, Numbered, Party, Record, quantity
from .working import Job

__all__ = [
    "Account",
    "Agreement",
    "Appointment",
    "Commitment",
    "Consultation",
    "Document",
    "Entry",
    "Experience",
    "Finding",
    "Gift",
    "Instruction",
    "Intent",
    "Investment",
    "Item",
    "Job",
    "JournalImage",
    "JournalLine",
    "Key",
    "Kind",
    "LeadingGroup",
    "Link",
    "Measures",
    "MedicalSupport",
    "Name",
    "NameRead",
    "Numbered",
    "Office",
    "Organisation",
    "Pairing",
    "Party",
    "Passage",
    "Personal",
    "Plan",
    "PolicyBasis",
    "Position",
    "Posting",
    "Principle",
    "Programme",
    "Project",
    "Record",
    "Secondment",
    "StatedTotal",
    "Statement",
    "StudyClass",
    "Training",
    "TrainingBase",
    "Visit",
    "VocationalStudy",
    "WorkingRule",
    "quantity",
]
