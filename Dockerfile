# The operator's image for those who have Docker: the same packages on a Debian base.
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv --without-pip /opt/onair
COPY requirements.lock requirements-run.lock ./
RUN pip --python /opt/onair/bin/python install --no-cache-dir --no-compile --no-deps \
    --require-hashes --requirement requirements-run.lock
# What builds the wheel is locked as well; it stays in this stage.
RUN pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock
COPY pyproject.toml README.md ./
COPY operator operator
RUN pip wheel --no-cache-dir --no-deps --no-build-isolation --wheel-dir /wheel .
RUN pip --python /opt/onair/bin/python install --no-cache-dir --no-compile --no-deps /wheel/*.whl

FROM python:3.11-slim
COPY --from=build /opt/onair /opt/onair
# The base image comes without bytecode: a read-only root would compile its modules at every start.
RUN python -m compileall -q -j 0 --invalidation-mode unchecked-hash \
    /usr/local/lib/python3.11 /opt/onair
ENV PATH=/opt/onair/bin:$PATH
USER 65532:65532
WORKDIR /
ENTRYPOINT ["onair"]
