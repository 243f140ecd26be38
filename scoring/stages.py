"""The stages of a period's year: information for people, with who and when; the gates are locking and publishing (obligation I11)."""

from crawlers.status import Labelled


class Stage(Labelled):
    """In the order of the year; a correction starts again at 整改与复核."""

    PLAN = "plan", "方案"
    CONSULT = "consult", "指标征求意见"
    COLLECT = "collect", "采集"
    FIRST = "first", "初评"
    FEEDBACK = "feedback", "反馈"
    CORRECT = "correct", "整改与复核"
    SUBMIT = "submit", "送审"
    LOCK = "lock", "定稿锁定"
    PUBLISH = "publish", "通报"
    LOOK_BACK = "look_back", "回头看"


BY_ACT = frozenset({Stage.SUBMIT, Stage.LOCK, Stage.PUBLISH})
"""Stages that only the act itself records."""
