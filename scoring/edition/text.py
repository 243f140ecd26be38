"""YAML as editions use it: exact decimals, no key twice, and the same text for the same content."""

from collections.abc import Hashable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

import yaml

from crawlers import yml
from scoring.edition.form import FORMAT
from scoring.errors import BadInput


class _Loader(yml.Loader):
    """A safe loader with exact decimals; a key given twice is refused, not overwritten."""


def _decimal(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    try:
        return Decimal(node.value.replace("_", ""))
    except InvalidOperation:
        raise yaml.constructor.ConstructorError(None, None, f"数字 {node.value} 无法识别", node.start_mark) from None


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name in seen:
            raise yaml.constructor.ConstructorError(None, None, f"键 {name} 重复", key.start_mark)
        seen.add(name)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


class _Dumper(yaml.SafeDumper):
    """SafeDumper with exact decimals and without aliases."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _number(dumper: yaml.SafeDumper, number: Decimal) -> yaml.ScalarNode:
    plain = f"{number:f}"
    return dumper.represent_scalar("tag:yaml.org,2002:float" if "." in plain else "tag:yaml.org,2002:int", plain)


_Dumper.add_representer(Decimal, _number)


def read(text: str, name: str) -> dict[str, Any]:
    """The content of an edition's YAML text; not checked further than its `format`. Raises BadInput naming `name` and the line."""
    try:
        raw = yaml.load(text, _Loader)  # noqa: S506 - _Loader is a safe loader
    except yaml.MarkedYAMLError as error:
        line = f"第 {error.problem_mark.line + 1} 行：" if error.problem_mark else ""
        raise BadInput(f"指标体系 {name}：{line}不是有效的 YAML（{' '.join((error.problem or str(error)).split())}），请改正后再加载") from error
    except yaml.YAMLError as error:
        raise BadInput(f"指标体系 {name}：不是有效的 YAML（{' '.join(str(error).split())}），请改正后再加载") from error
    if not isinstance(raw, dict):
        raise BadInput(f"指标体系 {name}：文件内容应为键值结构，首行如 edition: ningbo-2020")
    version = raw.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version != FORMAT:
        remedy = "请升级程序后再加载" if version > FORMAT else f"应为 format: {FORMAT}"
        raise BadInput(f"指标体系 {name}：格式 {version} 与本程序支持的格式 {FORMAT} 不符，{remedy}")
    return raw


def write(raw: Mapping[str, Any]) -> str:
    """The YAML text of an edition's content, from which `read` gives it back."""
    return yaml.dump(dict(raw), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=150)


def flow(one: object) -> str:
    """One value on one line."""
    return yaml.dump(one, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=True, width=10**9).removesuffix("\n...\n").strip()


def value(written: str) -> Any:
    """The value that `flow` wrote. Raises yaml.YAMLError."""
    return yaml.load(written, _Loader)  # noqa: S506 - _Loader is a safe loader
