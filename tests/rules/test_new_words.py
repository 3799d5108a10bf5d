"""Words that came up this month, told apart from words that always come up."""

from rules.new_words import NewWord, new_words


def test_a_word_that_came_up_is_found_and_an_old_one_is_not():
    before = ["suami saya marah lagi"] * 40
    now = ["suami saya marah lagi"] * 40 + ["ditagih pinjol terus"] * 12

    found = new_words(now, before)

    assert {"ditagih", "pinjol", "terus"} == {one.word for one in found}
    assert all((12, 0) == (one.now, one.before) for one in found)


def test_one_person_with_a_favourite_word_is_no_news():
    assert [] == new_words(["pinjol pinjol pinjol", "pinjol lagi"], ["marah"] * 50)


def test_masks_are_no_words():
    now = ["[nama] di <tempat> minta tolong kak"] * 20

    assert {"minta", "tolong", "kak"} == {one.word for one in new_words(now, ["halo bu"] * 200)}


def test_nothing_written_is_no_news():
    assert [] == new_words([], ["halo"])


def test_the_most_certain_come_first():
    found = new_words(["banjir rob"] * 12 + ["banjir"] * 30, ["hujan terus"] * 60)

    assert ["banjir", "rob"] == [one.word for one in found]
    assert isinstance(found[0], NewWord)
