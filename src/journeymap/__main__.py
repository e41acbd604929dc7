"""``python -m journeymap``: the command line."""

from journeymap.cli import main

if __name__ == "__main__":
    main(prog_name="python -m journeymap")
