"""What the office takes of files, and for how long: read from `config/media.yml`."""

from datetime import timedelta

import yaml

from damping.casework.files import FileLimits
from damping.wiring.settings import Settings, WrongSetting

_MB = 1_000_000
_LARGEST_MB = 100  # what WhatsApp itself carries


def load(settings: Settings) -> FileLimits:
    """Raises `WrongSetting`."""
    path = settings.root / "config" / "media.yml"
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        largest, person, days = (float(written[name]) for name in ("largest_mb", "of_one_person_mb", "kept_days"))
    except (OSError, yaml.YAMLError, KeyError, TypeError, ValueError) as trouble:
        raise WrongSetting(f"config/media.yml cannot be read: {type(trouble).__name__} {trouble}") from trouble
    if not (0 < largest <= _LARGEST_MB and largest <= person and days >= 1):
        raise WrongSetting(f"config/media.yml: largest_mb 1 to {_LARGEST_MB}, of_one_person_mb no smaller, kept_days 1 or more")
    return FileLimits(at_most=int(largest * _MB), of_one_person=int(person * _MB), kept=timedelta(days=days))
