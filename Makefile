# Every command. `make run` and `make test` need nothing but Debian or Ubuntu and a Rust toolchain.
.PHONY: help run run-split test check fmt prepare loadtest screenshots audit contract-fuzz charts test-cluster images test-images dependencies

# One set of packages in every build, so that features unify once and nothing is built twice.
BIN = $(or $(CARGO_TARGET_DIR),target)/debug

help: ## Shows this list.
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: dependencies ## Builds and starts Tandem in one process, with the demonstration province.
	cargo build --workspace --bins
	$(BIN)/tandem run --demo

run-split: dependencies ## The same with each service as a process of its own and RabbitMQ between them.
	cargo build --workspace --bins
	$(BIN)/tandem run --demo --split

test: dependencies ## Runs every test, on servers of its own.
	scripts/test

check: dependencies ## The checks of the code base: format, third-party code, contracts, lints, SQL, its own rules, reports, charts.
	scripts/check

fmt: ## Formats everything.
	cargo fmt --all

prepare: dependencies ## Checks every SQL statement against a real schema, and records it for builds without one.
	scripts/prepare

loadtest: dependencies ## Measures the main job beside the raw limit; `scripts/loadtest pages` measures every page.
	scripts/loadtest

screenshots: dependencies ## Makes the pictures in docs/screenshots anew, with the demonstration.
	scripts/screenshots

audit: dependencies ## Lets Lighthouse look at the pages, with the demonstration; fails below 98.
	scripts/audit

contract-fuzz: dependencies ## Validates the OpenAPI document, works with a client made of it, and calls every method by it.
	scripts/contract-fuzz

charts: ## Renders the charts' examples anew, and tests the charts.
	charts/tests/run --examples
	charts/tests/run

test-cluster: ## Installs the charts into a real cluster: the one in TANDEM_TEST_KUBECONFIG, or a test bed.
	scripts/test-cluster

images: ## Builds every image with Docker, Podman or Buildah, and a bill of materials for each.
	scripts/images

test-images: dependencies ## Starts every image from built binaries as a cluster would, and replaces all under load.
	scripts/test-images

dependencies:
	@scripts/dependencies
