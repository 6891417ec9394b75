# One image for web, worker, scheduler and the one-shot preparation: docker-compose.yml says which is which.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1

# What reports as PDF are written with.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/*

RUN useradd --system --create-home --home-dir /srv/workbench --uid 10001 workbench
WORKDIR /srv/workbench/app

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt

COPY . .
# The key is for this step alone and stays out of the image: collecting static files signs nothing.
RUN mkdir -p var /srv/workbench/files \
 && SECRET_KEY=collecting python manage.py prepare --only static \
 && chown -R workbench var /srv/workbench/files

USER workbench
EXPOSE 8000
CMD ["gunicorn", "commissioning.wsgi", "--bind", "0.0.0.0:8000", "--workers", "2", "--threads", "4", "--no-control-socket"]
