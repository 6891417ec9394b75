"""How an authority is named in its notices."""

from django import forms

from commissioning.models import AuthorityDetails
from commissioning.models.procurements import PREFIX

from .accounts import EMAIL_SHAPE
from .drafts import DraftForm
from .layouts import Choice, Field, Fieldset, Fixed, Fluid, Helper, Size, helper
from .texts import line


class AuthorityDetailsForm(DraftForm):
    """Name, address and contact of an authority, as the regulations ask for them."""

    scheme = line("Which register is your identifier from?", 20, "For example GB-LAE, GB-LAS or GB-COH")
    identifier = line("Your identifier in it", 50, "As org-id.guide or Find a Tender has it")
    type = forms.ChoiceField(
        label="What kind of authority are you?",
        required=False,
        choices=[*(Choice(value, label) for value, label in AuthorityDetails.Type.choices), Choice("", "Not said yet")],
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": "Choose a kind from the list"},
    )
    street = line("Building and street", 200)
    locality = line("Town or city", 100)
    postcode = line("Postcode", 10)
    region = line("Code of your area", 10, "NUTS or ITL, such as UKI71")
    contact = line("Whom should people ask?", 200, "A team or a post is better than a name: notices stay public")
    email = forms.EmailField(label="E-mail address", required=False, error_messages={"invalid": EMAIL_SHAPE})
    telephone = line("Telephone", 40)
    website = forms.URLField(
        label="Web address",
        required=False,
        max_length=200,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "spellcheck": "false"}),
        error_messages={"invalid": "Enter a web address, like https://www.anytown.gov.uk"},
    )
    ocid_prefix = line(
        "Your OCDS prefix",
        11,
        "Open Contracting gives one to every publisher. Without it, data files carry the prefix for examples.",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["ocid_prefix"].validators.append(PREFIX)

    def lay_out(self) -> Helper:
        return helper(
            Fieldset(
                Field.text("scheme", field_width=Fixed.TEN),
                Field.text("identifier", field_width=Fixed.TWENTY),
                Field.radios("type", legend_size=Size.SMALL),
                legend="Who you are",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field.text("street", field_width=Fluid.TWO_THIRDS),
                Field.text("locality", field_width=Fluid.ONE_HALF),
                Field.text("postcode", field_width=Fixed.TEN),
                Field.text("region", field_width=Fixed.TEN),
                legend="Where you are",
                legend_size=Size.MEDIUM,
            ),
            Fieldset(
                Field.text("contact", field_width=Fluid.TWO_THIRDS),
                Field.text("email", field_width=Fluid.TWO_THIRDS),
                Field.text("telephone", field_width=Fixed.TWENTY),
                Field.text("website", field_width=Fluid.TWO_THIRDS),
                legend="How to reach you",
                legend_size=Size.MEDIUM,
            ),
            Field.text("ocid_prefix", field_width=Fixed.TEN),
            submit="Save the details",
        )

    def clean(self) -> dict[str, object]:
        scheme, identifier = self.cleaned_data.get("scheme"), self.cleaned_data.get("identifier")
        if identifier and not scheme:
            self.add_error("scheme", "Enter the register that the identifier is from")
        if scheme and not identifier:
            self.add_error("identifier", "Enter your identifier in that register")
        return self.cleaned_data
