import pytest

from rules.two_persons import for_example, for_wording


@pytest.mark.parametrize(
    ("intent", "danger", "two"),
    [
        ("ancaman_nyawa", "hijau", True),
        ("darurat_sekarang", "merah", True),
        ("krisis_bunuh_diri", "kuning", True),
        ("lapor_fisik", "merah", True),
        ("lapor_fisik", "kuning", False),
        ("sapa", "hijau", False),
    ],
)
def test_examples_of_danger_need_two_persons(intent: str, danger: str, two: bool) -> None:
    assert two == for_example(intent, danger)


@pytest.mark.parametrize(
    ("topic", "response", "two"),
    [
        ("bahaya", "utter_apa_saja", True),
        ("bahaya_pasangan", "utter_lain", True),
        ("service", "utter_service_safe_reply", True),
        ("penilaian", "utter_ask_safe_now_child", True),
        ("kemudi", "utter_sapa", False),
    ],
)
def test_words_of_danger_need_two_persons(topic: str, response: str, two: bool) -> None:
    assert two == for_wording(topic, response)
