//! Agencies, sites, services, destinations, programs, courses, terms, placement types, reasons.
