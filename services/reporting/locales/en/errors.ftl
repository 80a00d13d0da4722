unknown-state = That is not a state of a placement request.
