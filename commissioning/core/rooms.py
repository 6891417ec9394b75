"""The words of an outcomes room: who takes part, what they say to a card or a statement, and what comes of it."""

import hashlib
from enum import StrEnum

#: A theme is shown in public when so many stand behind it.
COMPANY = 5
LONGEST_WORDS = 300
#: What a secret of a link is made of: no letter that is easily taken for another, because people copy it from paper.
ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
SECRET_LENGTH, GROUP = 28, 4
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": None, " ": None})


class Kind(StrEnum):
    """Who takes part: this, and nothing else, is known of them."""

    SERVICE_USER = "service_user"
    ADVOCATE = "advocate"
    FRONTLINE_WORKER = "frontline_worker"
    INVESTOR = "investor"
    PROVIDER = "provider"


KINDS = {
    Kind.SERVICE_USER: "Service users",
    Kind.ADVOCATE: "Advocates",
    Kind.FRONTLINE_WORKER: "Frontline workers",
    Kind.INVESTOR: "Investors",
    Kind.PROVIDER: "Providers",
}
ONE_OF = {
    Kind.SERVICE_USER: "A service user",
    Kind.ADVOCATE: "An advocate",
    Kind.FRONTLINE_WORKER: "A frontline worker",
    Kind.INVESTOR: "An investor",
    Kind.PROVIDER: "A provider",
}

#: What one can say to a card: each by itself, yes or not.
REACTIONS = {
    "is_important": "This is important to me",
    "is_fair": "This is a fair way to check",
    "could_be_fiddled": "People could cheat with this",
    "too_much_paperwork": "This means too many forms",
}


class Choice(StrEnum):
    """What one says to a statement."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PASS = "pass"


CHOICES = {Choice.AGREE: "Agree", Choice.DISAGREE: "Disagree", Choice.PASS: "Not sure"}


class Sort(StrEnum):
    """What somebody's own words are."""

    OUTCOME = "outcome"
    SOONER = "sooner"
    STATEMENT = "statement"


SORTS = {Sort.OUTCOME: "An outcome", Sort.SOONER: "What would help sooner", Sort.STATEMENT: "A statement"}
QUESTIONS = {
    Sort.OUTCOME: "What would be a good result for you?",
    Sort.SOONER: "What would help you sooner?",
    Sort.STATEMENT: "Is there anything else you want to say?",
}
EXAMPLES = {
    Sort.OUTCOME: "Tell us what would be better in your life. For example: “I feel safe at home.”",
    Sort.SOONER: "Tell us what would help you now, or what came too late. For example: “One person to call.”",
    Sort.STATEMENT: "Write one short thing. Other people can then say if they agree.",
}


class Reason(StrEnum):
    """Why a statement is hidden."""

    NAMES = "names"
    UNKIND = "unkind"
    ELSEWHERE = "elsewhere"
    TWICE = "twice"
    UNLAWFUL = "unlawful"


REASONS = {
    Reason.NAMES: "it could show who somebody is",
    Reason.UNKIND: "it is unkind about a person or a group",
    Reason.ELSEWHERE: "it is about something else",
    Reason.TWICE: "it says the same as another one here",
    Reason.UNLAWFUL: "the law does not allow us to show it",
}


class Decision(StrEnum):
    """What came of a statement."""

    ADOPTED = "adopted"
    ADAPTED = "adapted"
    NOT_ADOPTED = "not_adopted"


DECISIONS = {
    Decision.ADOPTED: "Adopted",
    Decision.ADAPTED: "Adapted",
    Decision.NOT_ADOPTED: "Not adopted",
}
#: The same to whoever wrote it.
TO_AUTHOR = {
    Decision.ADOPTED: "Yes, we will do this.",
    Decision.ADAPTED: "Yes, but in a new way.",
    Decision.NOT_ADOPTED: "No, we will not do this.",
}


def grouped(secret: str) -> str:
    """Write a secret so that it can be copied from paper: in groups, with dashes between."""
    return "-".join(secret[start : start + GROUP] for start in range(0, len(secret), GROUP))


def plain(secret: str) -> str:
    """Read a secret as somebody may have typed it: capitals, spaces, an o for a nought."""
    return secret.lower().translate(_MISREAD)


def link_hash(secret: str) -> str:
    """Give what is kept of a link's secret. It is long and random, so one plain hash is enough."""
    return hashlib.sha256(f"room link {plain(secret)}".encode()).hexdigest()


def participant_hash(secret: str) -> str:
    """Give what is kept of a participant's secret: it cannot be worked out from a link's."""
    return hashlib.sha256(f"room participant {plain(secret)}".encode()).hexdigest()
