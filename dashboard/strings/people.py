"""Names of the people until sign-in exists."""

from scoring.model import Role

SIMULATED_NAMES = {Role.LEADER: "模拟领导", Role.EVALUATOR: "模拟评估员", Role.STAFF: "模拟专员"}
OPERATOR = "本机操作员"
VISITOR = "访客"
ROLES = (Role.LEADER, Role.EVALUATOR, Role.STAFF)
