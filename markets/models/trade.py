"""Who holds which public contract, and who received which grant, as published."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from commissioning.models import Organisation

from .providers import money


class Contract(models.Model):
    """One supplier's part of one award. Brought in by whoever runs this copy for all, or by an authority for itself."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    ocid = models.CharField("contracting process", max_length=120)
    award = models.CharField("award", max_length=160)
    supplier_key = models.CharField("supplier, as this award names it", max_length=300)
    released_at = models.DateTimeField("published at")
    buyer = models.CharField("buyer", max_length=300, blank=True)
    title = models.CharField("title", max_length=500, blank=True)
    cpv = models.CharField("CPV codes, with spaces between", max_length=400, blank=True)
    places = models.CharField("where, as published", max_length=400, blank=True)
    lots = models.CharField("lots", max_length=400, blank=True)
    supplier = models.CharField("supplier", max_length=300, blank=True)
    supplier_org_id = models.CharField("supplier's official number with its scheme", max_length=60, blank=True)
    suppliers = models.PositiveSmallIntegerField("suppliers that share the award")
    # Of an award to several the published total is shared equally: an assumption that pages must say.
    value = money("this supplier's part of the value")
    currency = models.CharField("currency", max_length=3, blank=True)
    awarded_on = models.DateField("awarded on", null=True, blank=True)
    starts_on = models.DateField("starts on", null=True, blank=True)
    ends_on = models.DateField("ends on", null=True, blank=True)

    class Meta:
        ordering = ["-awarded_on", "id"]
        indexes = [
            models.Index(name="contract_by_supplier", fields=["supplier_org_id"], condition=~Q(supplier_org_id=""))
        ]
        constraints = [
            models.UniqueConstraint(
                name="contract_once",
                fields=["organisation", "ocid", "award", "supplier_key"],
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return self.title or self.ocid


class Grant(models.Model):
    """One grant in the 360Giving standard; these are the grants that funders chose to publish, never all."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, null=True, related_name="+")
    identifier = models.CharField("identifier", max_length=200)
    title = models.CharField("title", max_length=500, blank=True)
    funder = models.CharField("funder", max_length=300, blank=True)
    funder_org_id = models.CharField("funder's official number with its scheme", max_length=60, blank=True)
    recipient = models.CharField("recipient", max_length=300, blank=True)
    recipient_org_id = models.CharField("recipient's official number with its scheme", max_length=60, blank=True)
    amount = money("amount awarded")
    currency = models.CharField("currency", max_length=3)
    awarded_on = models.DateField("awarded on")
    starts_on = models.DateField("starts on", null=True, blank=True)
    ends_on = models.DateField("ends on", null=True, blank=True)

    class Meta:
        ordering = ["-awarded_on", "id"]
        indexes = [
            models.Index(name="grant_by_recipient", fields=["recipient_org_id"], condition=~Q(recipient_org_id=""))
        ]
        constraints = [
            models.UniqueConstraint(name="grant_once", fields=["organisation", "identifier"], nulls_distinct=False)
        ]

    def __str__(self) -> str:
        return self.title or self.identifier
