//! The only door: REST, gRPC and gRPC-Web to the services.
