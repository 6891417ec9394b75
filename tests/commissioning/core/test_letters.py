"""The words of our e-mails."""

from commissioning.core import letters


def test_an_invitation_says_who_where_what_and_how_long():
    letter = letters.invitation(
        organisation="Anytown Council", role="Editor", invited_by="Bob", link="https://x.example/join/1", days=7
    )

    assert letter.subject == "Join Anytown Council on PbR Workbench"
    assert "Bob has invited you to join Anytown Council on PbR Workbench, as editor." in letter.body
    assert "https://x.example/join/1" in letter.body
    assert "7 days" in letter.body


def test_an_invitation_by_nobody_in_particular_still_reads_well():
    letter = letters.invitation(organisation="Anytown Council", role="Approver", invited_by="", link="/", days=7)

    assert "You are invited to join Anytown Council" in letter.body


def test_the_end_of_a_run_is_told_with_its_state_and_its_address():
    finished = letters.run_ended(programme="Back to work", succeeded=True, link="https://x.example/runs/1/")
    failed = letters.run_ended(programme="Back\nto work", succeeded=False, link="https://x.example/runs/1/")

    assert finished.subject == "Your run of Back to work has finished"
    assert "Its result is here:\n\nhttps://x.example/runs/1/" in finished.body
    assert failed.subject == "Your run of Back to work failed"
    assert "What happened, and what you can do, is here" in failed.body
