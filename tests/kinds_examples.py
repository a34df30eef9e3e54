"""What an official types at least to record one of each kind, and words that stand on its page afterwards."""

from duikou.records.models import Agreement, Commitment, Gift, Investment, Organisation, StudyClass


def org(code):
    return str(Organisation.objects.get(code=code).pk)


def first(model):
    return str(model.objects.order_by("pk").first().pk)


def goods():
    """A gift in kind that nobody valued."""
    return str(Gift.objects.filter(form="goods").order_by("pk").first().pk)


def cash():
    return str(Gift.objects.filter(form="cash").order_by("pk").first().pk)


EXAMPLES = {  # what an official types at least, and words that stand on the record's page
    "policy_basis": (lambda: {"title": "支援工作座谈会", "when": "2010年8月"}, "支援工作座谈会"),
    "leading_group": (lambda: {"name": "联席会议", "list_role": "组长：秘书长\n成员：处长", "when": "2012-04-02"}, "组长（秘书长）"),
    "working_rule": (lambda: {"text": "每季度会商一次"}, "每季度会商一次"),
    "measures": (lambda: {"title": "资金管理办法", "articles_known": "yes"}, "条文已知"),
    "instruction": (lambda: {"content": "抓紧办理", "times": "2次", "party_from": [org("tjhzb")]}, "2次"),
    "decision": (
        lambda: {"number": "纪要〔2012〕7号", "type": "meeting", "matter": "同意建校", "when": "2012-04-02",
                 "link_decides": first(Agreement)},
        "纪要〔2012〕7号",
    ),
    "assignment": (
        lambda: {"content": "核清教师数", "office": org("tjhzb"), "when": "2012-04-02", "due": "2012-05-01"}, "2012-05-01"
    ),
    "commitment": (lambda: {"text": "年底建成"}, "年底建成"),
    "commitment_reply": (
        lambda: {"commitment": first(Commitment), "kept": "under_way", "text": "已完成一半", "when": "2012-04-02"},
        "正在兑现",
    ),
    "pairing": (lambda: {"level": "hospital", "giver": org("tjhzb"), "receiver": org("hn")}, "院院结对"),
    "agreement": (
        lambda: {"title": "卫生合作协议", "type": "sector", "party_party": [org("tjhzb"), org("hn")], "when": "2012—2015",
                 "list_field": "医师轮训\n远程会诊"},
        "2012年1月—2015年12月",
    ),
    "indicator": (lambda: {"agreement": first(Agreement), "name": "培训人数", "target": "113人"}, "113名"),
    "visit": (
        lambda: {"type": "visit", "name": "考察医院", "when": "2012年4月2日", "party_visitor": [org("tjhzb")],
                 "people": "约40人", "list_reached": "州医院"},
        "约40名",
    ),
    "plan": (lambda: {"title": "2012年度计划", "type": "annual", "status": "formed", "when": "2012年"}, "2012年"),
    "principle": (lambda: {"type": "principle", "list_principle": "突出民生"}, "突出民生"),
    "experience": (lambda: {"subject_said": "支援甘孜", "years": "12年"}, "12年"),
    "consultation": (lambda: {"subject_said": "磋商资金", "times": "3次以上"}, "3次以上"),
    "study_class": (lambda: {"name": "护理班", "school": org("ysx"), "intake": "30名"}, "30名"),
    "vocational_study": (lambda: {"school": org("ysx"), "subject_said": "护理", "students": "近50名"}, "近50名"),
    "training_base": (lambda: {"trains": "护理师资", "party_base": [org("ysx")]}, "护理师资"),
    "training": (
        lambda: {"subject_said": "双语教师培训", "basis": "actual", "when": "2012-04-02", "trainees": "86人",
                 "person_times": "120人次", "schools": "20多所", "cost": "12"},
        "12万元",
    ),
    "secondment": (
        lambda: {"direction": "to_receiving", "when": "2012-04-02", "people": "6人", "due": "2013-04-01"}, "2013-04-01"
    ),
    "medical_support": (lambda: {"receiver": org("hn"), "party_giver": [org("tjhzb")], "months": "12个月"}, "12个月"),
    "cohort": (lambda: {"study_class": first(StudyClass), "year": "2012", "enrolled": "40人"}, "40名"),
    "gift": (
        lambda: {"form": "cash", "sector": "education", "giver": org("ysx"), "receiver": org("hn"), "amount": "近6亿元",
                 "when": "2012-04-02", "directed": "yes"},
        "近6亿元",
    ),
    "valuation": (lambda: {"gift": goods(), "basis": "发票", "amount": "1.5万元"}, "1.5万元"),
    "gift_use": (lambda: {"gift": cash(), "use": "购买图书", "amount": "1万元"}, "1万元"),
    "investment": (
        lambda: {"name": "乳品厂", "status": "started", "total": "2000万元", "benefit": "订单收奶 60 户", "region": "632301"},
        "2000万元",
    ),
    "investment_step": (
        lambda: {"investment": first(Investment), "step_said": "paid_in", "amount": "300万元", "when": "2012-04-02"}, "300万元"
    ),
    "investment_result": (
        lambda: {"investment": first(Investment), "year": "2012", "jobs": "60人", "poor": "20人"}, "20名"
    ),
    "intent": (lambda: {"event": "洽谈会", "amount": "3亿元", "when": "2012年6月"}, "3亿元"),
    "labour_transfer": (
        lambda: {"region": "632301", "destination": "east", "placing": "job", "workers": "86人", "when": "2012年"}, "86名"
    ),
    "sale": (
        lambda: {"product": "牦牛肉", "region": "632301", "type": "purchase", "channel": "canteen", "amount": "120万元",
                 "when": "2012年"},
        "食堂采购",
    ),
    "village": (lambda: {"name": "东维村", "region": "632301", "amount": "200万元"}, "东维村"),
}  # fmt: skip
