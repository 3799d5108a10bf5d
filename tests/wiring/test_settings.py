"""A wrong setting refuses to start with a sentence that says what to do."""

from pathlib import Path

import pytest

from damping.store import inbox
from damping.wiring import build, keys, processes, settings
from damping.wiring.settings import WrongSetting
from tests.support import a_line


def test_the_defaults_need_nothing(tmp_path: Path) -> None:
    got = settings.load({}, tmp_path)

    assert f"sqlite:///{tmp_path / 'var/damping.db'}" == got.database_url
    assert not got.production
    assert got.whatsapp is None


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"DAMPING_MODE": "prod"}, "development or production"),
        ({"DAMPING_DESK_PORT": "satu"}, "DAMPING_DESK_PORT"),
        ({"DAMPING_SETTLE_S": "1,5"}, "DAMPING_SETTLE_S"),
        ({"DAMPING_WHATSAPP_APP_SECRET": "x"}, "DAMPING_WHATSAPP_VERIFY_TOKEN is missing"),
        ({"DAMPING_ENGINE_URL": "http://e"}, "DAMPING_ENGINE_KEY_FILE"),
        ({"DAMPING_MODE": "production"}, "DAMPING_PUBLIC_URL"),
        ({"DAMPING_DATABSE": "sqlite://"}, "unknown setting DAMPING_DATABSE"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, wrong: dict[str, str], says: str) -> None:
    with pytest.raises(WrongSetting, match=says):
        settings.load(wrong, tmp_path)


def test_the_file_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var/settings.env").write_text('# office\nDAMPING_DESK_PORT=9001\nDAMPING_GATEWAY_PORT="9002"\n')

    got = settings.load({"DAMPING_GATEWAY_PORT": "9003"}, tmp_path)

    assert (9001, 9003) == (got.desk_port, got.gateway_port)


def test_a_master_key_is_made_once_and_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "var/master.key"

    made, again = keys.make_master_key(path), keys.make_master_key(path)

    assert (True, False) == (made, again)
    assert 0o600 == path.stat().st_mode & 0o777
    assert 32 == len(keys.master_key(path))


@pytest.mark.parametrize(("content", "mode", "says"), [(None, 0o600, "no master key"), ("x", 0o600, "holds no"), ("x", 0o644, "chmod 600")])
def test_an_unusable_master_key_refuses_to_start(tmp_path: Path, content: str | None, mode: int, says: str) -> None:
    path = tmp_path / "master.key"
    if content is not None:
        path.write_text(content)
        path.chmod(mode)

    with pytest.raises(WrongSetting, match=says):
        keys.master_key(path)


def test_a_lost_key_beside_an_old_database_is_not_replaced(tmp_path: Path) -> None:
    configured = settings.load({"DAMPING_VAR": str(tmp_path / "var")})
    processes.prepare(configured)
    store = build.store(configured)
    inbox.receive(store, [a_line("halo")])
    store.database.close()
    configured.master_key_file.unlink()

    with pytest.raises(WrongSetting, match="put the old key back"):
        processes.prepare(configured)

    assert not configured.master_key_file.exists()
