//! The process shell: configuration, telemetry, lifecycle, gRPC server and client, database, authentication, health.
