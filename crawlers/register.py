"""The register (`data/sites/*.yml`): units, the sites they live on, and the scopes through which each unit sees its site."""

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from crawlers import yml
from crawlers.address import split
from crawlers.oserror import said
from crawlers.status import ScopeKind

Slug = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class RegisterError(ValueError):
    """The site list cannot be used; the message names the entry and the remedy in one line."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class UnitEntry(_Strict):
    """One assessed body. `duties`: 行政执法, 规范性文件, 对外服务 …; a leaf that needs one is 不涉及 without it.

    `valid_from`–`valid_to`: the days on which it exists, both included; `predecessors`: units merged into it or that it was split from; `excluded`: why it is
    暂不纳入, from the next period on.
    """

    id: Slug
    name: str
    group: str
    level: str = ""
    parent: str = ""
    order: int = 0
    duties: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[Slug, ...] = ()
    excluded: str = ""


class SiteEntry(_Strict):
    """A site: crawled once per run. `rate`: requests a second (0: no limit, only for addresses of this machine); `loopback`: private and loopback addresses are allowed."""

    id: Slug
    name: str = ""
    home: str
    hosts: tuple[str, ...] = ()
    id_code: str = ""
    rate: Annotated[float, Field(ge=0, le=50)] = 1.0
    timeout: Annotated[float, Field(gt=0, le=120)] = 20.0
    max_bytes: Annotated[int, Field(gt=0)] = 8_000_000
    pages: Annotated[int, Field(gt=0)] | None = None
    loopback: bool = False
    note: str = ""

    @model_validator(mode="after")
    def _home_is_an_address(self) -> "SiteEntry":
        if not is_address(self.home):
            raise ValueError(f"网站 {self.id} 的首页地址 {self.home!r} 无效，应以 http:// 或 https:// 开头")
        if self.rate == 0 and not self.loopback:
            raise ValueError(f"网站 {self.id} 的 rate 为 0（不限速）只允许用于本机地址（loopback: true）")
        return self

    def netlocs(self) -> frozenset[str]:
        """host:port of every address that belongs to the site."""
        return frozenset({urlsplit(self.home).netloc.lower(), *(host.lower() for host in self.hosts)})


class ScopeEntry(_Strict):
    """How a unit sees a site. `entry`: the page to start from; `value`: URL prefix, breadcrumb name, `key=value[&…]`, or 发布机构 name."""

    unit: Slug
    site: Slug
    kind: ScopeKind = ScopeKind.SITE
    entry: str = ""
    value: str = ""

    @model_validator(mode="after")
    def _complete(self) -> "ScopeEntry":
        if self.kind is ScopeKind.QUERY and (
            not self.value or not all(name and given for name, _, given in (pair.partition("=") for pair in self.value.split("&")))
        ):
            raise ValueError(f"单位 {self.unit} 的范围（{self.kind.zh}）应写成 参数=值，例如 number=A18；现为 {self.value!r}")
        if self.entry and not is_address(self.entry):
            raise ValueError(f"单位 {self.unit} 的范围入口 {self.entry!r} 不是有效的网址")
        if self.kind is not ScopeKind.SITE and not self.value:
            raise ValueError(f"单位 {self.unit} 的范围（{self.kind.zh}）缺少 value")
        if self.kind not in (ScopeKind.SITE, ScopeKind.FIELD) and not self.entry:
            raise ValueError(f"单位 {self.unit} 的范围（{self.kind.zh}）缺少入口地址 entry")
        return self


class Register(_Strict):
    """A whole site list. Every unit has exactly one scope; ids are unique."""

    format: Literal[1]
    title: str
    simulated: bool = False
    contact: str = ""
    units: tuple[UnitEntry, ...]
    sites: tuple[SiteEntry, ...]
    scopes: tuple[ScopeEntry, ...]

    @model_validator(mode="after")
    def _consistent(self) -> "Register":
        for kind, ids in (
            ("单位", [unit.id for unit in self.units]),
            ("网站", [site.id for site in self.sites]),
            ("范围", [scope.unit for scope in self.scopes]),
        ):
            if twice := next((one for one, times in Counter(ids).items() if times > 1), None):
                raise ValueError(f"{kind} {twice} 出现了两次，请只保留一处")
        units, sites = {unit.id for unit in self.units}, {site.id for site in self.sites}
        for scope in self.scopes:
            if scope.unit not in units:
                raise ValueError(f"范围所指的单位 {scope.unit} 不在 units 中")
            if scope.site not in sites:
                raise ValueError(f"单位 {scope.unit} 的范围所指的网站 {scope.site} 不在 sites 中")
        if without := units - {scope.unit for scope in self.scopes}:
            raise ValueError(f"单位 {'、'.join(sorted(without))} 没有范围，请在 scopes 中补上")
        for unit in self.units:
            if unit.parent and unit.parent not in units:
                raise ValueError(f"单位 {unit.id} 的上级 {unit.parent} 不在 units 中")
        return self

    def scopes_of(self, site: str) -> list[ScopeEntry]:
        """The scopes that look at a site, in the file's order."""
        return [scope for scope in self.scopes if scope.site == site]

    def host_groups(self) -> list[list[SiteEntry]]:
        """Sites that share any host:port, together: the unit of crawling work, so that politeness holds."""
        group_of: dict[str, list[SiteEntry]] = {}
        for site in self.sites:
            members: list[SiteEntry] = []
            for others in {id(group): group for host in sorted(site.netlocs()) if (group := group_of.get(host)) is not None}.values():
                members += others
            members.append(site)
            group_of |= {host: members for member in members for host in member.netlocs()}
        return list({id(group): group for group in group_of.values()}.values())


def is_address(url: str) -> bool:
    """Whether a text is an http or https address that a browser would accept."""
    parts = split(url)
    labels = (parts.hostname or "").split(".") if parts else []
    return bool(labels) and " " not in url and all(0 < len(label) <= 63 for label in labels)


def load_register(path: Path) -> Register:
    """Read a site list. Raises RegisterError with one line naming the entry."""
    try:
        return Register.model_validate(yml.load(path.read_text("utf-8")))
    except UnicodeDecodeError as error:
        raise RegisterError(f"站点清单 {path} 不是 UTF-8 编码的文本文件，请另存为 UTF-8 后再用") from error
    except RecursionError as error:
        raise RegisterError(f"站点清单 {path} 嵌套过深，不是有效的站点清单") from error
    except OSError as error:
        raise RegisterError(f"无法读取站点清单 {path}：{said(error)}") from error
    except yaml.YAMLError as error:
        raise RegisterError(f"站点清单 {path} 不是有效的 YAML：{' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        what = {"extra_forbidden": "不认识的键，请删去或改正拼写", "missing": "缺少此项"}.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise RegisterError(f"站点清单 {path}{f' 的 {where}' if where else ''}：{what}") from error
