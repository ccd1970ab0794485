# The portal in a container: packages are built in one stage, and only what runs goes into the other.
FROM python:3.11-slim-bookworm AS packages
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin kakehashi \
 && install -d -o kakehashi -g kakehashi /data /static
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
WORKDIR /app
COPY --from=packages /opt/venv /opt/venv
COPY . .
# A throw-away folder and key for both commands: nothing of the build's data, above all no key, may stay in the image.
RUN export DATA_DIR=/tmp/build STATIC_ROOT=/static SECRET_KEY=only-while-building \
 && python manage.py compile_translations && python manage.py collectstatic --no-input \
 && rm -rf /tmp/build && chown -R kakehashi:kakehashi /static
ENV STATIC_ROOT=/static
USER kakehashi
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s --retries=4 \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/readyz', headers={'Host': 'localhost'}), timeout=4)"]
CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "8", "--worker-class", "gthread", "--graceful-timeout", "20", "--log-level", "warning", "--no-control-socket"]
