"""What the pages about models work with: the shelf on disk, the running engines, a model loaded aside to play a person with."""

from dataclasses import dataclass, field
from pathlib import Path

from damping.casework.models import ModelRoom, TrialRoom
from damping.store.models import Shelf
from damping.workbench.model_play import Plays


@dataclass(frozen=True)
class ModelBench:
    """`saved`: the file of conversation tests that trainers write."""

    shelf: Shelf
    room: ModelRoom
    trial: TrialRoom
    saved: Path
    plays: Plays = field(default_factory=Plays)
