"""`damping train | compare | models | promote | rollback`. Light to import: what they do is in `model_acts`."""

import sys
from collections.abc import Callable

import rich_click as click

from damping.wiring.settings import Settings

Guarded = Callable[[Callable[[Settings], None]], None]


def add(cli: click.Group, guarded: Guarded) -> None:
    """Hang the commands into the command line."""

    @cli.command()
    @click.option("--promote", "switch", is_flag=True, help="Switch the new model on where the gate lets it through.")
    @click.option("--at-start", is_flag=True, hidden=True, help="As `damping run` does before the engine starts.")
    def train(switch: bool, at_start: bool) -> None:
        """Train from data/, compare with the model that serves, say what the gate says. The model that serves stays."""
        from damping.wiring import model_acts as acts

        def act(settings: Settings) -> None:
            sys.exit(acts.begin(settings) if at_start else acts.in_store(settings, lambda store: acts.train(store, settings, switch)))

        guarded(act)

    @cli.command()
    @click.argument("model")
    def compare(model: str) -> None:
        """Compare a model with the one that serves; report.html lies in its folder afterwards."""
        from damping.wiring import model_acts as acts

        guarded(lambda settings: sys.exit(acts.in_store(settings, lambda store: acts.compare(store, settings, model))))

    @cli.command("models")
    def list_models() -> None:
        """The models that are kept, newest first, and what the gate says of each."""
        from damping.wiring import model_acts as acts

        guarded(lambda settings: sys.exit(acts.in_store(settings, lambda store: acts.shown(store, settings))))

    @cli.command()
    @click.argument("model")
    @click.option("--reason", required=True, help="Kept in the record.")
    def promote(model: str, reason: str) -> None:
        """Switch a model on in every engine, where the gate lets it through."""
        from damping.wiring import model_acts as acts

        guarded(lambda settings: sys.exit(acts.in_store(settings, lambda store: acts.promote(store, settings, model, reason))))

    @cli.command()
    @click.option("--to", help="A model that served before; default: the one before the present one.")
    @click.option("--reason", required=True, help="Kept in the record.")
    def rollback(to: str | None, reason: str) -> None:
        """Put the model before back, in every engine."""
        from damping.wiring import model_acts as acts

        guarded(lambda settings: sys.exit(acts.in_store(settings, lambda store: acts.back(store, settings, to, reason))))
