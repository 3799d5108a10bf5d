"""The command line `damping`."""

import asyncio
import json
import sys
from typing import Any

import rich_click as click
from rich.console import Console

from damping.wiring import model_commands
from damping.wiring import settings as configuration
from damping.wiring.partner_commands import partner
from damping.wiring.settings import Settings, WrongSetting

_out = Console(highlight=False, soft_wrap=True)
_ROLES = ["petugas", "supervisor", "pelatih", "admin"]
_COLOURS = {"merah": "bold white on red", "kuning": "black on yellow", "hijau": "green"}


def _settings() -> Settings:
    try:
        return configuration.load()
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Damping: asisten percakapan untuk kantor perlindungan perempuan dan anak."""


cli.add_command(partner)


@cli.command()
def run() -> None:
    """Start everything on this machine: gateway, desk, worker, engine."""
    from damping.wiring import launch

    _guarded(lambda settings: sys.exit(launch.run(settings)))


@cli.command()
def demo() -> None:
    """An invented, lively day on a database of its own; everything runs on it."""
    import os

    from damping.wiring import demo as invented
    from damping.wiring import launch

    def act(_settings: Settings) -> None:
        told = invented.settings(dict(os.environ))
        invented.seed(told)
        invented.export(told)
        _out.print(invented.welcome(told))
        sys.exit(launch.run(told))

    _guarded(act)


@cli.command()
@click.argument("process", type=click.Choice(["gateway", "desk", "worker"]))
def serve(process: str) -> None:
    """Run one process, for set-ups over several machines."""
    from damping.wiring import processes

    _guarded(lambda settings: processes.serve(process, settings))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="A message a line on standard input, a line of JSON out for each.")
def understand(as_json: bool) -> None:
    """Show what the assistant makes of messages: intent, danger and who says so, entities."""
    from damping.wiring import understand as understanding

    if not as_json:
        _out.print("[dim]Memuat model… lalu tulis satu pesan, Enter; Ctrl-D untuk selesai.[/]")
    tell = understanding.as_json if as_json else _show_understood
    _guarded(lambda settings: asyncio.run(understanding.understand(settings, sys.stdin, tell)))


@cli.command()
@click.option(
    "--json", "as_json", is_flag=True, help="A message a line in, an empty line for a new person, a line of JSON out for each message."
)
def talk(as_json: bool) -> None:
    """Play a person who writes: the full way from inbox to outbox on a throw-away database."""
    _guarded(lambda settings: asyncio.run(_talk(settings, as_json)))


async def _talk(settings: Settings, as_json: bool) -> None:
    from damping.wiring import talk as talking

    if not as_json:
        _out.print("[dim]Memuat model… lalu tulis sebagai warga. Baris kosong: orang baru. Ctrl-D: selesai.[/]")
    async with talking.open_talk(settings) as conversation:
        while line := await asyncio.to_thread(sys.stdin.readline):
            text = line.rstrip("\r\n")
            if not text.strip():
                conversation.another_person()
                if not as_json:
                    _out.rule("orang baru")
                continue
            report = await conversation.say(text)
            if as_json:
                sys.stdout.write(talking.as_json(report) + "\n")
                sys.stdout.flush()
            else:
                _show_talk(report)


_EXISTING = click.Path(exists=True, resolve_path=True)


@cli.command()
@click.option("--data", type=_EXISTING, help="Labelled messages, never trained on; default: tests/nlu/dev.yml.")
@click.option("--model", type=_EXISTING, help="Archive, model folder, or the file that names one; default: models/current.")
@click.option(
    "--out", type=click.Path(file_okay=False, resolve_path=True), help="Folder of the report; default: evaluation/ in the var folder."
)
def evaluate(data: str | None, model: str | None, out: str | None) -> None:
    """Measure the understanding: intents, danger, entities, kinds of writing; report.html and report.json."""

    def act(settings: Settings) -> None:
        options = {"--data": data, "--model": model, "--out": out or str(settings.var / "evaluation")}
        _engine_tool(settings, "engine.evaluate", options)

    _guarded(act)


@cli.command("benchmark-nlu")
@click.option("--train", type=_EXISTING, required=True, help="Rasa NLU YAML (file or folder) or CoNLL.")
@click.option("--test", type=_EXISTING, help="Messages of the same kind that are measured on.")
@click.option("--folds", type=click.IntRange(2), help="Cross-validate the training file instead of --test.")
@click.option("--against", type=click.Choice(["stock"]), help="Rasa's default pipeline, trained and measured in the same run.")
@click.option("--json", "as_json", is_flag=True, help="A list of results instead of a table.")
def benchmark_nlu(train: str, test: str | None, folds: int | None, against: str | None, as_json: bool) -> None:
    """Train this pipeline on any NLU data and measure it: accuracy, F1, speed, training time, memory."""
    if (test is None) == (folds is None):
        raise click.UsageError("give either --test or --folds")
    options = {"--train": train, "--test": test, "--folds": str(folds) if folds else None, "--against": against}
    _guarded(lambda settings: _engine_tool(settings, "engine.benchmark", options, ["--json"] if as_json else []))


@cli.command("data-report")
@click.option("--data", type=_EXISTING, help="Folder or file of examples; default: data/nlu.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as JSON.")
def data_report(data: str | None, as_json: bool) -> None:
    """Check the examples: learning curve by writer, copies, contradictions, balance, personal data. Exit 1 where they are unsound."""
    _guarded(lambda settings: _engine_tool(settings, "engine.data_report", {"--data": data}, ["--json"] if as_json else []))


def _engine_tool(settings: Settings, module: str, options: dict[str, str | None], flags: list[str] | None = None) -> None:
    from damping.wiring import engine_tools

    given = [word for name, value in options.items() if value is not None for word in (name, value)]
    sys.exit(engine_tools.run(settings, module, [*given, *(flags or [])]))


@cli.group()
def officer() -> None:
    """Accounts of the desk."""


@officer.command("add")
@click.option("--role", type=click.Choice(_ROLES), default="petugas", show_default=True)
def officer_add(role: str) -> None:
    """Make a one-time link with which a colleague makes their own account (24 hours)."""
    from damping.store import officers
    from damping.wiring import build

    def act(settings: Settings) -> None:
        store = build.store(settings)
        click.echo(f"{settings.public_url}/undangan/{officers.invite(store, officers.Role(role))}")
        store.database.close()

    _guarded(act)


@cli.command()
def prepare() -> None:
    """Make the master key where there is none, and bring the database to this version."""
    from damping.wiring import processes

    _guarded(processes.prepare)


@cli.command(hidden=True)
def welcome() -> None:
    """Say where everything is; `damping run` does."""
    from damping.wiring import processes

    _guarded(processes.welcome)


@cli.command()
def doctor() -> None:
    """Check keys, database, model, engine and channels; say what is wrong and how to mend it."""
    from damping.wiring import doctor as examination

    findings = asyncio.run(examination.examine(configuration.load))
    for finding in findings:
        mark = "[green]✓[/]" if finding.well else "[red]✗[/]"
        _out.print(f"{mark} {finding.what}" + (f"\n    → {finding.mend}" if finding.mend else ""))
    sys.exit(0 if all(finding.well for finding in findings) else 1)


@cli.group()
def key() -> None:
    """The master key."""


@key.command("rotate")
def key_rotate() -> None:
    """Put a new master key in place of the old one. Stop Damping on every machine first."""
    from damping.store.database import Database
    from damping.wiring import keys, rotation

    def act(settings: Settings) -> None:
        rotation.nothing_runs(settings)
        database = Database(settings.database_url)
        changed, old = keys.rotate(database, settings.master_key_file)
        database.close()
        click.echo(f"{changed} kunci dibungkus ulang; kunci induk baru: {settings.master_key_file}")
        click.echo(f"Kunci lama ada di {old}: hanya untuk cadangan lama. Simpan bersamanya, atau musnahkan keduanya.")

    _guarded(act)


@cli.group()
def audit() -> None:
    """The record of who did and read what."""


@audit.command("verify")
def audit_verify() -> None:
    """Check that no row of the record was changed or taken out."""
    from damping.store import audit as record
    from damping.wiring import build

    def act(settings: Settings) -> None:
        broken = record.first_broken(build.store(settings))
        if broken is not None:
            raise click.ClickException(f"the chain breaks at row {broken}")
        click.echo("utuh: tidak ada baris yang berubah")

    _guarded(act)


def _guarded(act: Any) -> None:
    """Run with settings; a wrong one is one clear sentence, not a traceback."""
    try:
        act(_settings())
    except WrongSetting as wrong:
        raise click.ClickException(str(wrong)) from wrong
    except KeyboardInterrupt:
        sys.exit(130)


model_commands.add(cli, _guarded)


def _show_understood(understood: dict[str, Any]) -> None:
    _out.print(
        f"  [bold]{understood['intent']}[/] {understood['confidence']:.2f}  [{_COLOURS[understood['danger']]}] {understood['danger']} [/]"
    )
    for hint in understood["danger_by"]:
        _out.print(f"    {hint['voice']}: {hint['level']} — {hint['reason']}", markup=False)
    for entity in understood["entities"]:
        _out.print(f"    {entity['entity']}: {entity['value']}", markup=False)


def _show_talk(report: dict[str, Any]) -> None:
    for reply in report["replies"]:
        _out.print(f"  [cyan]{click.unstyle(reply['text'])}[/]")
        if reply["buttons"]:
            _out.print("  " + "  ".join(f"[reverse] {button['title']} [/]" for button in reply["buttons"]))
    told = {key: report[key] for key in ("intent", "word", "facts", "orders") if report[key]}
    bell = "  🔔 petugas dipanggil" if report["escalated"] else ""
    _out.print(f"  [{_COLOURS[report['danger']]}] {report['danger']} [/]{bell}")
    _out.print("  " + json.dumps(told, ensure_ascii=False), style="dim", markup=False)
