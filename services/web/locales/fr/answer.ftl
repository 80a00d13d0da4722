reference = Référence
answer-title = Demande de stage
answer-asks = demande un stage à
answer-program = Programme
answer-dates = Dates
answer-days = Jours
answer-students = Étudiants
answer-coordinator = Coordination
answer-comment = Commentaire
answer-accept = Accepter
answer-or-decline = Ou refuser
answer-fault = { $field } : { $error }
answer-reason = Raison du refus
answer-choose = Choisir une raison
answer-decline = Refuser
answer-once = Ce lien sert une seule fois. Votre réponse parvient à la coordination de l'établissement, qui répond à l'école.
answered-title = Merci, votre réponse est enregistrée
answered-accepted = Vous avez accepté la demande. La coordination de l'établissement répondra à l'école.
answered-declined = Vous avez refusé la demande. La coordination de l'établissement en est avisée.
answered-close = Vous pouvez fermer cette page.
students = { $count ->
    [one] { $count } étudiant
   *[other] { $count } étudiants
}
hours-each = { $count ->
    [one] { $count } heure chacun
   *[other] { $count } heures chacun
}
