"""`python -m web.cli`: the command line where the package is not installed."""

from web.cli import main

main(prog_name="lajur")
