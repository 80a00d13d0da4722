# Les états, tels que chaque partie les appelle.
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
state-deleted = Supprimée

# Leurs étiquettes courtes.
label-draft = Nouvelle
label-held = Retenue
label-sent = Envoyée
label-sent-offline = Envoyée-P
label-pending = En attente
label-redirected = Réacheminée
label-redirected-offline = Réacheminée-P
label-redirected-automatically = Réacheminée auto
label-accepted-to-ratify = Acceptée (destination), à ratifier
label-declined-to-ratify = Refusée (destination), à ratifier
label-accepted = Acceptée
label-declined = Refusée
label-accepted-by-agency = Acceptée (organisme)
label-declined-by-agency = Refusée (organisme)
label-confirmed = Confirmée
label-cancelled = Annulée
label-deleted = Supprimée

# Les rôles.
role-placing-coordinator = Coordonnateur demandeur (CD)
role-course-leader = Responsable de cours
role-instructor = Enseignant
role-student-administrator = Administrateur des étudiants
role-staff-administrator = Administrateur du personnel
role-student = Étudiant
role-receiving-coordinator = Coordonnateur receveur (CR)
role-destination-coordinator = Agent de destination (AD)
role-destination-monitor = Observateur de destination
role-supervisor = Superviseur
role-provincial-lead = Organisme responsable provincial
role-operator = Exploitant

# Les niveaux.
level-viewer = Consultation
level-regular = Utilisateur régulier
level-local-administrator = Administrateur local

# Ce qu'il est possible de faire d'une demande.
action-update = Modifier
action-delete = Supprimer
action-send = Envoyer
action-redirect = Réacheminer
action-answer-at-destination = Répondre à la destination
action-answer-for-agency = Répondre pour l'organisme
action-confirm = Confirmer
action-cancel = Annuler la demande
action-reactivate = Réactiver
action-postpone = Reporter
action-change-dates = Changer les dates
action-change-destination = Changer la destination
action-comment = Commenter

# Ce qui a été fait, dans l'historique.
history-drafted = Brouillon créé
history-updated = Brouillon modifié
history-deleted = Supprimée
history-held = Retenue jusqu’à la date de diffusion
history-sent = Envoyée
history-sent-offline = Envoyée à un organisme hors Tandem
history-redirected = Réacheminée à la destination
history-redirected-offline = Réacheminée par courriel, avec un lien
history-redirected-automatically = Réacheminée automatiquement
history-accepted-by-destination = Acceptée par la destination
history-declined-by-destination = Refusée par la destination
history-accepted = Acceptée par l’organisme
history-declined = Refusée par l’organisme
history-confirmed = Confirmée
history-cancelled = Annulée
history-reactivated = Réactivée
history-postponed = Reportée
history-dates-changed = Dates modifiées
history-destination-changed = Destination changée
history-commented = Commentaire

# Les sortes de stage.
kind-individual = Individuel
kind-group = Groupe
kind-observation = Observation

# Les jours de la semaine, et le quart.
weekday-monday = lun.
weekday-tuesday = mar.
weekday-wednesday = mer.
weekday-thursday = jeu.
weekday-friday = ven.
weekday-saturday = sam.
weekday-sunday = dim.
weekday-various = jours variables
shift = quart
