//! What tests stand on: private PostgreSQL and RabbitMQ, database per test, mail sink, fake clock, OTLP receiver.
