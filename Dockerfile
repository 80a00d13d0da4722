# Every image of Tandem from one build stage. `make images` builds all of them with Docker, Podman or Buildah; one by hand:
#   docker build --build-arg COMPONENT=placement --tag tandem-placement .
# COMPONENT is identity, configuration, placement, notification, reporting, gateway, web, operator, or tandem for the
# administrator's command line.
# Another image to build in must be Debian 12 with cargo in its path, or the libraries would not be those of the binaries.
ARG BUILD_IMAGE=docker.io/library/rust:1.95-slim-bookworm
FROM ${BUILD_IMAGE} AS build
# npm for what the pages load in a browser, which the binary holds.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends gcc libc6-dev npm tzdata \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
ENV SQLX_OFFLINE=true
RUN cargo build --release --locked --bins $(scripts/rootfs --packages) \
    && scripts/rootfs target/release /rootfs \
    && rm -rf target

FROM scratch
ARG COMPONENT
ARG VERSION=0.1.0
ARG REVISION=unknown
COPY --from=build /rootfs/${COMPONENT}/ /
LABEL org.opencontainers.image.title="tandem-${COMPONENT}" \
      org.opencontainers.image.description="Tandem: an open network for clinical placements" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.licenses="Apache-2.0"
USER 65532:65532
ENTRYPOINT ["/entry"]
