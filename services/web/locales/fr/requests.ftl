## Boîte d’envoi et boîte de réception
requests-found = { $count ->
    [one] demande
   *[other] demandes
}
requests-file = Exporter (CSV)
requests-filters = Filtrer les demandes
requests-query = Recherche
requests-query-hint = Référence, école, programme, lieu
requests-period-label = Période
requests-period = Aujourd’hui et à venir
requests-period-coming = Sessions
requests-period-ended = Sessions passées
requests-period-past = Passé
requests-period-custom = Dates au choix…
requests-from = Du
requests-to = Au
requests-order = Trier par
requests-order-updated = Dernier changement
requests-order-start = Date de début
requests-order-reference = Référence
requests-only-overdue = En retard
requests-only-changed = Modifiées par d’autres
requests-only-closure = Touchées par une fermeture
requests-the-closure = La fermeture
requests-states = États
requests-more = Lieu et programme…
requests-more-legend = Lieu et programme
requests-all = Tous
requests-chosen = Choix de l’adresse
requests-apply = Appliquer
requests-clear = Effacer les filtres
requests-filter-errors = La liste ne peut pas être affichée ainsi ; corrigez les filtres.
requests-who = Qui
requests-where = Où
requests-when = Dates
requests-changed = modifiée
requests-closed = fermé
requests-overdue = en retard
requests-by = d’ici le
requests-waiting-mine = À vous
requests-waiting-placing-agency = École
requests-waiting-receiving-agency = Établissement
requests-waiting-destination = Destination
requests-pages = Pages de la liste
requests-first = Première page
requests-previous = Précédente
requests-next = Suivante
requests-rows = Lignes par page :
requests-none-fit = Aucune demande ne répond à ces filtres
requests-none-fit-next = Élargissez la période ou retirez un filtre.
requests-none-sent = Aucune demande pour l’instant
requests-none-sent-next = Créez votre première demande : Tandem vous montre où il y a de la place.
requests-none-received = Aucune demande pour l’instant
requests-none-received-next = Les demandes apparaissent ici dès qu’une école en envoie ou qu’on vous en réachemine une.
requests-see-past = Voir le passé
## Plusieurs demandes à la fois
requests-pick = Choisir { $subject }
requests-pick-all = Choisir toutes les demandes de la page
requests-picked = Choisies :
requests-bulk = Agir sur les demandes choisies
requests-bulk-title = Plusieurs demandes :
requests-bulk-send = Envoyer
requests-bulk-confirm = Confirmer
requests-bulk-delete = Supprimer les brouillons
requests-bulk-cancel = Annuler
requests-bulk-accept = Accepter
requests-bulk-decline = Refuser
requests-bulk-redirect = Réacheminer
requests-will-send = { $count ->
    [one] { $count } demande sera envoyée
   *[other] { $count } demandes seront envoyées
}
requests-will-confirm = { $count ->
    [one] { $count } demande sera confirmée
   *[other] { $count } demandes seront confirmées
}
requests-will-delete = { $count ->
    [one] { $count } brouillon sera supprimé
   *[other] { $count } brouillons seront supprimés
}
requests-will-cancel = { $count ->
    [one] { $count } demande sera annulée
   *[other] { $count } demandes seront annulées
}
requests-will-accept = { $count ->
    [one] { $count } demande sera acceptée
   *[other] { $count } demandes seront acceptées
}
requests-will-decline = { $count ->
    [one] { $count } demande sera refusée
   *[other] { $count } demandes seront refusées
}
requests-will-redirect = { $count ->
    [one] { $count } demande sera réacheminée
   *[other] { $count } demandes seront réacheminées
}
requests-then-send = Chaque demande part vers la coordination de l’établissement, ou attend sa date d’envoi commune si vous l’avez choisie.
requests-then-confirm = Votre école s’engage ; l’établissement voit ensuite les noms des étudiants et des enseignants.
requests-then-delete = Les brouillons disparaissent pour de bon.
requests-then-cancel = L’établissement est avisé et les étudiants sont libérés. Une demande annulée peut être réactivée avant la fin du stage.
requests-then-accept = La prochaine personne dont c’est le tour est avisée : la coordination pour une destination, l’école pour un établissement.
requests-then-decline = La raison est communiquée à la prochaine personne dont c’est le tour.
requests-then-redirect = Chaque demande va à la destination qu’elle nomme ; sans compte actif, la destination reçoit un lien de réponse par courriel.
requests-go-send = { $count ->
    [one] Envoyer la demande
   *[other] Envoyer les { $count } demandes
}
requests-go-confirm = { $count ->
    [one] Confirmer la demande
   *[other] Confirmer les { $count } demandes
}
requests-go-delete = { $count ->
    [one] Supprimer le brouillon
   *[other] Supprimer les { $count } brouillons
}
requests-go-cancel = { $count ->
    [one] Annuler la demande
   *[other] Annuler les { $count } demandes
}
requests-go-accept = { $count ->
    [one] Accepter la demande
   *[other] Accepter les { $count } demandes
}
requests-go-decline = { $count ->
    [one] Refuser la demande
   *[other] Refuser les { $count } demandes
}
requests-go-redirect = { $count ->
    [one] Réacheminer la demande
   *[other] Réacheminer les { $count } demandes
}
requests-not = Ne rien faire
requests-parts = Demandes concernées
requests-misfits = { $count ->
    [one] { $count } demande ne convient pas
   *[other] { $count } demandes ne conviennent pas
}
requests-misfits-tick = Cochez celles que vous acceptez malgré cela ; les autres restent telles quelles.
requests-left = { $count ->
    [one] { $count } demande laissée telle quelle
   *[other] { $count } demandes laissées telles quelles
}
requests-left-state = Cette action n’est pas possible dans l’état actuel de la demande.
requests-left-unit = La demande ne nomme aucune destination : réacheminez-la depuis sa page.
requests-why = Pourquoi
requests-reason = Raison
requests-reason-choose = Choisir une raison
requests-reason-missing = Choisissez une raison.
requests-comment = Commentaire
requests-comment-hint = Le même pour toutes les demandes.
requests-none-picked = Aucune demande choisie
requests-none-picked-next = Cochez au moins une demande dans la liste, puis choisissez une action.
requests-none-possible = Aucune des demandes choisies ne permet cette action.
requests-back = Retour à la liste
requests-done = { $count ->
    [one] { $count } demande : c’est fait.
   *[other] { $count } demandes : c’est fait.
}
requests-refused = { $count ->
    [one] { $count } demande n’a pas abouti.
   *[other] { $count } demandes n’ont pas abouti.
}
requests-refused-next = Les autres ne sont pas touchées par ces refus.
requests-results = Résultat de chaque demande
requests-result = Résultat
requests-progress = { $over } sur { $all } : en cours…
requests-progress-leave = Vous pouvez quitter cette page : le travail continue, et les résultats restent à cette adresse.
requests-result-waiting = à faire
requests-result-done = fait
requests-result-refused = refusé
requests-again = Reprendre les demandes refusées
## Colonnes
requests-column-reference = Référence
requests-column-state = État
requests-column-school = École
requests-column-program = Programme
requests-column-course = Cours
requests-column-agency = Établissement
requests-column-site = Site
requests-column-service = Service
requests-column-destination = Destination
requests-column-start = Début
requests-column-end = Fin
requests-column-students = Étudiants
requests-column-hours = Heures par étudiant
requests-column-days = Jours et quart
requests-column-kind = Forme du stage
requests-column-type = Type de stage
requests-column-comment = Commentaire de l’école
requests-column-reason = Raison de la réponse
requests-column-answer = Commentaire de la réponse
requests-column-placing-coordinator = Coordonnateur demandeur
requests-column-receiving-coordinator = Coordonnateur receveur
requests-column-destination-coordinator = Agent de destination
requests-column-waiting = À qui d’agir
requests-column-due = Échéance
requests-column-overdue = En retard
requests-column-changed = Modifiée par d’autres
requests-column-id = Identifiant
requests-yes = oui
