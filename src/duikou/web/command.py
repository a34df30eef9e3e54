"""The command `duikou`: each of ours is a Django command in management/commands."""

import errno
import os
import sys

OURS = {
    "demo": "建库、载入示例、冻结、出文件、开站点：一条命令走完主线",
    "load": "把一个项目方案的文件夹载入账本；全部或全不",
    "play": "把一年的文件、付款、进度逐日录入账本：示例的 year/",
    "papers": "把一年的各表画成文件：指标文件、凭证、进度表、对账单、照片",
    "areas": "导入本单位的区划名单（.csv），与随软件的并用",
    "offices": "按文件设立单位、开立账号、授予角色：新账本的第一批人",
    "serve": "在本机开站点",
    "work": "办等候的事：验账、出文件等；serve 自带一个",
    "snapshot": "按账本现状冻结时点数据；签名交出、收下别单位的",
    "keys": "单位密钥：造自己的，信任别单位的公钥",
    "table": "出一张统计表（.xlsx）；各单位交来的汇总成一张",
    "report": "出一份情况汇报（.docx）",
    "papers-again": "再印：已印发的文件再做一遍，与印发时的指纹比对",
    "read": "读一份旧报告（.docx .doc .pdf .txt），列出候选事实：只列，不记账",
    "check-draft": "核对文稿：每个数对着账判定，另存带批注的 Word",
    "trail": "查一个数：构成、记录、出处",
    "export": "全本导出：一个项目方案写成一个文件夹的开放文件",
    "import": "全本装入：把全本导出的文件夹装入一本空账",
    "verify": "验账：日志、各表、余额、账首",
    "rules": "看规则书；看项目方案怎样选用；拿以往的记录试规则",
    "check": "查设置；--deploy 查能不能投入使用",
}
MODULES = {
    "import": "import_book",
    "papers-again": "papers_again",
    "check-draft": "check_draft",
}  # a word of Python names no module
WHY = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有读写它的权限",
    errno.EISDIR: "是文件夹，不是文件",
    errno.ENOTDIR: "路径中间有一处不是文件夹",
    errno.ENOSPC: "磁盘满了",
}  # what the system says, in the words of whoever reads it


def main() -> None:
    """Run one of our commands; without one, or with --help, list them."""
    os.umask(0o077)  # what a command writes, the book and its papers, is read by its own account only
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "duikou.config.settings")
    name = sys.argv[1] if len(sys.argv) > 1 else "--help"
    if name in ("--help", "-h", "help"):
        print("对口一本账（Duikou）　一数一源\n\n用法：duikou 命令 [选项]；duikou 命令 --help 看选项\n")
        print("\n".join(f"  {command:<14}{line}" for command, line in OURS.items()))
        return
    if name not in OURS:
        sys.exit(f"没有命令 {name}；可用：{'、'.join(OURS)}")
    import django
    from django.core.management import CommandError, load_command_class
    from django.db import DatabaseError

    django.setup()
    command = load_command_class("duikou.web", MODULES.get(name, name))
    try:
        options = vars(command.create_parser("duikou", name).parse_args(sys.argv[2:]))
        options["skip_checks"] = name != "serve"  # of settings: half a second, for which there is `duikou check`
        command.execute(*options.pop("args", ()), **options)
    except CommandError as error:
        sys.exit(str(error))
    except DatabaseError as error:
        sys.exit(f"账本读不了或写不了（{error}）；是否有另一个 duikou 正在建库，文件是否完好、可写")
    except OSError as error:
        why = WHY.get(error.errno or 0, error.strerror or str(error))
        sys.exit(f"{error.filename}：{why}" if error.filename else why)
    except KeyboardInterrupt:
        sys.exit("已停。")
