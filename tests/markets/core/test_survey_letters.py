"""The words of the e-mails that ask providers."""

from markets.core.survey_letters import asking

USUAL = {
    "programme": "Help to\nwork",
    "authority": "Anytown\r\nCouncil",
    "link": "https://x/survey/s/",
    "until": "3 June 2026",
}


def test_it_asks_says_until_when_and_who_reads_what() -> None:
    letter = asking(**USUAL, is_reminder=False)

    assert letter.subject == "What would you put at risk for Help to work?"
    assert "https://x/survey/s/" in letter.body
    assert "until 3 June 2026" in letter.body
    assert "Anytown Council reads counts only" in letter.body
    assert "asked you before" not in letter.body


def test_a_reminder_says_that_its_link_takes_the_place_of_the_first() -> None:
    letter = asking(**USUAL, is_reminder=True)

    assert letter.subject == "Reminder: what would you put at risk for Help to work?"
    assert "takes the place of the first one" in letter.body
