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
