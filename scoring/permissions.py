"""Who may do what. Navigation hides what a role may not do; services refuse it."""

from crawlers.status import Labelled
from scoring.errors import NotPermitted
from scoring.model import Role


class Action(Labelled):
    """Something a signed-in person may try."""

    VIEW_RESULTS = "view_results", "查看已发布的结果"
    VIEW_DRAFT = "view_draft", "查看排名草稿"
    REVIEW = "review", "核查和评分"
    CHECK = "check", "自查"
    LOCK = "lock", "定稿锁定和发布"
    APPROVE = "approve", "审阅送审稿"


_ALLOWED: dict[Role, frozenset[Action]] = {
    Role.EVALUATOR: frozenset(Action),
    Role.LEADER: frozenset({Action.VIEW_RESULTS, Action.APPROVE}),
    Role.STAFF: frozenset({Action.VIEW_RESULTS, Action.CHECK}),
}


def may(role: Role, action: Action) -> bool:
    """Whether the role may do it."""
    return action in _ALLOWED[role]


def require(role: Role, action: Action) -> None:
    """Raise NotPermitted unless the role may do it."""
    if not may(role, action):
        raise NotPermitted(f"{role.zh}不能{action.zh}，请以有权限的身份登录")
