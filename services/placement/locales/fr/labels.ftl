# Les étiquettes d'état, selon la colonne de la personne qui regarde.
state-new = Nouvelle
state-held = Retenue
state-sent = Envoyée
state-sent-offline = Envoyée-P
state-pending = En attente
state-redirected = Réacheminée
state-redirected-offline = Réacheminée-P
state-redirected-automatically = Réacheminée auto
state-accepted-to-ratify = Acceptée (destination), à ratifier
state-declined-to-ratify = Refusée (destination), à ratifier
state-accepted = Acceptée
state-declined = Refusée
state-accepted-by-agency = Acceptée (organisme)
state-declined-by-agency = Refusée (organisme)
state-confirmed = Confirmée
state-cancelled = Annulée
state-deleted = Supprimée
