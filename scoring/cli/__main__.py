"""`python -m scoring.cli`: how background jobs are started."""

from scoring.cli import main

if __name__ == "__main__":
    main()
