# One image for web, worker, scheduler and migration; docker-compose.yml says what each of them runs.

FROM node:20-bookworm-slim AS front-end
WORKDIR /app
COPY .npmrc package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund --omit=dev

FROM python:3.11-slim-bookworm AS assets
WORKDIR /app
COPY --from=front-end /app/node_modules node_modules
COPY tools/assets.py tools/assets.py
RUN python tools/assets.py

FROM python:3.11-slim-bookworm AS packages
COPY requirements.txt /tmp/requirements.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin hccp
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    APP_MODE=production DATA_DIR=/app/var MEDIA_ROOT=/app/var/media
COPY --from=packages /opt/venv /opt/venv
COPY . .
COPY --from=assets /app/static/vendor static/vendor
# The variables open nothing: production refuses to start without them, even to gather static files.
RUN SECRET_KEY=build DATABASE_URL=sqlite://:memory: CELERY_BROKER_URL=memory:// \
        CACHE_URL=redis://127.0.0.1:1/0 EMAIL_URL=smtp://127.0.0.1:1 ALLOWED_HOSTS=build.example \
        BASE_URL=https://build.example python manage.py collectstatic --noinput \
    && mkdir -p /app/var/media \
    && mkdir -m 700 -p /app/var/keys \
    && chown -R hccp /app/var
USER hccp
EXPOSE 8000
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", \
     "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/tmp", "--no-control-socket"]
