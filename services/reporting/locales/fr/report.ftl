# En-têtes du rapport sur les demandes de stage
column-reference = Référence
column-placing-agency = Organisme demandeur
column-program = Programme
column-receiving-agency = Organisme receveur
column-site = Site
column-service = Service
column-destination = Destination
column-start-date = Début
column-end-date = Fin
column-student-count = Étudiants
column-state = État
column-sent-time = Envoyée le
column-answered-time = Réponse le
column-confirmed-time = Confirmée le
column-answer-delay-days = Délai de réponse (jours)
column-confirmation-delay-days = Délai de confirmation (jours)
column-reason-code = Raison
column-placement-request-id = Identifiant

# États
state-draft = Nouvelle
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
