"""An outcomes room: what it is about, which cards it shows, statements to begin with, and links to it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from commissioning.core.readability import Reading, read
from commissioning.core.rooms import KINDS, LONGEST_WORDS, Kind
from commissioning.models import MeasureCard, Room, RoomCard
from commissioning.models.rooms import LONGEST_QUESTION, LONGEST_TITLE
from commissioning.services.room_links import MOST_AT_ONCE

from .cases import long_text
from .drafts import DraftForm
from .layouts import Choice, DateField, Field, Fixed, Fluid, Helper, Size, helper
from .texts import line

USUAL_DAYS = 28
PLAIN = "In plain words: short sentences, as you would speak to a child of ten"


def hard_to_read(*texts: str) -> tuple[str, ...]:
    """Say what of texts for service users is too hard to read; nothing where they are easy."""
    reading: Reading = read("\n".join(texts))
    return reading.faults


class RoomForm(DraftForm):
    """What a room is about, until when, and which numbers are told."""

    title = line(
        "Title of the room", LONGEST_TITLE, f"{PLAIN}. For example: What helps you most?", required="Enter a title"
    )
    about = long_text(
        "What is it about?", f"{PLAIN}. Two or three sentences are enough", required="Say what it is about"
    )
    closes_on = DateField(label="Which is the last day to take part?", help_text="Four weeks is usual")
    least = forms.TypedChoiceField(
        label="Which is the smallest number of people that is told?",
        help_text="Smaller numbers are hidden, and the others are rounded to the nearest 5. It cannot be changed once "
        "people take part",
        choices=[Choice(value, words) for value, words in Room.Least.choices],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a number", "invalid_choice": "Choose a number from the list"},
    )

    @staticmethod
    def shown(row: Room) -> Mapping[str, str]:
        day = row.closes_on
        return {
            "title": row.title,
            "about": row.about,
            "closes_on": f"{day.day} {day.month} {day.year}",
            "least": str(row.least),
        }

    def lay_out(self) -> Helper:
        if self.row is None:
            self.initial.setdefault("closes_on", timezone.localdate() + timedelta(days=USUAL_DAYS))
            self.initial.setdefault("least", Room.Least.TEN.value)
        return helper(
            Field.text("title", field_width=Fluid.TWO_THIRDS),
            Field.textarea("about", rows=4),
            Field("closes_on"),
            Field.radios("least", inline=True),
            submit="Save the room",
        )


class CardForm(DraftForm):
    """A measure in plain words."""

    title = line("Title", LONGEST_TITLE, f"{PLAIN}. For example: You have a job", required="Enter a title")
    question = line(
        "Question",
        LONGEST_QUESTION,
        f"{PLAIN}. For example: We would look if you still work after six months. What do you think of that?",
        required="Enter the question",
    )

    def lay_out(self) -> Helper:
        return helper(
            Field.text("title", field_width=Fluid.TWO_THIRDS),
            Field.textarea("question", rows=3),
            submit="Save the card",
        )

    @staticmethod
    def shown(row: RoomCard) -> Mapping[str, str]:
        return {"title": row.title, "question": row.question}


class NewCardForm(CardForm):
    """Which measure is shown, and in which words."""

    measure = forms.ChoiceField(
        label="Which measure?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a measure", "invalid_choice": "Choose a measure from the list"},
    )

    def __init__(self, *args: Any, measures: Sequence[MeasureCard], **kwargs: Any) -> None:
        self.measures = measures
        super().__init__(*args, **kwargs)
        field = self.fields["measure"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [Choice(str(each.pk), each.name) for each in measures]

    def lay_out(self) -> Helper:
        made = super().lay_out()
        made.layout.fields.insert(0, Field.radios("measure", legend_size=Size.SMALL))
        return made

    def clean_measure(self) -> MeasureCard:
        return next(each for each in self.measures if str(each.pk) == self.cleaned_data["measure"])

    def again(self) -> dict[str, Any]:
        return {"measures": self.measures}


class SeedForm(forms.Form):
    """Statements that the commissioner puts in to begin with."""

    texts = forms.CharField(
        label="Which statements do you put in?",
        help_text=f"One to a line, each with at most {LONGEST_WORDS} characters. {PLAIN}. Put in such as people would "
        "say, for and against",
        max_length=20_000,
        widget=forms.Textarea,
        error_messages={
            "required": "Write at least one statement",
            "null_characters_not_allowed": "Remove the null characters",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.textarea("texts", rows=8), submit="Put them in")

    def clean_texts(self) -> list[str]:
        texts = [text.strip() for text in self.cleaned_data["texts"].splitlines() if text.strip()]
        long = next((text for text in texts if len(text) > LONGEST_WORDS), "")
        if long:
            raise forms.ValidationError(f"Use at most {LONGEST_WORDS} characters: “{long[:40]}…” has {len(long)}")
        return texts


def _kind() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Who takes part by it?",
        choices=[Choice(kind.value, words) for kind, words in KINDS.items()],
        initial=Kind.SERVICE_USER.value,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who takes part", "invalid_choice": "Choose from the list"},
    )


USES = {
    "many": (
        "One link that many people share",
        "For a poster or a newsletter. Each gets a link of their own at the start",
    ),
    "personal": ("Links for one person each", "To hand out or to send. Nobody can tell who used which"),
    "facilitator": (
        "A link for somebody who writes for others",
        "An advocate or a worker, who notes that the other person agreed",
    ),
}


class LinkForm(forms.Form):
    """For whom a link is, how it is used, and how long it works."""

    kind = _kind()
    use = forms.ChoiceField(
        label="How is it used?",
        choices=[Choice(value, words, hint=hint) for value, (words, hint) in USES.items()],
        initial="many",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is used", "invalid_choice": "Choose from the list"},
    )
    count = forms.IntegerField(
        label="How many links for one person each?",
        help_text=f"At most {MOST_AT_ONCE} at a time. Leave it at 1 for the other uses",
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        min_value=1,
        max_value=MOST_AT_ONCE,
        error_messages={
            "required": "Enter how many",
            "invalid": "Enter a whole number",
            "min_value": "Make at least 1 link",
            "max_value": f"Make at most {MOST_AT_ONCE} links at a time",
        },
    )
    label = line(
        "Where will it be used?",
        120,
        "For your own list, such as “Poster in the job centre”. Name no person",
        required="",
    )
    expires_on = DateField(label="Which is the last day on which somebody can begin by it?")

    def __init__(self, *args: Any, room: Room, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["expires_on"] = room.closes_on
        self.helper = helper(
            Field.radios("kind", legend_size=Size.SMALL),
            Field.radios("use", legend_size=Size.SMALL),
            Field.text("count", field_width=Fixed.THREE),
            Field.text("label", field_width=Fluid.TWO_THIRDS),
            Field("expires_on"),
            submit="Make it",
        )


class InviteForm(forms.Form):
    """Which provider with an account may take part."""

    name = line(
        "Name of the provider’s organisation",  # noqa: RUF001
        200,
        "Exactly as it stands on its page here. Whoever writes bids for it can then take part signed in, once. What it "
        "says is kept without its name",
        required="Enter the name of the organisation",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper(Field.text("name", field_width=Fluid.TWO_THIRDS), submit="Invite it")


class EnterForm(forms.Form):
    """For whom a member of the authority writes, and that they agreed."""

    kind = _kind()
    has_consent = forms.BooleanField(
        label="They know what it is for, and agreed that I write for them",
        error_messages={"required": "Ask them first, then tick the box"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].label = "For whom do you write?"
        self.helper = helper(Field.radios("kind", legend_size=Size.SMALL), "has_consent", submit="Start")
