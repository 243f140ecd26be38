"""示例市, a simulated city: its sites (served on this machine as of a day), its register, and the truth about them."""

from crawlers.demo.server import DemoCity

__all__ = ["DemoCity"]
