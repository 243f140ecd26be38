"""Prints what the readers make of the real saved pages, each beside its keeper's note: `python -m benchmarks.realpages`."""

from datetime import date

from crawlers.columns import load_columns
from crawlers.dates import article_date
from crawlers.inspect import from_file, inspect
from crawlers.page import Page
from tests.crawlers import realpages


def main() -> None:
    """Print the report."""
    if not (realpages.FOLDER / "index.csv").is_file():
        print(f"real pages are not here: {realpages.FOLDER}")
        return
    for page in realpages.pages():
        reading = inspect(from_file(page.path, page.url), load_columns(), date(2026, 9, 10))
        named = "、".join(f"{one['name']}({one['match']})" for one in reading["columns"])
        print(
            f"{page.path.name}\n  reading  {reading['dialect']} {reading['page']} items {len(reading['items'])} newest {reading['newest']} published {reading['published']}"
        )
        print(f"           id {reading['site']['id_code'] or '-'} columns {named or '-'}\n  truth    {page.truth}\n")
    right = []
    for article in realpages.articles():
        found = article_date(Page(article.url, article.path.read_bytes()), date(2026, 11, 22))
        right.append(found is not None and found[0].isoformat() == article.date)
        if not right[-1]:
            print(f"{article.path.name}: read {found[0] if found else None}, truth {article.date}")
    print(f"article dates: {sum(right)} of {len(right)}")


if __name__ == "__main__":
    main()
