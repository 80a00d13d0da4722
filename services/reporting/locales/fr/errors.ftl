unknown-state = Ce n'est pas un état d'une demande de stage.
