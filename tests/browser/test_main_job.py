"""The main job as people walk it: a person writes, is understood, an urgent case reaches an officer who takes over."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Town
from tests.browser.people import ChatPerson, DeskOfficer, PhonePerson

pytestmark = pytest.mark.slow


def test_an_urgent_message_reaches_an_officer_who_takes_over_and_hands_back(town: Town, browser: Browser) -> None:
    officer = DeskOfficer.joins(browser, town.desk, town.invites())
    person = PhonePerson.picks_up(browser, town.gateway, "sari")

    person.writes("halo kak")
    person.reads("aman untuk menulis")
    person.writes("dia di depan pintu bawa golok")
    person.reads("110")
    officer.hears_the_alarm()
    officer.opens_the_most_urgent()
    expect(officer.page.locator("#lembar")).to_contain_text("golok")

    officer.takes_over()
    expect(officer.page.locator(".strip.alarm")).to_have_count(0)
    person.reads("petugas")
    officer.answers("Saya Rini dari kantor. Ibu di kamar mana sekarang?")
    person.reads("Saya Rini dari kantor")
    person.writes("di kamar mandi, pintunya aku kunci")
    officer.sees("di kamar mandi")
    officer.notes("Polsek sudah ditelepon 20.12")
    officer.hands_back()
    person.reads("Asisten otomatis kembali")
    person.writes("makasih ya")
    person.reads(r"")

    assert 0 == person.page.get_by_text("Polsek sudah ditelepon").count()


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_the_web_chat_answers_and_its_exit_ends_it(town: Town, browser: Browser, javascript: bool) -> None:
    person = ChatPerson.opens(browser, town.gateway, javascript=javascript)

    person.writes("kak mau tanya, lapor itu bayar ga?")
    person.reads(re.compile("gratis|biaya"))

    storage = person.page.context.storage_state()
    assert [] == storage["origins"]
    assert all(cookie["httpOnly"] and cookie["sameSite"] == "Strict" for cookie in storage["cookies"])
    person.page.route("https://**", lambda route: route.fulfill(body="cuaca"))
    person.page.locator("#keluar").click()
    expect(person.page.get_by_text("cuaca")).to_be_visible()
    person.page.goto(f"{town.gateway}/")
    expect(person.page.get_by_text("bayar ga")).to_have_count(0)


def test_a_message_shown_as_typed_never_runs(town: Town, browser: Browser) -> None:
    officer = DeskOfficer.joins(browser, town.desk, town.invites())
    person = PhonePerson.picks_up(browser, town.gateway, "bu-wati")
    nasty = '<img src=x onerror="document.title=1"> tetangga bawa parang'

    person.writes(nasty)
    person.reads("110")
    officer.hears_the_alarm()
    officer.opens_the_most_urgent()

    officer.sees(nasty)
    assert 0 == officer.page.locator("#transkrip img").count()
    officer.takes_over()  # the office is shared by the tests of this module: leave no bell ringing
