"""Usage errors of the command line in one Chinese line, naming the culprit and the remedy."""

import click


def usage_line(error: click.ClickException) -> str:
    """What is wrong with how a command was called."""
    help_hint = f"；用法见 {error.ctx.command_path} --help" if isinstance(error, click.UsageError) and error.ctx else ""
    return f"{_what(error)}{help_hint}"


def _what(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f"，是否想用 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        hints = error.param.opts if error.param and error.param.param_type_name == "option" else [error.param.human_readable_name] if error.param else []
        return f"缺少参数 {'、'.join(hints)}"
    if isinstance(error, click.BadParameter):
        name = (
            "、".join(error.param.opts) if error.param and error.param.param_type_name == "option" else error.param.human_readable_name if error.param else ""
        )
        return f"参数 {name} 的值无效：{error.message}"
    text = error.format_message()
    if text.startswith("No such command"):
        return f"没有这个命令：{text.removeprefix('No such command ').split('.')[0]}"
    if text.startswith("Got unexpected extra argument"):
        return f"多余的参数：{text.partition('(')[2].rstrip(').')}"
    return f"用法有误：{text}"
