"""What one trainer must not change alone, as the office decided: everything by which danger is heard or answered."""

from rules.levels import Level

DANGER_INTENTS = frozenset({"ancaman_nyawa", "darurat_sekarang", "krisis_bunuh_diri"})
_DANGER_TEXTS = (
    "utter_alarm",
    "utter_waiting",
    "utter_ask_safe_now",
    "utter_ask_abuser_near",
    "utter_service_urgent",
    "utter_service_safe_reply",
)
_DANGER_TOPICS = frozenset({"bahaya", "bahaya_pasangan"})


def for_example(intent: str, danger: str) -> bool:
    """
    intent                | level  | two persons
    one of danger         | any    | yes
    any                   | merah  | yes
    any other             | other  | no
    """
    return intent in DANGER_INTENTS or danger == Level.MERAH.value


def for_wording(topic: str, response: str) -> bool:
    """
    file                   | response                                       | two persons
    bahaya, bahaya_pasangan| any                                            | yes
    any                    | alarm, waiting, safety questions, safe replies | yes
    any other              | any other                                      | no
    """
    return topic in _DANGER_TOPICS or response.startswith(_DANGER_TEXTS)
