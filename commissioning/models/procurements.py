"""What notices say beside the programme: who the authority is, and what it means to buy, when."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from commissioning.core import procurement_notices as core

from .limits import MOST_POUNDS
from .people import Organisation
from .programmes import Programme

LONGEST_TEXT = 10_000
PREFIX = RegexValidator(r"^ocds-[a-z0-9]{6}\Z", "Enter the prefix as it was given to you, like ocds-abc123")


class AuthorityDetails(models.Model):
    """How an authority is named in notices (Procurement Regulations 2024, regulation 13). Empty is not said yet."""

    class Type(models.TextChoices):
        CENTRAL = core.AuthorityType.CENTRAL.value, "Central government"
        SUB_CENTRAL = core.AuthorityType.SUB_CENTRAL.value, "A council or another public body"
        UNDERTAKING = core.AuthorityType.UNDERTAKING.value, "A public undertaking"

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="authority_details"
    )
    scheme = models.CharField("register of the identifier", max_length=20, blank=True)
    identifier = models.CharField("identifier", max_length=50, blank=True)
    type = models.CharField("kind of authority", max_length=50, choices=Type.choices, blank=True)
    street = models.CharField("street", max_length=200, blank=True)
    locality = models.CharField("town or city", max_length=100, blank=True)
    postcode = models.CharField("postcode", max_length=10, blank=True)
    region = models.CharField("code of its area", max_length=10, blank=True)
    contact = models.CharField("whom to ask", max_length=200, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    telephone = models.CharField("telephone", max_length=40, blank=True)
    website = models.URLField("web address", blank=True)
    ocid_prefix = models.CharField("OCDS prefix", max_length=11, blank=True, validators=[PREFIX])

    class Meta:
        verbose_name_plural = "authority details"
        constraints = [
            models.CheckConstraint(
                name="authority_identifier_has_its_register",
                condition=Q(scheme="", identifier="") | ~Q(scheme="") & ~Q(identifier=""),
                violation_error_message="Give an identifier with its register, or neither",
            ),
            models.CheckConstraint(
                name="authority_type_is_known", condition=Q(type__in=["", *map(str, core.AuthorityType)])
            ),
        ]

    def __str__(self) -> str:
        return f"Details of {self.organisation}"

    def to_core(self) -> core.Authority:
        return core.Authority(
            name=self.organisation.name,
            scheme=self.scheme,
            identifier=self.identifier,
            type=core.AuthorityType(self.type) if self.type else None,
            street=self.street,
            locality=self.locality,
            postcode=self.postcode,
            region=self.region,
            contact=self.contact,
            email=self.email,
            telephone=self.telephone,
            website=self.website,
        )


class Procurement(models.Model):
    """What a programme's authority means to buy, and when, as its notices say it. Empty is not said yet."""

    programme = models.OneToOneField(Programme, on_delete=models.CASCADE, primary_key=True, related_name="procurement")
    reference = models.CharField("reference", max_length=50, blank=True)
    description = models.TextField("what is to be bought", max_length=LONGEST_TEXT, blank=True)
    codes = models.TextField("CPV codes", max_length=LONGEST_TEXT, blank=True)
    region = models.CharField("code of the area", max_length=10, blank=True)
    value = models.DecimalField("value without VAT", max_digits=15, decimal_places=2, null=True, blank=True)
    value_with_vat = models.DecimalField("value with VAT", max_digits=15, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField("first day of the contract", null=True, blank=True)
    ends_on = models.DateField("last day of the contract", null=True, blank=True)
    tender_notice_on = models.DateField("day of the tender notice", null=True, blank=True)
    award_on = models.DateField("day of the award", null=True, blank=True)
    suits_small = models.BooleanField("suits small and medium-sized enterprises", null=True, blank=True)
    suits_voluntary = models.BooleanField("suits voluntary organisations", null=True, blank=True)

    class Meta:
        constraints = [
            *(
                models.CheckConstraint(
                    name=f"procurement_{field}_within_limits",
                    condition=Q(**{field: None}) | Q(**{f"{field}__gte": 0, f"{field}__lte": MOST_POUNDS}),
                )
                for field in ("value", "value_with_vat")
            ),
            *(
                models.CheckConstraint(
                    name=f"procurement_{later}_not_before_{earlier}",
                    condition=Q(**{later: None}) | Q(**{earlier: None}) | Q(**{f"{later}__gte": F(earlier)}),
                    violation_error_message=message,
                )
                for earlier, later, message in (
                    ("starts_on", "ends_on", "The contract cannot end before it starts"),
                    ("tender_notice_on", "award_on", "The award cannot come before the tender notice"),
                    ("award_on", "starts_on", "The contract cannot start before the award"),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"Procurement of {self.programme}"

    def to_core(self) -> core.Subject:
        return core.Subject(
            title=self.programme.name,
            reference=self.reference,
            description=self.description,
            codes=core.read_codes(self.codes),
            region=self.region,
            value=self.value,
            value_with_vat=self.value_with_vat,
            starts=self.starts_on,
            ends=self.ends_on,
            suits_small=self.suits_small,
            suits_voluntary=self.suits_voluntary,
        )
