"""What is bought and by whom; also the project's plumbing."""

import os

# Many small matrices, and one process for each core: threads of the linear algebra library would only be in the way.
# It has to be said before anything loads NumPy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from .celery import app as celery_app

__all__ = ["celery_app"]
