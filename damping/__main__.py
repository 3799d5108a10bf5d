"""The command `damping`; see `damping --help`."""

from damping.wiring.commands import cli


def main() -> None:
    """Run the command line."""
    cli()


if __name__ == "__main__":
    main()
