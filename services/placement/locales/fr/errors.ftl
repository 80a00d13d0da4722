# Une clé par code de raison que placement produit ; les textes communs se trouvent dans le châssis.
invalid-transition = Cette action n'est pas possible lorsque la demande est à l'état « { $from ->
        [DRAFT] Nouvelle
        [HELD] Retenue
        [SENT] Envoyée
        [SENT_OFFLINE] Envoyée-P
        [REDIRECTED] Réacheminée
        [REDIRECTED_OFFLINE] Réacheminée-P
        [REDIRECTED_AUTOMATICALLY] Réacheminée auto
        [ACCEPTED_BY_DESTINATION] Acceptée (destination)
        [DECLINED_BY_DESTINATION] Refusée (destination)
        [ACCEPTED] Acceptée
        [DECLINED] Refusée
        [CONFIRMED] Confirmée
        [CANCELLED] Annulée
       *[DELETED] Supprimée
    } ».
already-acted-on = Le milieu a déjà traité cette demande : annulez-la plutôt que de la supprimer.
not-quick-entry = Seul l'établissement d'enseignement peut confirmer sa propre demande.
placement-over = Ce stage est terminé ou se termine aujourd'hui ; la demande ne peut plus être réactivée.
not-yet-due = La date de diffusion de cette demande n'est pas encore arrivée.
draft-outdated = Des éléments de cette demande ont changé depuis sa rédaction ; corrigez-les avant de l'envoyer.
place-closed = Ce milieu est fermé du { $first } au { $last } et ne reçoit pas de demande pour ces dates.
does-not-fit = { $misfit ->
        [CLOSED] La destination est fermée certains des jours demandés.
        [GROUP_SIZE] Le groupe est plus grand que ceux que la destination accueille.
       *[CAPACITY] Il ne reste pas assez de places à la destination ces jours-là.
    } Acceptez malgré cela, en le disant, si c'est voulu.
unknown-reference = Cet élément n'existe pas.
inactive-reference = Cet élément n'est plus en usage.
mismatched-reference = Cet élément ne correspond pas aux autres choix de la demande.
type-not-valid-on-start = Ce type de stage n'est pas offert à la date de début.
start-in-past = La date de début est déjà passée.
period-too-long = Un stage dure au plus deux ans.
dates-unchanged = Ce sont déjà ses dates.
reason-to-shorten-required = Dites pourquoi : le stage convenu est écourté.
end-in-past = La date de fin est déjà passée.
no-such-day = Aucun de ces jours de la semaine ne se trouve entre les dates.
hours-do-not-fit = Au plus { $most } heures tiennent en { $days ->
        [one] une journée
       *[other] { $days } jours
    }.
not-later = La nouvelle date de début doit être postérieure à l'ancienne.
reason-does-not-fit = Cette raison ne convient pas à cette réponse.
school-is-user = Cet établissement utilise Tandem et envoie lui-même ses demandes.
agency-not-user = Cet organisme n'utilise pas Tandem ; personne n'y recevrait la demande.
unknown-value = Cette valeur n'existe pas.
unknown-order = Cet ordre de tri n'existe pas.
