"""The likeliest meanings are told with every understanding: the trainers' labelling page shows them, the worker measures doubt by them."""

from engine.understanding import shown


def test_the_six_likeliest_meanings_are_told_in_order():
    ranking = [{"name": f"arti_{number}", "confidence": 0.5 / (number + 1)} for number in range(9)]

    told = shown({"intent": ranking[0], "intent_ranking": ranking, "entities": []})

    assert [f"arti_{number}" for number in range(6)] == [one["intent"] for one in told["ranking"]]
    assert 0.5 == told["ranking"][0]["confidence"]


def test_a_message_without_meanings_has_none():
    assert [] == shown({"intent": {"name": None, "confidence": 0.0}, "entities": []})["ranking"]
