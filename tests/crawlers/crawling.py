"""`python -m tests.crawlers.crawling REGISTER PLAN RUNS DAY WORKERS [fresh|resume] [SITE …]`: a crawl in a process of its own, to be killed."""

import sys
from datetime import date
from pathlib import Path

from crawlers.plan import Plan
from crawlers.register import load_register
from crawlers.run import crawl

if __name__ == "__main__":
    register, plan, runs, day, workers, how, *only = sys.argv[1:]
    crawl(
        load_register(Path(register)),
        Plan.model_validate_json(Path(plan).read_bytes()),
        runs=Path(runs),
        run_id="r",
        as_of=date.fromisoformat(day),
        only=only or None,
        workers=int(workers),
        resume=how == "resume",
    )
