# The server and the seeder in one small image. Built with BuildKit, Docker's default builder:
#   docker build --tag hoinghi .

ARG RUST_VERSION=1.95
ARG DEBIAN=bookworm

FROM rust:${RUST_VERSION}-slim-${DEBIAN} AS build
WORKDIR /build
COPY . .
# What was downloaded and compiled stays in caches between builds, so that a change of ours compiles only us; what goes
# into the next stage has to be copied out of them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/build/target \
    cargo build --release --locked --bin hoinghi --bin seed \
    && mkdir /out \
    && cp target/release/hoinghi target/release/seed /out/

FROM debian:${DEBIAN}-slim
# Certificates, for a PostgreSQL that is reached over TLS.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends ca-certificates \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin hoinghi
COPY --from=build /out/ /usr/local/bin/
# The seeder and the server look for seeds/ where they are started.
WORKDIR /srv/hoinghi
COPY seeds/ seeds/
USER hoinghi
ENV LISTEN_ADDR=0.0.0.0:8000
EXPOSE 8000
CMD ["hoinghi"]
