"""A county's money for tests: the example's programme with a fund of 2012, planned projects, a builder and its contract."""

from dataclasses import dataclass
from datetime import date

from duikou.acts.accepting import accept
from duikou.acts.budgets import plan_project
from duikou.acts.contracts import file_claim, sign_contract
from duikou.acts.funds import open_fund, record_disbursements, record_secured
from duikou.acts.notices import issue_notice
from duikou.acts.payments import approve_claim, confirm_payment, countersign, order_payment
from duikou.acts.programmes import register_payee
from duikou.acts.receipts import record_receipt
from duikou.records.models import Claim, Entry, Organisation, Plan, Position, Programme, Project
from duikou.rules import claims, contracts, notices, plans, projects, receipts
from duikou.rules.budgets import PlanLine
from duikou.rules.evidence import Document
from duikou.rules.fact import Source, Told
from duikou.rules.funds import Disbursement, Secured
from duikou.rules.ledger import signed
from duikou.rules.period import on, parse
from duikou.rules.programmes import Organisation as OrganisationFact
from duikou.rules.quantity import yuan
from duikou.rules.rights import Person, Post, everywhere

ROLES = ("programme_officer", "finance_clerk", "leader", "county_clerk", "front_line_officer", "auditor")
DESK = everywhere("caiwu", *ROLES[:2])
CHIEF = everywhere("lingdao", "leader")
CLERK = Person("tongren", (Post("county_clerk", area="632321"), Post("finance_clerk")))
COUNTY_LEADER = Person("xianling", (Post("county_leader", area="632321"),))
CADRE = Person("qianfang", (Post("front_line_officer"),))
SIX = ("文化广场", "卫生院", "引水工程", "寄宿学校", "乡村道路", "技能培训")
DAY = date(2012, 3, 5)
WAN = 10_000_00  # fen


@dataclass
class County:
    """The programme, its county and prefecture, the projects by name, the fund, the builder and its contract."""

    programme: Programme
    hn: int
    projects: dict[str, int]
    fund: int
    builder: int
    contract: int

    def balance(self, kind, owner=None):
        """What lies at a position of the fund, in fen."""
        found = Position.objects.filter(programme=self.programme, kind=kind, owner=owner, fund=self.fund).first()
        last = found.postings.order_by("sequence").last() if found else None
        return last.balance if last else 0

    def sum(self, *states, **more):
        """What the entries of some states come to, in fen, those that go back taken off."""
        rows = Entry.objects.filter(record__programme=self.programme, state__in=states, fund=self.fund, **more)
        return signed(rows.values_list("amount", "back"))

    def disburse(self, wan, voucher, **to):
        """One payment of the fund to the prefecture, or as told; the entry's number."""
        to = to or {"receiver": self.hn}
        fact = Disbursement(amount=yuan(wan * 10_000), paid_on=DAY, voucher=voucher, fund=self.fund, **to)
        return record_disbursements([fact], programme=self.programme, person=DESK)[0]

    def receive(self, wan, reference, *matches):
        """A receipt of the prefecture, matched with payments as (entry, fen)."""
        fact = receipts.Receipt(when=on(DAY), amount=wan * WAN, receiver=self.hn, reference=reference)
        return record_receipt(fact, matches, programme=self.programme, person=DESK)

    def divide(self, number, **wan):
        """The county's notice that gives its projects money it has received, by project in 万元."""
        lines = tuple(self.line(name, amount) for name, amount in wan.items())
        fact = notices.Notice(number=number, type="issue", side="receiving", when=on(DAY), lines=lines)
        return issue_notice(fact, programme=self.programme, person=DESK)

    def line(self, name, wan):
        """A line of a notice of the county; what is below nothing goes back."""
        return notices.Line(
            amount=abs(wan) * WAN, back=wan < 0, project=self.projects[name], receiver=self.hn, fund=self.fund
        )

    def claim(self, wan, *bills, **more):
        """A claim under the contract with one invoice of the same sum, unless told otherwise."""
        invoices = tuple(claims.Invoice(number, self.builder, wan * WAN) for number in bills)
        told = {"type": "progress", "stage": "started", "use": "project", "payee": self.builder, "progress": 300} | more
        papers = told.pop("papers", ("itemised_bill", "department_seal", "supervisor_opinion"))
        fact = claims.Claim(
            when=on(DAY),
            contract=self.contract,
            number=0,
            amount=wan * WAN,
            invoices=invoices,
            items=tuple(("paper", paper, "") for paper in papers),
            **told,
        )
        return Claim.objects.get(pk=file_claim(fact, programme=self.programme, person=CLERK))

    def sign(self, claim):
        """Both countersignatures of a claim."""
        countersign(claim, "county_leader", programme=self.programme, person=COUNTY_LEADER)
        countersign(claim, "front_line", programme=self.programme, person=CADRE)

    def order(self, claim, wan, held=0):
        """Countersigned, approved and ordered."""
        self.sign(claim)
        approve_claim(claim, wan * WAN, held * WAN, programme=self.programme, person=DESK)
        return order_payment(claim, self.fund, programme=self.programme, person=DESK, day=DAY)

    def pay(self, claim, wan, voucher, held=0):
        """Ordered and paid by the bank."""
        self.order(claim, wan, held)
        return confirm_payment(claim, voucher, programme=self.programme, person=DESK, day=DAY)


def county(programme):
    """The county's book on top of the loaded example: 1000 万元 secured, six projects planned with 100 万元 each."""
    hn = Organisation.objects.get(code="hn").pk
    at = {"": Source("notice-2012", "supporting", 1, "", "2012年度")}
    told = [
        Told(
            Document(title="2012年度项目计划", medium="notice", grade="issued", when=parse("2012")),
            {},
            key="notice-2012",
        ),
        Told(plans.Plan(title="2012年度计划", type="annual", status="final", when=parse("2012")), at, key="plan-2012"),
        *(
            Told(projects.Project(name=name, sector="other", status="started", region="632321", when=parse("2012")), at)
            for name in SIX
        ),
    ]
    accept(programme, told, {}, person=DESK, reason="2012年度", evidence="测试")
    by_name = {p.name: p.pk for p in Project.objects.filter(name__in=SIX)}
    plan = Plan.objects.get(title="2012年度计划").pk
    for project in by_name.values():
        line = PlanLine(
            project=project, scope="in_plan", aid=100 * WAN, plan=plan, total=120 * WAN, estimate=120 * WAN,
            feasibility=120 * WAN, approval="发改〔2012〕1号", when=parse("2012"),
            items=(("share", "livelihood", ""), ("share", "county", "")),
        )  # fmt: skip
        plan_project(line, programme=programme, person=DESK)
    fund = open_fund(
        notices.Fund(title="2012年市级资金", source="city", scope="in_plan", year=2012),
        programme=programme,
        person=DESK,
    )
    secured = Secured(amount=yuan(10_000_000), source="city", fund=fund, voucher="津财〔2012〕3号", when=on(DAY))
    record_secured(secured, programme=programme, person=DESK, reason="预算下达")
    builder = register_payee(
        OrganisationFact(code="", name="某建筑有限公司", type="enterprise", credit_code="916300007104000004"),
        programme=programme, person=DESK,
    )  # fmt: skip
    contract = sign_contract(
        contracts.Contract(
            number="HT-2012-1", title="文化广场施工", project=by_name["文化广场"], payee=builder, type="works",
            method="tender", tender="招〔2012〕1号", price=100 * WAN, retention=50, when=on(DAY),
        ),
        programme=programme, person=CLERK,
    )  # fmt: skip
    return County(programme, hn, by_name, fund, builder, contract)
