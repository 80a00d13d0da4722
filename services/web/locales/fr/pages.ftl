home-lead = Tandem coordonne les stages cliniques : les écoles demandent, les milieux répondent.
home-api = L'interface de programmation est décrite ici :
failure-title = Cette action n'a pas abouti
failure-ours = Une erreur s'est produite de notre côté
failure-missing = Cette adresse ne mène nulle part.
failure-reference = Référence pour le soutien :
reference = Référence
answer-title = Demande de stage
answer-asks = demande un stage à
answer-program = Programme
answer-dates = Dates
answer-students = Étudiants
answer-coordinator = Coordination
answer-comment = Commentaire (facultatif)
answer-accept = Accepter
answer-or-decline = Ou refuser
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
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre
