"""`python -m web.cli`: the command line where the package is not installed."""

from web.cli import main

if __name__ == "__main__":
    main(prog_name="lajur")
