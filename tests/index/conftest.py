"""Property tests take as long as the machine lets them: a busy computer is no failure."""

from hypothesis import HealthCheck, settings

settings.register_profile("index", settings.get_profile("repeatable"), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("index")
