"""An import: one file or several brought in by a worker under a lease, with its progress and its faults."""

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from commissioning.models import Organisation, User


class Import(models.Model):
    """What somebody brings in: it goes in whole, or nothing of it does. The row is the job; messages are hints."""

    class Source(models.TextChoices):
        CCEW = "ccew", "Charity Commission for England and Wales, register extract"
        OSCR = "oscr", "Scottish Charity Regulator, register"
        CCNI = "ccni", "Charity Commission for Northern Ireland, register"
        COMPANIES = "companies", "Companies House, community interest companies"
        CONTRACTS = "contracts", "Contracts Finder or Find a Tender, OCDS releases"
        GRANTS = "grants", "360Giving grants"
        OWN_LIST = "own_list", "Our own list of providers"

    class State(models.TextChoices):
        DRAFT = "draft", "Columns to be checked"
        QUEUED = "queued", "Waiting to start"
        RUNNING = "running", "Running"
        SUCCEEDED = "succeeded", "Finished"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField("source", max_length=12, choices=Source.choices)
    # None: brought in by whoever runs this copy, for all authorities.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="imports"
    )
    created_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    file_names = models.JSONField("names of the files", default=list)
    sha256 = models.CharField("fingerprint of the files", max_length=64, blank=True)
    columns = models.JSONField("which column of the file is which of ours", default=dict)

    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    message = models.TextField("why it failed, in plain words", blank=True)
    extract_date = models.DateField("the day that the source stands at", null=True, blank=True)
    bytes_total = models.PositiveBigIntegerField(default=0)
    bytes_done = models.PositiveBigIntegerField(default=0)
    rows_read = models.PositiveBigIntegerField(default=0)
    counts = models.JSONField("what became of the rows", default=dict)
    fault_count = models.PositiveIntegerField("rows left out because they are broken", default=0)

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(name="import_active", fields=["created_at"], condition=Q(state__in=["queued", "running"]))
        ]
        constraints = [
            models.CheckConstraint(
                name="import_finished_exactly_when_final",
                condition=Q(state__in=["draft", "queued", "running"], finished_at=None)
                | Q(state__in=["succeeded", "failed", "cancelled"], finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="import_lease_only_while_running",
                condition=Q(lease_token=None, lease_until=None)
                | Q(state="running", lease_token__isnull=False, lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="import_own_list_has_an_owner", condition=~Q(source="own_list") | Q(organisation__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.get_source_display()

    def get_absolute_url(self) -> str:
        return reverse("import-detail", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.state in ("queued", "running")


class ImportFile(models.Model):
    """One file of an import, kept until the import has ended. Its name stands with the import, in the same place."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="files")
    place = models.PositiveSmallIntegerField("its place among the names")
    file = models.FileField(upload_to="imports")

    class Meta:
        ordering = ["of", "place"]
        constraints = [models.UniqueConstraint(name="import_file_once_in_its_place", fields=["of", "place"])]

    def __str__(self) -> str:
        return f"File {self.place + 1} of import {self.of_id}"


class ImportFault(models.Model):
    """One row that could not be read: where it stands, and why."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="faults")
    file_name = models.CharField("file", max_length=200)
    line = models.PositiveBigIntegerField("line")
    reason = models.CharField("reason", max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.file_name}, line {self.line}: {self.reason}"
