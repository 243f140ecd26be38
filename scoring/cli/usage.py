"""Usage errors of the command line in one Chinese line, naming the culprit and the remedy.

Typer carries its own copy of click from 0.24 on and uses the installed one before; both say what is wrong in the same words, so that attributes, not classes, are read here.
"""

import re

_MODELS = (
    (r"Value error, ", ""),
    (r"Input should be less than or equal to (\S+)", r"应不大于 \1"),
    (r"Input should be greater than or equal to (\S+)", r"应不小于 \1"),
    (r"Input should be less than (\S+)", r"应小于 \1"),
    (r"Input should be greater than (\S+)", r"应大于 \1"),
    (r"Input should be a valid integer[^；]*", "应为整数"),
    (r"Input should be a valid number[^；]*", "应为数字"),
    (r"Input should be a valid string[^；]*", "应为文字（带引号）"),
    (r"Input should be a valid boolean[^；]*", "应为 true 或 false"),
    (r"Input should be a valid (list|tuple)[^；]*", "应为列表"),
    (r"Input should be a valid dictionary[^；]*", "应为键值对"),
    (r"Input should be ('.+')", r"应为 \1 之一"),
    (r"Input should be (\S+)", r"应为 \1"),
    (r"String should match pattern '([^']+)'", r"应符合格式 \1"),
    (r"Field required", "缺少此项"),
    (r"Extra inputs are not permitted", "不认识的键，请删去或改正拼写"),
    (r"Invalid IPv6 URL", "网址无效"),
)
"""What pydantic and the standard library say of a file's content."""
_WORDS = (
    *_MODELS,
    (r"(.+) is not one of (.+?)\.?$", r"\1 不在可选值 \2 之中"),
    (r"(.+) is not a valid int(eger)?( range)?\.?$", r"\1 不是整数"),
    (r"(.+) is not a valid float( range)?\.?$", r"\1 不是数字"),
    (r"(.+) is not in the range (.+?)\.?$", r"\1 不在范围 \2 内"),
)


def is_usage_error(error: BaseException) -> bool:
    """Whether the command was called in a wrong way."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def in_chinese(line: str) -> str:
    """A complaint about a file, with what a library said of it put into Chinese."""
    for pattern, words in _MODELS:
        line = re.sub(pattern, words, line)
    return line


def usage_line(error: BaseException) -> str:
    """What is wrong with how a command was called."""
    context = getattr(error, "ctx", None)
    return f"{_what(error)}{f'；用法见 {context.command_path} --help' if context else ''}"


def _what(error: BaseException) -> str:
    kind, message, param = type(error).__name__, str(getattr(error, "message", error)), getattr(error, "param", None)
    if option := getattr(error, "option_name", None):
        near = getattr(error, "possibilities", None)
        return f"没有选项 {option}{f'，是否想用 {chr(12289).join(near)}' if near else ''}" if kind == "NoSuchOption" else f"选项 {option} 缺少值或用法有误"
    if kind == "MissingParameter":
        return f"缺少参数 {_name(param)}"
    if kind == "BadParameter":
        for pattern, words in _WORDS:
            message = re.sub(pattern, words, message)
        return f"参数 {_name(param)} 的值无效：{message}"
    if found := re.match(r"No such command '(.+?)'", message):
        return f"没有命令 {found[1]}"
    if found := re.match(r"Got unexpected extra arguments? \((.+)\)", message):
        return f"多余的参数 {found[1]}"
    if message.startswith("Missing command"):
        return "缺少子命令"
    return f"用法有误：{' '.join(message.split())}"


def _name(param: object) -> str:
    if getattr(param, "param_type_name", "") == "option":
        return str(max(getattr(param, "opts", [""]), key=len))
    return str(getattr(param, "human_readable_name", "") or "")
