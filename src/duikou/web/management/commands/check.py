"""查设置；--deploy 另查能不能投入使用."""

from typing import Any

from django.core.checks import CheckMessage, Tags, registry, run_checks
from django.core.management.base import CommandError
from django.core.management.commands.check import Command as Check

DJANGO = {  # what Django's own checks ask of a site in service, in our words
    "security.W004": ("浏览器没有被告知只用加密传输（HSTS）", "设 DUIKOU_DEPLOYED=1"),
    "security.W005": ("HSTS 不含子域名", "子域名都用加密传输时，再设 SECURE_HSTS_INCLUDE_SUBDOMAINS"),
    "security.W008": ("明文访问没有转到加密传输", "设 DUIKOU_DEPLOYED=1"),
    "security.W009": ("签名密钥太短", "换成至少 50 个随机字符"),
    "security.W012": ("会话 cookie 可经明文传送", "设 DUIKOU_DEPLOYED=1"),
    "security.W016": ("表单凭证 cookie 可经明文传送", "设 DUIKOU_DEPLOYED=1"),
    "security.W018": ("出错页会显示程序内情（DEBUG）", "设 DEBUG = False"),
    "security.W020": ("没有写明站点的域名", "设 DUIKOU_HOSTS"),
    "security.W021": ("没有申请列入浏览器的 HSTS 名单", "单位内网的站点不需要"),
}

OURS = ("security.W004", "security.W008", "security.W012", "security.W016")  # what duikou.E007 says at once


class Command(Check):
    """Django's checks and ours, said in our words; exit code 1 where one of them is an error."""

    help = "查设置；--deploy 另查能不能投入使用：环境、密钥、文件、账号、账首、办事进程。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Say everything that was found, what to do about it, and how it stands."""
        if options["list_tags"] or options["tags"]:
            return super().handle(*args, **options)
        tags = None if options["deploy"] else sorted(registry.registry.tags_available() - {Tags.database})
        found = run_checks(tags=tags, include_deployment_checks=options["deploy"], databases=options["databases"])
        said_by_ours = OURS if any(message.id == "duikou.E007" for message in found) else ()
        told = [message for message in found if not message.is_silenced() and message.id not in said_by_ours]
        for message in sorted(told, key=lambda m: (-m.level, m.id or "")):
            self.stdout.write(_line(message))
        wrong = sum(message.is_serious() for message in told)
        if wrong:
            raise CommandError(f"{wrong} 处不行，{len(told) - wrong} 处提醒；改好后再查")
        self.stdout.write(f"  没有不行的，{len(told)} 处提醒" if told else "  都好")
        return None


def _line(message: CheckMessage) -> str:
    """One line: how grave, the code, what was found, what to do."""
    said, hint = DJANGO.get(message.id or "", (message.msg, message.hint or ""))
    return f"  {'不行' if message.is_serious() else '提醒'}　{message.id}　{said}" + (
        f"\n　　　　→ {hint}" if hint else ""
    )
